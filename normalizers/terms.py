"""Finds the terms of all locales in a running text, in one pass.

Terms are searched as substrings (Aho-Corasick) and then held to word boundaries, so that one mechanism serves scripts
that write no spaces, languages that inflect (a star stands for any ending of a word) and those that join particles to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found at a span of the folded text."""

    start: int
    end: int
    term: Term

    @property
    def concept(self) -> str:
        """The concept of the term."""
        return self.term.concept

    @property
    def section(self) -> str:
        """The section of the locale file that the term stands in."""
        return self.term.section

    @property
    def locale(self) -> str:
        """The locale of the term."""
        return self.term.locale

    @property
    def rule(self) -> str:
        """The rule as evidence names it: locale, section and concept."""
        return f"{self.term.locale}:{self.term.section}.{self.term.concept}"


@dataclass(frozen=True, slots=True)
class _Pattern:
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
        for number, start, found_end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            pattern = self._patterns[number]
            end = _end(text, found_end, pattern.rest)
            if end < 0:
                continue
            bounded = pattern.open_start or _is_boundary(text, start, start - 1)
            hits.extend(Hit(start, end, term) for term in pattern.terms if bounded or _is_prefixed(text, start, term.prefixes))
        hits.sort(key=lambda hit: (hit.start, -hit.end, -len(hit.term.label)))
        return hits


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


def _end(text: str, end: int, rest: tuple[str, ...]) -> int:
    """Give where a match ends, or -1 where what must follow does not."""
    for piece in rest:
        end = _word_end(text, end)
        if not text.startswith(piece, end):
            return -1
        end += len(piece)
    return end if (rest and not rest[-1]) or _is_boundary(text, end - 1, end) else -1


def _is_boundary(text: str, inside: int, outside: int) -> bool:
    if outside < 0 or outside >= len(text):
        return True
    return is_unspaced(text[inside]) or is_unspaced(text[outside]) or not (is_word(text[outside]) and is_word(text[inside]))


def _is_prefixed(text: str, start: int, prefixes: tuple[str, ...]) -> bool:
    if not prefixes:
        return False
    begin = start
    while begin > 0 and is_word(text[begin - 1]):
        begin -= 1
    return _is_made_of(text[begin:start], prefixes)


def _is_made_of(text: str, parts: tuple[str, ...]) -> bool:
    return not text or any(text.startswith(part) and _is_made_of(text[len(part) :], parts) for part in parts)


def _word_end(text: str, end: int) -> int:
    while end < len(text) and is_word(text[end]) and not is_unspaced(text[end]):
        end += 1
    return end
