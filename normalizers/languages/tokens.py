"""Takes a text apart: into segments at the signs that list separate values, and a segment into words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import IntEnum
from itertools import pairwise
from typing import NamedTuple

from normalizers.folding import fold_key, is_unspaced, is_word

_LISTING = re.compile(r"(?P<address>(?<!\w)\w+://[^\s;|<>]+)|[;|/\\+&\n\r\t•‖¦；｜／＋＆؛]|#{2,}|\s[-–—]{2,}\s|\s·\s")
_BRACKETS = frozenset("([{（［【")
_DASH = re.compile(r"\s[-–—]\s|[–—]")
_COMMAS = frozenset(",،、，")
_APART = frozenset("・.:()[]{}<>。：（）［］【】!?")


class Gap(IntEnum):
    """What stands before a word: nothing or a hyphen, a space, a sign that sets apart, or a comma, which may list or invert."""

    TIGHT = 0
    SPACE = 1
    APART = 2
    COMMA = 3


class Span(NamedTuple):
    """A stretch of a text, without the spaces around it."""

    start: int
    end: int


class Token(NamedTuple):
    """A word, or a character of a script that writes no spaces; ``gap`` is what stands before it, ``opens`` whether a bracket does."""

    start: int
    end: int
    key: str
    gap: Gap
    opens: bool = False


def split_segments(text: str) -> list[Span]:
    """Split a text where it lists separate values; an address stays whole, and what has no word is left out."""
    spans: list[Span] = []
    start = 0
    for match in _LISTING.finditer(text):
        spans.append(trim(text, start, match.start()))
        if match["address"]:
            spans.append(Span(match.start(), match.end()))
        start = match.end()
    spans.append(trim(text, start, len(text)))
    return [span for span in spans if any(is_word(character) for character in text[span.start : span.end])]


def is_address(text: str, span: Span) -> bool:
    """Tell whether a stretch is an address, which no words are looked for in."""
    return "://" in text[span.start : span.end]


def trim(text: str, start: int, end: int) -> Span:
    """Leave out the spaces at both ends of a stretch."""
    stretch = text[start:end].rstrip()
    return Span(start + len(stretch) - len(stretch.lstrip()), start + len(stretch))


def tokenize(text: str, span: Span) -> list[Token]:
    """Take a segment apart into words."""
    tokens: list[Token] = []
    last = span.start
    for start, end in _words(text, span):
        before = text[last:start]
        gap = _gap(before) if tokens else Gap.APART
        tokens.append(Token(start, end, fold_key(text[start:end]), gap, opens=any(sign in _BRACKETS for sign in before)))
        last = end
    return tokens


def key_of(tokens: list[Token]) -> str:
    """Give the key of a run of words, as the whole text of the run would fold."""
    key = tokens[0].key
    for before, token in pairwise(tokens):
        key += token.key if before.end == token.start else f" {token.key}"
    return key


def _words(text: str, span: Span) -> Iterator[tuple[int, int]]:
    start = -1
    for position in range(span.start, span.end):
        character = text[position]
        inside = is_word(character) or (start >= 0 and unicodedata.category(character) == "Cf")
        if start >= 0 and (not inside or is_unspaced(character) or is_unspaced(text[position - 1])):
            yield start, position
            start = -1
        if inside and start < 0:
            start = position
    if start >= 0:
        yield start, span.end


def _gap(text: str) -> Gap:
    if any(character in _COMMAS for character in text):
        return Gap.COMMA
    if any(character in _APART for character in text) or _DASH.search(text):
        return Gap.APART
    return Gap.SPACE if any(character.isspace() for character in text) else Gap.TIGHT
