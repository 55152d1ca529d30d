"""The values of BibTeX fields: pieces in braces or quotes, abbreviations and numbers, put together with "#"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from normalizers.errors import MalformedRecordError

_BETWEEN = re.compile(r"[\s#]*")
_BARE = re.compile(r"[^\s#{}\"]+")
_MARKS = {"{": re.compile(r"(?<!\\)[{}]"), '"': re.compile(r"(?<!\\)[{}\"]")}


def join_pieces(raw: str, abbreviations: Mapping[str, str], pointer: str) -> str:
    """Put the pieces of a value together, with abbreviations in full; one that is not defined stays as it is.

    Raises MalformedRecordError where something else stands between the pieces: as a rule a comma is missing.
    """
    return "".join(_pieces(raw, abbreviations, pointer))


def _pieces(raw: str, abbreviations: Mapping[str, str], pointer: str) -> Iterator[str]:
    position = _end_of(_BETWEEN, raw, 0)
    while position < len(raw):
        if raw[position] in _MARKS:
            end = _closing(raw, position, pointer)
            yield raw[position + 1 : end - 1]
        else:
            end = _end_of(_BARE, raw, position)
            if end == position:
                raise MalformedRecordError("braces do not match", pointer)
            yield abbreviations.get(raw[position:end].lower(), raw[position:end])
        position = _end_of(_BETWEEN, raw, end)
        if position < len(raw) and "#" not in raw[end:position]:
            raise MalformedRecordError(f"a comma is missing before {raw[position : position + 20].strip()!r}", pointer)


def _closing(raw: str, start: int, pointer: str) -> int:
    """Tell where a piece ends that opens with a brace or a quote; braces in it are in pairs."""
    depth = 0
    for mark in _MARKS[raw[start]].finditer(raw, start):
        if mark.start() == start:
            depth = int(mark.group() == "{")
        elif mark.group() == "{":
            depth += 1
        elif mark.group() == "}":
            depth -= 1
        is_end = mark.start() > start and depth == 0 and mark.group() == {"{": "}", '"': '"'}[raw[start]]
        if is_end:
            return mark.end()
    raise MalformedRecordError("braces or quotes do not match", pointer)


def _end_of(pattern: re.Pattern[str], raw: str, start: int) -> int:
    found = pattern.match(raw, start)
    return found.end() if found else start
