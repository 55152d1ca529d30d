"""Short words for "nor" that nothing but an accent tells from a word of other meaning ("né" from "ne")."""

from __future__ import annotations

from normalizers.folding import Folded
from normalizers.terms import Hit

_SHORT = 3
_APOSTROPHES = ("'", "’")


def is_written(folded: Folded, hit: Hit) -> bool:
    """Tell whether a short "nor" with an accent is written with one, or with an apostrophe for it; every other word is."""
    if hit.concept != "nor" or len(hit.label) > _SHORT or hit.label.isascii():
        return True
    begin, end = folded.span(hit.start, hit.end)
    return not folded.original[begin:end].isascii() or folded.original.startswith(_APOSTROPHES, end)
