"""Finds the terms of all locales in a running text, in one pass.

Terms are searched as substrings (Aho-Corasick) and then held to word boundaries, so that one mechanism serves scripts
that write no spaces, languages that inflect (a star stands for any ending of a word) and those that join particles to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar, overload

from ahocorasick_rs import AhoCorasick

from normalizers.folding import fold
from normalizers.word_bounds import BETWEEN, is_prefixed, joints_of, kinds_of

_ANY_ENDING = ("",)
"""What must follow a stem with a star behind it: whatever the word goes on with."""


@dataclass(frozen=True, slots=True)
class Term:
    """A wording to look for. ``prefixes`` are folded particles that may be joined to its front."""

    section: str
    concept: str
    locale: str
    label: str
    prefixes: tuple[str, ...] = ()


_new = tuple.__new__
"""Makes a named tuple past its constructor, which would take longer than the search."""


class Hit(NamedTuple):
    """A term found at a span of the folded text. A tuple, for a long text has tens of thousands of them."""

    start: int
    end: int
    concept: str
    section: str
    locale: str
    label: str

    @property
    def rule(self) -> str:
        """The rule as evidence names it: locale, section and concept."""
        return f"{self.locale}:{self.section}.{self.concept}"


class Found(NamedTuple):
    """A term found at a span of the folded text, once for all ``locales`` that have it: a hundred and more have "Creative Commons"."""

    start: int
    end: int
    concept: str
    section: str
    label: str
    locales: tuple[str, ...]

    def of(self, locale: str | None) -> Hit:
        """Give it as the hit of one locale, or of the first that has it where that one does not."""
        start, end, concept, section, label, locales = self
        tag = locale if locale is not None and locale in locales else locales[0]
        return _new(Hit, (start, end, concept, section, tag, label))


class Hits(Sequence[Hit]):
    """All that was found in a text: by start, longer first, and whole words before stems.

    ``found`` has it once for all locales that share it, and so have ``of`` and ``named``, for who asks no more than whether and where;
    taken as a sequence, or ``spread``, it has a hit for each locale.
    """

    __slots__ = ("_sections", "_spread", "found")

    def __init__(self, found: Sequence[Found]) -> None:
        self.found = found
        self._spread: Sequence[Hit] | None = None
        self._sections: defaultdict[str, list[Found]] = defaultdict(list)
        for item in found:
            self._sections[item.section].append(item)

    def of(self, *sections: str) -> Sequence[Found]:
        """Give what was found of some sections, in order."""
        here = [section for section in sections if section in self._sections]
        if len(here) == 1:
            return self._sections[here[0]]
        return [item for item in self.found if item.section in here] if here else ()

    def named(self, section: str, concept: str) -> list[Found]:
        """Give where a concept of a section was found."""
        return [item for item in self._sections.get(section, ()) if item.concept == concept]

    def spread(self, *sections: str) -> list[Hit]:
        """Give the hits of some sections, one for each locale."""
        return spread(self.of(*sections))

    def __len__(self) -> int:
        return len(self._all())

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Hit]: ...
    def __getitem__(self, index: int | slice) -> Hit | Sequence[Hit]:
        return self._all()[index]

    def __iter__(self) -> Iterator[Hit]:
        return iter(self._all())

    def _all(self) -> Sequence[Hit]:
        if self._spread is None:
            self._spread = spread(self.found)
        return self._spread


def spread(found: Iterable[Found]) -> list[Hit]:
    """Give the hits of all locales, one by one."""
    return [
        _new(Hit, (start, end, concept, section, locale, label))
        for start, end, concept, section, label, locales in found
        for locale in locales
    ]


_Shared = tuple[str, str, str, tuple[str, ...]]
"""Concept, section and label of terms that differ in nothing but their locale, and the locales."""


class _Patterns(NamedTuple):
    """What the automaton looks for, and what must follow: each of a ``rest`` after the end of the word before it.

    Columns, since a search touches few of them for most of what the automaton finds. ``rows`` are the terms of each pattern,
    and ``joinable`` those to whose front particles may be joined.
    """

    texts: tuple[str, ...]
    rests: tuple[tuple[str, ...], ...]
    open_starts: bytes
    rows: tuple[tuple[_Shared, ...], ...]
    joinable: dict[int, tuple[Term, ...]]


class TermIndex:
    """All terms, compiled once. Immutable and safe to share between threads."""

    def __init__(self, terms: Iterable[Term], apart: Container[str] = ()) -> None:
        """Take terms; ``apart`` are sections of which the order over all locales counts."""
        grouped: dict[tuple[str, tuple[str, ...], bool], list[Term]] = {}
        held = _Held()
        for term in terms:
            text, *rest = _chunks(term.label)
            if text:
                grouped.setdefault((held[text], held[tuple(rest)], term.label.startswith("*")), []).append(term)
        joinable = {number: tuple(term for term in found if term.prefixes) for number, found in enumerate(grouped.values())}
        self.__setstate__(
            _Patterns(
                tuple(text for text, _, _ in grouped),
                tuple(rest for _, rest, _ in grouped),
                bytes(is_open for _, _, is_open in grouped),
                tuple(held.all(_share(found, apart)) for found in grouped.values()),
                {number: found for number, found in joinable.items() if found},
            )
        )

    def __getstate__(self) -> _Patterns:
        return self._patterns

    def __setstate__(self, patterns: _Patterns) -> None:
        """The automaton is made anew from the patterns: faster than anything that could be kept of it."""
        self._patterns = patterns
        self._guarded = bytes(not is_open and number not in patterns.joinable for number, is_open in enumerate(patterns.open_starts))
        self._whole = bytes(not rest for rest in patterns.rests)
        self._automaton = AhoCorasick(patterns.texts)

    def find(self, text: str) -> list[Hit]:
        """Find every term in a folded text, overlapping ones too, by start; longer first, and whole words before stems."""
        return spread(self._search(text))

    def search(self, text: str) -> Hits:
        """Find every term in a folded text, as ``find`` does, but what locales share only once."""
        return Hits(self._search(text))

    def _search(self, text: str) -> list[Found]:
        found: list[Found] = []
        guarded, whole, rests, rows = self._guarded, self._whole, self._patterns.rests, self._patterns.rows
        kinds = kinds_of(text)
        joints = joints_of(kinds)
        for number, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if (joints[start] and guarded[number]) or (joints[end] and whole[number]):
                continue
            rest = rests[number]
            if rest:
                end = kinds.find(BETWEEN, end)  # noqa: PLW2901 - the place after all that must follow
                # Of most nothing must follow but the rest of the word; most others fail at the first piece, or have but one.
                if rest != _ANY_ENDING:
                    if not text.startswith(rest[0], end):
                        continue
                    end = end + len(rest[0]) if len(rest) == 1 else _end(text, kinds, end + len(rest[0]), rest[1:])  # noqa: PLW2901 - the same
                    if end < 0 or (joints[end] and rest[-1]):
                        continue
            for concept, section, label, locales in self._joined(number, text, start) if joints[start] else rows[number]:
                found.append(_new(Found, (start, end, concept, section, label, locales)))
        found.sort(key=_place)
        return found

    def _joined(self, number: int, text: str, start: int) -> Iterable[_Shared]:
        """Give the terms of a pattern that may begin inside a word, or to whose front nothing but particles is joined there."""
        if self._patterns.open_starts[number]:
            return self._patterns.rows[number]
        joined = [term for term in self._patterns.joinable[number] if is_prefixed(text, start, term.prefixes)]
        return _share(joined, {term.section for term in joined})


class _Held(dict[Any, Any]):
    """Gives one of all equal words, or rows of words: a hundred thousand terms have the same few concepts and locales."""

    def __missing__(self, said: Any) -> Any:
        self[said] = said
        return said

    def all(self, rows: Iterable[_Shared]) -> tuple[_Shared, ...]:
        """Give equal rows that are made of what is held."""
        return tuple((self[concept], self[section], self[label], self[locales]) for concept, section, label, locales in rows)


def _share(terms: Iterable[Term], apart: Container[str]) -> tuple[_Shared, ...]:
    """Put terms together that differ in their locale alone. Those of one locale keep their order; those ``apart`` do over all locales."""
    rows: list[tuple[tuple[str, str, str], dict[str, None]]] = []
    for term in terms:
        key = (term.concept, term.section, term.label)
        place = next((number for number, row in enumerate(rows) if row[0] == key), len(rows))
        is_split = any(term.section in apart or term.locale in locales for _, locales in rows[place + 1 :])
        if place == len(rows) or is_split:
            rows.append((key, {}))
            place = -1
        rows[place][1][term.locale] = None
    return tuple((*key, tuple(locales)) for key, locales in rows)


def _place(found: Found) -> tuple[int, int, int]:
    return found[0], -found[1], -len(found[4])


Placed = TypeVar("Placed", Found, Hit)


def longest(hits: Sequence[Placed]) -> Iterator[Placed]:
    """From sorted hits keep the leftmost longest ones; hits of the very same span with other concepts all stay."""
    start, end = -1, -1
    for hit in hits:
        if hit[0] >= end:
            start, end = hit[0], hit[1]
            yield hit
        elif hit[0] == start and hit[1] == end:
            yield hit


def _chunks(label: str) -> list[str]:
    """Cut a label at its stars and fold the pieces; an empty last piece says that the last word goes on."""
    first, *rest = label.removeprefix("*").split("*")
    return [fold(first).text, *(" " + fold(piece).text if piece.strip() else "" for piece in rest)]


def _end(text: str, kinds: str, end: int, rest: tuple[str, ...]) -> int:
    """Give where a match ends, or -1 where what must follow does not."""
    for piece in rest:
        end = kinds.find(BETWEEN, end)
        if not text.startswith(piece, end):
            return -1
        end += len(piece)
    return end
