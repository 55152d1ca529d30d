"""Reads words that are misspelt as those that they were meant to be, where the words around them leave one meaning.

A word is mended by the words of the locale that its sentence is read by. What it may have been meant to be is put in its place, and the
terms that are found there say what it means: where two of the words mean different things, it stays as it is. A word is never mended
where that would take a denial from it or give it one, but for a short "not" beside the verb that permits ("nto allowed"), which raises
a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from normalizers.folding import UNSPACED, Folded, letters_of
from normalizers.rights.lexicon import RightsLexicon
from normalizers.rights.prose.repeats import LONGEST_AT_HAND, SENTENCES_AT_HAND
from normalizers.rights.prose.spelling import Spelling, is_inside, is_slip
from normalizers.rights.speech import Speech
from normalizers.terms import Hits

MOST_WORDS = 512
"""Unknown words of one text that are looked up; a statement of rights has a tenth of them."""
MOST_MENDED = 12
"""Misspelt words of one text; what has more was damaged otherwise than by typing, and stays as it is."""
_WORD = re.compile(rf"(?<!\S)[^\s{UNSPACED}]\S{{2,}}")
_KNOWN, _BESIDE_PERMIT = 1, 2
_KNOWN_MARK = bytes([_KNOWN])
_NEXT_WORD = 3
_REACH = 80
_NEGATIONS = frozenset({"not", "not_after", "without", "neither", "nor", "concord"})
_ONLY_IF_SURE = _NEGATIONS | {"unrestricted", "any_license", "free_license", "not_required", "no_objection", "no_limit", "free"}
"""What turns the meaning of all around it, or grants everything at once."""
_DENIALS = _NEGATIONS | {"forbid", "noncommercial", "not_commercial", "unmodified", "uncredited", "not_required", "unless", "unless_after"}


class Mended(Struct, frozen=True):
    """A word at a span of the folded text as it was meant to be; ``sure`` where it can hardly be another word that is spelt right.

    ``denies`` says that it is the "not" of a permission, which leaves the licence open.
    """

    start: int
    end: int
    word: str
    sure: bool
    denies: bool = False


class _Reading(NamedTuple):
    """What a word says that the written one may have been meant to be."""

    concepts: frozenset[str]
    sure: bool
    word: str


class _Sentence(NamedTuple):
    """How many unknown words of a sentence were looked up, and those that were mended, their places counted from its first letter."""

    looked_up: int
    words: tuple[Mended, ...]


class Mender:
    """Mends misspelt words. Immutable."""

    def __init__(self, spelling: Spelling, lexicon: RightsLexicon) -> None:
        self._spelling = spelling
        self._lexicon = lexicon
        self._mended = lru_cache(maxsize=SENTENCES_AT_HAND)(self._mend)

    def mend(self, folded: Folded, hits: Hits, speech: Speech) -> Sequence[Mended]:
        """Give the misspelt words of a text and what they are read as."""
        mended: list[Mended] = []
        looked_up = 0
        known: dict[str, bytes] = {}
        for start, end, _, own in speech.sentences:
            tag = own or speech.main
            if tag is None:
                continue
            if tag not in known:
                known[tag] = _known_places(folded.text, hits, tag)
            said = folded.text[start:end].lstrip()
            first = end - len(said)
            mend = self._mended if len(said) <= LONGEST_AT_HAND else self._mend
            here = mend(said, known[tag][first : end + 2], tag)
            looked_up += here.looked_up
            mended += [replace(item, start=item.start + first, end=item.end + first) for item in here.words]
            if looked_up > MOST_WORDS or len(mended) > MOST_MENDED:
                return ()
        return mended

    def _mend(self, text: str, marks: bytes, tag: str) -> _Sentence:
        """Mend a sentence; ``marks`` are those of its characters and of the ones around it."""
        mended: list[Mended] = []
        looked_up = 0
        for first, last in _words(text):
            if marks[last] & _KNOWN:
                continue
            looked_up += 1
            chosen = self._choose(text, (first, last), tag)
            if chosen is None and (marks[first] | marks[last + 1]) & _BESIDE_PERMIT:
                chosen = self._denial(text, first, last, tag)
            if chosen is not None:
                mended.append(chosen)
            if looked_up > MOST_WORDS or len(mended) > MOST_MENDED:
                break
        return _Sentence(looked_up, tuple(mended))

    def _choose(self, text: str, place: tuple[int, int], tag: str) -> Mended | None:
        """Give the word that says most where it stands, if all others say nothing else; None where they do, or none says anything."""
        word = text[place[0] : place[1]]
        meant = self._spelling.meant_by(word, tag)
        if not meant:
            return None
        before = text[max(0, place[0] - _REACH) : place[0]]
        behind = text[place[1] : place[1] + _REACH]
        read = [reading for other in meant for reading in self._readings(word, other, (before, behind), tag)]
        best = max(read, key=lambda reading: (reading.sure, len(reading.concepts)), default=None)
        if best is None or (not best.sure and not best.concepts.isdisjoint(_ONLY_IF_SURE)):
            return None
        return Mended(*place, best.word, sure=best.sure) if all(_agrees(best, other) for other in read) else None

    def _denial(self, text: str, start: int, end: int, tag: str) -> Mended | None:
        """Give the "not" that a short word beside a verb of permission may have been meant to be."""
        denial = self._spelling.denial_meant_by(text[start:end], tag)
        return Mended(start, end, denial, sure=False, denies=True) if denial else None

    def _readings(self, word: str, meant: str, around: tuple[str, str], tag: str) -> Iterator[_Reading]:
        """Yield what a word says that another was meant to be, if it says anything.

        A mistake at the ends of a word is only believed in what asks for the same licence, whose loss would make a text freer.
        """
        concepts, joined = self._said(*around, meant, tag)
        spelt_out = self._spelling.is_spelt_out(word, meant, tag)
        if concepts and (spelt_out or is_inside(word, meant) or (joined and "same_license" in concepts)):
            yield _Reading(concepts, joined or spelt_out or is_slip(word, meant), meant)

    def _said(self, before: str, behind: str, word: str, tag: str) -> tuple[frozenset[str], bool]:
        """Give the concepts of the terms that a word would be part of, and whether other words are part of one, too."""
        start, end = len(before), len(before) + len(word)
        found = [
            item
            for item in self._lexicon.search(before + word + behind)
            if item.start < end and item.end > start and tag in item.locales and not item.label.startswith(("*", "="))
        ]
        joined = any(start - item.start > _NEXT_WORD or item.end - end > _NEXT_WORD for item in found)
        return frozenset(item.concept for item in found), joined


def _known_places(text: str, hits: Hits, tag: str) -> bytes:
    """Mark the characters of a text that stand in words which a locale knows, and those right beside its verbs of permission.

    There are two more marks than characters: one stands before the first, and one behind the last.
    """
    marks = bytearray(len(text) + 2)
    # The ending of a verb is not enough for a word to be known, unless it denies and would be lost.
    found = [item for item in hits.found if tag in item[5] and (item[4][:1] != "*" or item[2] in _DENIALS)]
    for start, end, *_ in found:
        marks[start + 1 : end + 1] = _KNOWN_MARK * (end - start)
    for item in found:
        if item[2] == "permit":
            marks[item.start] |= _BESIDE_PERMIT
            marks[item.end + 1] |= _BESIDE_PERMIT
    return bytes(marks)


def _agrees(best: _Reading, other: _Reading) -> bool:
    """Tell whether another reading says no more than the best one, or is less sure, and neither denies what the other does not."""
    same_denials = best.concepts & _DENIALS == other.concepts & _DENIALS
    return same_denials and (best.sure > other.sure or other.concepts <= best.concepts)


def _words(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _WORD.finditer(letters_of(text)) if match[0].isalpha()]
