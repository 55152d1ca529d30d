"""Finds tags, comments and sections in the bytes of XML, as they come in, without parsing them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache


class Kind(Enum):
    """What a token is."""

    OPEN = auto()
    EMPTY = auto()
    CLOSE = auto()
    DECLARATION = auto()
    DOCTYPE = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A token by its place in what was looked at; ``name`` is that of a tag, with its prefix."""

    kind: Kind
    start: int
    end: int
    name: bytes = b""

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(b":")[2].decode("utf-8", "replace")


# Everything that opens with "<!" or "<?" ends with a text of its own, and tags with ">": a "<" within an attribute is not allowed.
_ENDS = ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<?", b"?>"))
_LONGEST_OPENING = len(b"<![CDATA[")
_NAME = re.compile(rb"</?([^\s/>]+)")
_TAG_END = re.compile(rb"""(?:[^>"']|"[^"]*"|'[^']*')*>""")
_DOCTYPE_NAME = b"<!DOCTYPE"
_DOCTYPE = re.compile(rb"""<!DOCTYPE(?:[^>\["']|"[^"]*"|'[^']*')*[\[>]""", re.IGNORECASE)
_DECLARATION = re.compile(rb"<\?xml\s")


def next_token(text: bytearray, start: int, within: tuple[bytes, ...] = ()) -> Token | int:
    """Give the next token from a place on, or the place from which to look again when there is more.

    ``within`` are the names of an element that is being read and of the one that holds it: of the tags only theirs count, so that
    what is wrong with others does no harm.
    """
    opening = _opening(within).search(text, start)
    if opening is None:
        return max(start, len(text) - _LONGEST_OPENING - max(map(len, within), default=0))
    place = opening.start()
    if len(text) - place < _LONGEST_OPENING and text.find(b">", place) < 0:
        return place
    for first, last in _ENDS:
        if text.startswith(first, place):
            return _ending(text, place, first, last)
    if text.startswith(b"<!", place):
        return _doctype(text, place)
    return _tag(text, place)


@lru_cache(maxsize=64)
def _opening(within: tuple[bytes, ...]) -> re.Pattern[bytes]:
    names = b"|".join(map(re.escape, within))
    return re.compile(rb"<(?:!|\?|/?(?:" + names + rb")(?=[\s/>]|\Z))" if within else rb"<")


def _ending(text: bytearray, place: int, first: bytes, last: bytes) -> Token | int:
    end = text.find(last, place + len(first))
    if end < 0:
        return place
    kind = Kind.DECLARATION if _DECLARATION.match(text, place) else Kind.OTHER
    return Token(kind, place, end + len(last))


def _doctype(text: bytearray, place: int) -> Token | int:
    """Give a document type up to its own declarations, if it has any, and anything else of its kind up to its end."""
    found = _DOCTYPE.match(text, place)
    if found is None:
        end = text.find(b">", place)
        return place if end < 0 or _is_doctype(text, place) else Token(Kind.OTHER, place, end + 1)
    return Token(Kind.DOCTYPE, place, found.end())


def _is_doctype(text: bytearray, place: int) -> bool:
    return bytes(text[place : place + len(_DOCTYPE_NAME)]).upper() == _DOCTYPE_NAME


def _tag(text: bytearray, place: int) -> Token | int:
    found = _TAG_END.match(text, place + 1)
    if found is None:
        return place
    named = _NAME.match(text, place)
    name = named[1] if named else b""
    if text.startswith(b"</", place):
        return Token(Kind.CLOSE, place, found.end(), name)
    return Token(Kind.EMPTY if text[found.end() - 2] == ord("/") else Kind.OPEN, place, found.end(), name)
