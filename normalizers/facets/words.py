"""Cuts a text into words, and tells what stands between two of them: a space, the end of a piece, or the end of a statement."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from itertools import pairwise

from msgspec import Struct

from normalizers.folding import Folded, fold_key, is_framed, letters_of
from normalizers.reading import Query

# A type, a path of types and a status seldom need more; what is longer is prose, and is not read word by word.
MOST_WORDS = 48

_WORD = re.compile(r"[^ ]+")
_LIST = re.compile(r"[;；|｜\n\r\t]|##|¦")
_BREAK = re.compile(r"[/\\,:()\[\]{}<>.&+=→»›·•・、，：（）【】／]|\s[-–—―]|[-–—―]\s|[–—―]")


_ACCENTS = frozenset(map(chr, range(0x300, 0x370)))
"""Combining diacritical marks: they belong to the letter before them, whatever its script."""


class Gap(IntEnum):
    """What separates a word from the one before it, weakest first."""

    SPACE = 0
    PIECE = 1
    STATEMENT = 2


class Word(Struct, frozen=True):
    """A folded word, the span of the original text it was read from, and the gap before it."""

    key: str
    start: int
    end: int
    gap: Gap


def split_words(folded: Folded) -> tuple[Word, ...]:
    """Cut a folded text into words; their keys, joined by spaces, are the key of the whole text."""
    words: list[Word] = []
    for start, end in _word_spans(folded.text):
        first, last = folded.span(start, end)
        between = folded.original[words[-1].end : first] if words else ""
        words.append(Word(folded.text[start:end], first, last, _gap(between)))
    return tuple(words)


def lists(text: str) -> bool:
    """Tell whether a text may hold several statements."""
    return _LIST.search(text) is not None


def span_of_words(query: Query) -> tuple[int, int]:
    """Give the span of a text from its first word to its last."""
    if is_framed(query.text):
        return 0, len(query.text)
    folded = query.folded
    letters = letters_of(folded.text)
    return folded.span(len(letters) - len(letters.lstrip(" ")), len(letters.rstrip(" ")))


def split_camel(words: Iterable[Word], original: str) -> tuple[Word, ...]:
    """Cut words where a capital follows a small letter, or a script without capitals meets one that has them.

    There two labels are glued together ("ArticleArtikel", "書籍Book"), or it is a part of a code.
    """
    parts: list[Word] = []
    for word in words:
        text = original[word.start : word.end]
        cuts = [0, *(place for place in range(1, len(text)) if _is_seam(text[place - 1], text[place])), len(text)]
        for number, (start, end) in enumerate(pairwise(cuts)):
            parts.append(Word(fold_key(text[start:end]), word.start + start, word.start + end, Gap.SPACE if number else word.gap))
    return tuple(parts)


def _is_seam(before: str, after: str) -> bool:
    if not (_is_letter(before) and _is_letter(after)):
        return False
    return (before.islower() and after.isupper()) or _has_case(before) != _has_case(after)


def _is_letter(character: str) -> bool:
    """Tell whether a character is a letter, or a vowel sign of a script that writes vowels as signs; an accent is neither."""
    return character.isalpha() or (unicodedata.category(character).startswith("M") and character not in _ACCENTS)


def _has_case(letter: str) -> bool:
    return letter.lower() != letter.upper()


def split_at(words: Sequence[Word], gap: Gap) -> Iterator[Sequence[Word]]:
    """Cut a row of words before each that follows a gap at least this strong."""
    begin = 0
    for index in range(1, len(words)):
        if words[index].gap >= gap:
            yield words[begin:index]
            begin = index
    if words:
        yield words[begin:]


def join_keys(words: Iterable[Word]) -> str:
    """Give the key under which a row of words is looked up."""
    return " ".join(word.key for word in words)


def _word_spans(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _WORD.finditer(letters_of(text)))


def _gap(between: str) -> Gap:
    if _LIST.search(between):
        return Gap.STATEMENT
    return Gap.PIECE if _BREAK.search(between) else Gap.SPACE
