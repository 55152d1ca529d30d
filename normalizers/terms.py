"""Finds the terms of all locales in a running text, in one pass.

Terms are searched as substrings (Aho-Corasick) and then held to word boundaries, so that one mechanism serves scripts
that write no spaces, languages that inflect (a star stands for any ending of a word) and those that join particles to it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple, TypeVar, overload

from ahocorasick_rs import AhoCorasick

from normalizers.folding import fold, is_unspaced, is_word

_MOST_JOINED = 12
"""Characters of particles before a word. No language joins more; a text of nothing else would be gone through for each of its letters."""


@dataclass(frozen=True, slots=True)
class Term:
    """A wording to look for. ``prefixes`` are folded particles that may be joined to its front."""

    section: str
    concept: str
    locale: str
    label: str
    prefixes: tuple[str, ...] = ()


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
        return Hit(start, end, concept, section, locale if locale is not None and locale in locales else locales[0], label)


class Hits(Sequence[Hit]):
    """All that was found in a text: by start, longer first, and whole words before stems.

    ``found`` has it once for all locales that share it, and so have ``of`` and ``named``, for who asks no more than whether and where;
    taken as a sequence, or ``spread``, it has a hit for each locale.
    """

    __slots__ = ("_sections", "_spread", "found")

    def __init__(self, found: Sequence[Found]) -> None:
        self.found = found
        self._spread: Sequence[Hit] | None = None
        self._sections: dict[str, list[Found]] = {}
        for item in found:
            self._sections.setdefault(item.section, []).append(item)

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
    new = tuple.__new__
    # Past the constructor of the tuple, which would take longer than the search.
    return [
        new(Hit, (start, end, concept, section, locale, label))
        for start, end, concept, section, label, locales in found
        for locale in locales
    ]


_Shared = tuple[str, str, str, tuple[str, ...]]
"""Concept, section and label of terms that differ in nothing but their locale, and the locales."""


class _Pattern(NamedTuple):
    """What the automaton looks for, and what must follow: each of ``rest`` after the end of the word before it.

    ``joinable`` are those of its terms to whose front particles may be joined.
    """

    text: str
    rest: tuple[str, ...]
    open_start: bool
    shared: tuple[_Shared, ...]
    joinable: tuple[Term, ...]


class TermIndex:
    """All terms, compiled once. Immutable and safe to share between threads."""

    def __init__(self, terms: Iterable[Term]) -> None:
        grouped: dict[tuple[str, tuple[str, ...], bool], list[Term]] = {}
        held = _Held()
        for term in terms:
            text, *rest = _chunks(term.label)
            if text:
                grouped.setdefault((held[text], held[tuple(rest)], term.label.startswith("*")), []).append(term)
        self.__setstate__(
            tuple(_Pattern(*key, held.all(_share(found)), tuple(term for term in found if term.prefixes)) for key, found in grouped.items())
        )

    def __getstate__(self) -> tuple[_Pattern, ...]:
        return self._patterns

    def __setstate__(self, patterns: tuple[_Pattern, ...]) -> None:
        """The automaton is made anew from the patterns: faster than anything that could be kept of it."""
        self._patterns = patterns
        self._guarded = bytes(not (pattern.open_start or pattern.joinable) for pattern in patterns)
        self._whole = bytes(not pattern.rest for pattern in patterns)
        self._automaton = AhoCorasick([pattern.text for pattern in patterns])

    def find(self, text: str) -> list[Hit]:
        """Find every term in a folded text, overlapping ones too, by start; longer first, and whole words before stems."""
        return spread(self._search(text))

    def search(self, text: str) -> Hits:
        """Find every term in a folded text, as ``find`` does, but what locales share only once."""
        return Hits(self._search(text))

    def _search(self, text: str) -> list[Found]:
        found: list[Found] = []
        new, patterns, guarded, whole = tuple.__new__, self._patterns, self._guarded, self._whole
        kinds = text.translate(_KINDS)
        joints = _joints(kinds)
        for number, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if (joints[start] and guarded[number]) or (joints[end] and whole[number]):
                continue
            _, rest, open_start, shared, joinable = patterns[number]
            if rest:
                # Most that fail do so at the first piece, or have but one.
                place = kinds.find("\0", end)
                end = place if place >= 0 else len(kinds)  # noqa: PLW2901 - the place after all that must follow
                if not text.startswith(rest[0], end):
                    continue
                end = end + len(rest[0]) if len(rest) == 1 else _end(text, kinds, end + len(rest[0]), rest[1:])  # noqa: PLW2901 - the same
                if end < 0 or (joints[end] and rest[-1]):
                    continue
            if joints[start] and not open_start:
                shared = _share(term for term in joinable if _is_prefixed(text, start, term.prefixes))
            for concept, section, label, locales in shared:
                found.append(new(Found, (start, end, concept, section, label, locales)))
        found.sort(key=_place)
        return found


class _Held(dict[Any, Any]):
    """Gives one of all equal words, or rows of words: a hundred thousand terms have the same few concepts and locales."""

    def __missing__(self, said: Any) -> Any:
        self[said] = said
        return said

    def all(self, rows: Iterable[_Shared]) -> tuple[_Shared, ...]:
        """Give equal rows that are made of what is held."""
        return tuple((self[concept], self[section], self[label], self[locales]) for concept, section, label, locales in rows)


def _share(terms: Iterable[Term]) -> tuple[_Shared, ...]:
    """Put neighbouring terms together that differ in nothing but their locale; the order of all others stays."""
    alike = groupby(terms, key=lambda term: (term.concept, term.section, term.label))
    return tuple((*key, tuple(dict.fromkeys(term.locale for term in same))) for key, same in alike)


def _place(found: Found) -> tuple[int, int, int]:
    return found[0], -found[1], -len(found[4])


class _KindTable(dict[int, str]):
    """What each character is to the bounds of words: no part of one that spaces part from the next (no bit), or a part.

    Of the parts, Latin letters and letters of other scripts have a bit each, so that they part; digits and marks have both.
    """

    def __missing__(self, point: int) -> str:
        character = chr(point)
        kind = self[point] = _kind(character) if is_word(character) and not is_unspaced(character) else "\0"
        return kind


def _kind(character: str) -> str:
    if not character.isalpha():
        return "\3"
    return "\1" if unicodedata.name(character, "").startswith("LATIN") else "\2"


_KINDS = _KindTable()


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
        found = kinds.find("\0", end)
        end = found if found >= 0 else len(kinds)
        if not text.startswith(piece, end):
            return -1
        end += len(piece)
    return end


def _joints(kinds: str) -> bytes:
    """Mark the places between two letters of one word, which has one script: there none may begin or end, up to the place after the last.

    Each character is a byte of one number, which is laid over itself one place further: that is done for all of them at once.
    """
    letters = int.from_bytes(kinds.encode("ascii"), "big")
    return (letters & letters >> 8).to_bytes(len(kinds) + 1, "big")[1:] + b"\0"


def _is_prefixed(text: str, start: int, prefixes: tuple[str, ...]) -> bool:
    first = max(0, start - _MOST_JOINED)
    begin = start
    while begin > first and is_word(text[begin - 1]):
        begin -= 1
    return (begin == 0 or not is_word(text[begin - 1])) and _is_made_of(text[begin:start], prefixes)


def _is_made_of(text: str, parts: tuple[str, ...]) -> bool:
    return not text or any(text.startswith(part) and _is_made_of(text[len(part) :], parts) for part in parts)
