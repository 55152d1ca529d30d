"""Short words for "nor" that nothing but an accent tells from a word of other meaning ("né" from "ne")."""

from __future__ import annotations

from normalizers.folding import Folded
from normalizers.terms import Found

_SHORT = 3
_APOSTROPHES = ("'", "’")


def is_written(folded: Folded, nor: Found) -> bool:
    """Tell whether a short "nor" with an accent is written with one, or with an apostrophe for it; a longer one needs none."""
    if len(nor.label) > _SHORT or nor.label.isascii():
        return True
    begin, end = folded.span(nor.start, nor.end)
    return not folded.original[begin:end].isascii() or folded.original.startswith(_APOSTROPHES, end)
