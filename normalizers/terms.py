"""Finds the terms of all locales in a running text, in one pass.

Terms are searched as substrings (Aho-Corasick) and then held to word boundaries, so that one mechanism serves scripts
that write no spaces, languages that inflect (a star stands for any ending of a word) and those that join particles to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from normalizers.folding import fold, is_unspaced, is_word


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


class _Pattern(NamedTuple):
    """What the automaton looks for, and what must follow: each of ``rest`` after the end of the word before it."""

    text: str
    rest: tuple[str, ...]
    open_start: bool
    terms: tuple[Term, ...]


class TermIndex:
    """All terms, compiled once. Immutable and safe to share between threads."""

    def __init__(self, terms: Iterable[Term]) -> None:
        grouped: dict[tuple[str, tuple[str, ...], bool], list[Term]] = {}
        for term in terms:
            text, *rest = _chunks(term.label)
            if text:
                grouped.setdefault((text, tuple(rest), term.label.startswith("*")), []).append(term)
        self.__setstate__(tuple(_Pattern(*key, tuple(found)) for key, found in grouped.items()))

    def __getstate__(self) -> tuple[_Pattern, ...]:
        return self._patterns

    def __setstate__(self, patterns: tuple[_Pattern, ...]) -> None:
        """The automaton is made anew from the patterns: faster than anything that could be kept of it."""
        self._patterns = patterns
        self._automaton = AhoCorasick([pattern.text for pattern in patterns])

    def find(self, text: str) -> list[Hit]:
        """Find every term in a folded text, overlapping ones too, by start; longer first, and whole words before stems."""
        hits: list[Hit] = []
        new, patterns = tuple.__new__, self._patterns
        kinds = text.translate(_KINDS)
        for number, start, found_end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            _, rest, open_start, terms = patterns[number]
            end = _end(text, kinds, found_end, rest) if rest else found_end if _is_boundary(kinds, found_end) else -1
            if end < 0:
                continue
            bounded = open_start or _is_boundary(kinds, start)
            for term in terms:
                if bounded or (term.prefixes and _is_prefixed(text, start, term.prefixes)):
                    # Past the constructor of the tuple, and without a generator: either would take longer than the search.
                    hits.append(new(Hit, (start, end, term.concept, term.section, term.locale, term.label)))  # noqa: PERF401 - the same
        hits.sort(key=_place)
        return hits


def _place(hit: Hit) -> tuple[int, int, int]:
    return hit.start, -hit.end, -len(hit.label)


class _KindTable(dict[int, str]):
    """What each character is to the bounds of words: part of a word that spaces part from the next ("w"), or not (" ")."""

    def __missing__(self, point: int) -> str:
        character = chr(point)
        kind = self[point] = "w" if is_word(character) and not is_unspaced(character) else " "
        return kind


_KINDS = _KindTable()


def longest(hits: Sequence[Hit]) -> Iterator[Hit]:
    """From sorted hits keep the leftmost longest ones; hits of the very same span with other concepts all stay."""
    start, end = -1, -1
    for hit in hits:
        if hit.start >= end:
            start, end = hit.start, hit.end
            yield hit
        elif (hit.start, hit.end) == (start, end):
            yield hit


def _chunks(label: str) -> list[str]:
    """Cut a label at its stars and fold the pieces; an empty last piece says that the last word goes on."""
    first, *rest = label.removeprefix("*").split("*")
    return [fold(first).text, *(" " + fold(piece).text if piece.strip() else "" for piece in rest)]


def _end(text: str, kinds: str, end: int, rest: tuple[str, ...]) -> int:
    """Give where a match ends, or -1 where what must follow does not."""
    for piece in rest:
        end = _word_end(kinds, end)
        if not text.startswith(piece, end):
            return -1
        end += len(piece)
    return end if not rest[-1] or _is_boundary(kinds, end) else -1


def _is_boundary(kinds: str, place: int) -> bool:
    """Tell whether a word may begin or end at a place: everywhere but between two letters of one word."""
    return not kinds.startswith("ww", place - 1) if place else True


def _is_prefixed(text: str, start: int, prefixes: tuple[str, ...]) -> bool:
    if not prefixes:
        return False
    begin = start
    while begin > 0 and is_word(text[begin - 1]):
        begin -= 1
    return _is_made_of(text[begin:start], prefixes)


def _is_made_of(text: str, parts: tuple[str, ...]) -> bool:
    return not text or any(text.startswith(part) and _is_made_of(text[len(part) :], parts) for part in parts)


def _word_end(kinds: str, end: int) -> int:
    while kinds.startswith("w", end):
        end += 1
    return end
