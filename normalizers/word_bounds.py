"""Where words begin and end in a folded text, for terms that are found as substrings."""

from __future__ import annotations

import unicodedata

from normalizers.folding import is_unspaced, is_word

BETWEEN = "\0"
"""The kind of what is no part of a word."""


class _KindTable(dict[int, str]):
    """What each character is to the bounds of words: no part of one that spaces part from the next (no bit), or a part.

    Of the parts, Latin letters and letters of other scripts have a bit each, so that they part; digits and marks have both.
    """

    def __missing__(self, point: int) -> str:
        character = chr(point)
        kind = self[point] = _kind(character) if is_word(character) and not is_unspaced(character) else BETWEEN
        return kind


def _kind(character: str) -> str:
    if not character.isalpha():
        return "\3"
    return "\1" if unicodedata.name(character, "").startswith("LATIN") else "\2"


_KINDS = _KindTable()

_MOST_JOINED = 12
"""Characters of particles before a word. No language joins more; a text of nothing else would be gone through for each of its letters."""


def kinds_of(text: str) -> str:
    """Give the kind of each character, and one behind the text that is no part of a word, so that every word has an end."""
    return text.translate(_KINDS) + BETWEEN


def joints_of(kinds: str) -> bytes:
    """Mark the places between two letters of one word, which has one script: there none may begin or end, up to the place after the last.

    Each character is a byte of one number, which is laid over itself one place further: that is done for all of them at once.
    """
    letters = int.from_bytes(kinds.encode("ascii"), "big")
    return (letters & letters >> 8).to_bytes(len(kinds) + 1, "big")[1:] + b"\0"


def is_prefixed(text: str, start: int, prefixes: tuple[str, ...]) -> bool:
    """Tell whether nothing but particles stands between the beginning of a word and a place inside it."""
    first = max(0, start - _MOST_JOINED)
    begin = start
    while begin > first and is_word(text[begin - 1]):
        begin -= 1
    return (begin == 0 or not is_word(text[begin - 1])) and _is_made_of(text[begin:start], prefixes)


def _is_made_of(text: str, parts: tuple[str, ...]) -> bool:
    return not text or any(text.startswith(part) and _is_made_of(text[len(part) :], parts) for part in parts)
