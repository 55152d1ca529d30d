"""Phrases of several words in short texts of numbers and marks, such as dates and citations.

Unlike the search for terms in prose, this keeps numbers and marks apart from words ("vol14", "1st", "卷14"), because there they carry
the meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from normalizers.folding import fold_key

T = TypeVar("T")
Key = tuple[str, ...]

# Han and kana have no spaces: each character is a word. Vowel signs and other marks belong to the letter before them.
_MARKS = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0711\u0730-\u074a\u0900-\u0965\u0970-\u0dff"
    r"\u0e31-\u0e4e\u0eb1-\u0ecd\u0f18-\u0fbc\u102b-\u103e\u1056-\u109d\u135d-\u135f\u17b4-\u17d3\u1a55-\u1a7f\u1b00-\u1bf3\u200c\u200d\uaa7b-\uabed"
)
_SINGLE = r"[\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff]"
_LETTER = rf"(?!{_SINGLE})[^\W\d_]"
_WORD = rf"{_SINGLE}|№|{_LETTER}(?:{_LETTER}|[{_MARKS}])*"
_PIECE = re.compile(rf"(?P<number>\d+)|(?P<word>{_WORD})|(?P<mark>\S)")
_INSIDE = frozenset(".-/'’´`°º")


class Piece(Struct, frozen=True):
    """A number, a word or a mark of a text; ``key`` is the folded word, and empty for the others."""

    text: str
    start: int
    end: int
    kind: str
    key: str


def split_pieces(text: str) -> list[Piece]:
    """Cut a text into numbers, words and marks; spaces are left out.

    >>> [piece.text for piece in split_pieces("Vol.14, núm. 6")]
    ['Vol', '.', '14', ',', 'núm', '.', '6']
    """
    return [
        Piece(found[0], found.start(), found.end(), kind, fold_key(found[0]) if kind == "word" else "")
        for found in _PIECE.finditer(text)
        for kind in (str(found.lastgroup),)
    ]


def group_by_phrase(entries: Iterable[tuple[str, T]]) -> dict[Key, list[T]]:
    """Gather what stands under the same phrase; a label without any word is left out."""
    grouped: dict[Key, list[T]] = {}
    for label, entry in entries:
        key = tuple(piece.key for piece in split_pieces(label) if piece.key)
        if key:
            grouped.setdefault(key, []).append(entry)
    return grouped


class PhraseIndex(Generic[T]):
    """Phrases by their words. Immutable; the longest phrase at a place is the one that is found."""

    def __init__(self, phrases: Mapping[Key, T]) -> None:
        starts: dict[Key, list[tuple[Key, T]]] = {}
        for key, entry in phrases.items():
            starts.setdefault(key[:2], []).append((key, entry))
        for entries in starts.values():
            entries.sort(key=lambda entry: len(entry[0]), reverse=True)
        self._starts = starts

    def longest(self, pieces: Sequence[Piece], index: int) -> tuple[int, T | None]:
        """Give the place after the longest phrase that starts at a word, and what stands under it.

        Full stops, hyphens, apostrophes and the like may stand between the words of a phrase.
        """
        first = pieces[index].key
        second = _next_word(pieces, index + 1)
        if second is not None:
            for key, entry in self._starts.get((first, pieces[second].key), ()):
                end = _match(pieces, second + 1, key[2:])
                if end is not None:
                    return end, entry
        for _, entry in self._starts.get((first,), ()):
            return index + 1, entry
        return index + 1, None

    def walk(self, pieces: Sequence[Piece]) -> Iterator[tuple[int, int, T | None]]:
        """Go through the pieces from left to right: place, place after, and the phrase there, if there is one."""
        index = 0
        while index < len(pieces):
            after, entry = self.longest(pieces, index) if pieces[index].key else (index + 1, None)
            yield index, after, entry
            index = after


def _match(pieces: Sequence[Piece], index: int, words: Key) -> int | None:
    for word in words:
        place = _next_word(pieces, index)
        if place is None or pieces[place].key != word:
            return None
        index = place + 1
    return index


def _next_word(pieces: Sequence[Piece], index: int) -> int | None:
    while index < len(pieces):
        if pieces[index].key:
            return index
        if pieces[index].text not in _INSIDE:
            return None
        index += 1
    return None
