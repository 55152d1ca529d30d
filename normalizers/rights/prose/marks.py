"""The marks in a text that part the clauses of a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from normalizers.folding import Folded

_CLAUSE_END = re.compile(r"[,;():]|(?<=[\u0e00-\u0eff]) (?=[\u0e00-\u0eff])")
_SEGMENT_END = ";"
_LABEL = r"(?=\s[^\n:：;|｜/*–—]{2,40}(?::\s|：))"
_SIGNS = re.compile(
    rf"(?<=\s)(?:(?:[*]+|/|[-–—]){_LABEL}|(?P<loose>[*]+|/)|(?P<dash>[-–—])|[|]+|//+|-{{2,}}|[-=]*>+|[→»•]|[+~=]{{2,}})(?=\s)|(?<=.)[|｜]+"
)
_OF_SIGNS = frozenset("|｜/*->+~=–—→»•")


class ClauseEnd(NamedTuple):
    """A place in the folded text at which a clause ends, and with it a segment, which shares no verb with the next.

    A dash ends only a clause that has its verb ("changes allowed - sale not"), for that verb may stand behind it ("to sell it - no").
    """

    place: int
    ends_segment: bool
    is_dash: bool = False


def signs_of(folded: Folded) -> Sequence[ClauseEnd]:
    """Give the signs that part the items of a note ("credit || changes -- no"), which folding drops; stars and a slash part no segments.

    But before a label any sign does ("credit: required - trade: no"), for what stands behind a label is its value alone.
    """
    if _OF_SIGNS.isdisjoint(folded.original):
        return ()
    signs = _SIGNS.finditer(folded.original)
    return [ClauseEnd(folded.place(sign.start() - 1), sign["loose"] is sign["dash"], sign["dash"] is not None) for sign in signs]


def until_pause(text: str, start: int, end: int) -> str:
    """Give what stands between two places of a sentence, up to the first mark that ends a clause."""
    mark = _CLAUSE_END.search(text, start, end)
    return text[start : mark.start() if mark else end]


def clause_ends(text: str, signs: Sequence[ClauseEnd]) -> list[ClauseEnd]:
    """Give the ends of the clauses in a sentence with such signs in it, the last being the end of the sentence."""
    ends = [ClauseEnd(match.start(), match[0] == _SEGMENT_END) for match in _CLAUSE_END.finditer(text)]
    return [*(sorted([*ends, *signs]) if signs else ends), ClauseEnd(len(text), ends_segment=False)]
