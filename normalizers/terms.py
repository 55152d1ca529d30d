"""Finds the terms of all locales in a running text, in one pass.

Terms are searched as substrings (Aho-Corasick) and then held to word boundaries, so that one mechanism serves scripts
that write no spaces, languages that inflect (a star stands for any ending of a word) and those that join particles to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar, overload

from daachorse import CharwiseDoubleArrayAhoCorasick as Automaton

from normalizers.term_patterns import ANY_ENDING, Patterns, Term, build_patterns, share
from normalizers.term_rows import Shared
from normalizers.word_bounds import BETWEEN, is_prefixed, joints_of, kinds_of

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

    def rule_of(self, locale: str) -> str:
        """Name the rule of a locale that has the term, as evidence names it."""
        return f"{locale}:{self.section}.{self.concept}"


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


class _Place(NamedTuple):
    """A place of a text at which terms may begin, and where the word there ends."""

    text: str
    kinds: str
    joints: bytes
    start: int
    end: int


class TermIndex:
    """All terms, compiled once. Immutable and safe to share between threads."""

    def __init__(self, terms: Iterable[Term], apart: Container[str] = ()) -> None:
        """Take terms; ``apart`` are sections of which the order over all locales counts."""
        texts, patterns = build_patterns(terms, apart)
        self._compile(patterns, Automaton(texts))

    def __getstate__(self) -> tuple[Patterns, bytearray]:
        return self._patterns, bytearray(self._automaton.serialize())

    def __setstate__(self, kept: tuple[Patterns, bytearray]) -> None:
        patterns, automaton = kept
        self._compile(patterns, Automaton.deserialize(bytes(automaton)))
        # Who reads a snapshot holds all that was read until its end, and these are twenty megabytes.
        automaton.clear()

    def _compile(self, patterns: Patterns, automaton: Automaton) -> None:
        self._patterns, self._automaton = patterns, automaton
        joinable = {entry for entry, branches in patterns.branches.items() if any(branch.joinable for branch in branches)}
        joinable.update(patterns.joinable)
        self._guarded = bytes(not is_open and entry not in joinable for entry, is_open in enumerate(patterns.open_starts))
        self._whole = bytes(not following for following in patterns.nexts)

    def find(self, text: str) -> list[Hit]:
        """Find every term in a folded text, overlapping ones too, by start; longer first, and whole words before stems."""
        return spread(self._search(text))

    def search(self, text: str) -> Hits:
        """Find every term in a folded text, as ``find`` does, but what locales share only once."""
        return Hits(self._search(text))

    def _search(self, text: str) -> list[Found]:
        found: list[Found] = []
        guarded, whole, nexts, rows = self._guarded, self._whole, self._patterns.nexts, self._patterns.rows
        kinds = kinds_of(text)
        joints = joints_of(kinds)
        for start, end, entry in self._automaton.find_overlapping(text):
            if (joints[start] and guarded[entry]) or (joints[end] and whole[entry]):
                continue
            following = nexts[entry]
            if following:
                end = kinds.find(BETWEEN, end)  # noqa: PLW2901 - the place after all that must follow
                # Of most nothing must follow but the rest of the word; most others fail at the first piece.
                if following != ANY_ENDING:
                    if text.startswith(following, end):
                        found.extend(self._branched(entry, _Place(text, kinds, joints, start, end)))
                    continue
            for concept, section, label, locales in self._joined(entry, text, start) if joints[start] else rows[entry]:
                found.append(_new(Found, (start, end, concept, section, label, locales)))
        found.sort(key=_place)
        return found

    def _branched(self, entry: int, place: _Place) -> Iterator[Found]:
        """Give what is found of patterns that begin alike, where a word ends behind which one of them may go on."""
        text, kinds, joints, start, end = place
        for rest, rows, joinable in self._patterns.branches[entry]:
            stop = _end(text, kinds, end, rest)
            if stop >= 0 and not (joints[stop] and rest[-1]):
                may_join = joints[start] and not self._patterns.open_starts[entry]
                for concept, section, label, locales in _joined(joinable, text, start) if may_join else rows:
                    yield Found(start, stop, concept, section, label, locales)

    def _joined(self, entry: int, text: str, start: int) -> Iterable[Shared]:
        """Give the terms of a pattern that may begin inside a word, or to whose front nothing but particles is joined there."""
        return self._patterns.rows[entry] if self._patterns.open_starts[entry] else _joined(self._patterns.joinable[entry], text, start)


def _joined(terms: Iterable[Term], text: str, start: int) -> tuple[Shared, ...]:
    joined = [term for term in terms if is_prefixed(text, start, term.prefixes)]
    return share(joined, {term.section for term in joined})


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


def _end(text: str, kinds: str, end: int, rest: tuple[str, ...]) -> int:
    """Give where a match ends, or -1 where what must follow does not."""
    for piece in rest:
        end = kinds.find(BETWEEN, end)
        if not text.startswith(piece, end):
            return -1
        end += len(piece)
    return end
