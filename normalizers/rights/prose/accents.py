"""Words that nothing but an accent or a tone tells from a word of other meaning ("né" from "ne")."""

from __future__ import annotations

from unicodedata import normalize

from normalizers.folding import Folded
from normalizers.terms import Hit

_SHORT = 3
_EXACTLY = "="
_APOSTROPHES = ("'", "’")


def is_written(folded: Folded, hit: Hit) -> bool:
    """Tell whether a word counts as it is written.

    A label that begins with "=" must be written letter for letter, but for case. A short "nor" with an accent must have one, or an
    apostrophe for it. Every other word counts.
    """
    if hit.label.startswith(_EXACTLY):
        begin, end = folded.span(hit.start, hit.end)
        return normalize("NFC", folded.original[begin:end].casefold()) == normalize("NFC", hit.label[1:].casefold())
    if hit.concept != "nor" or len(hit.label) > _SHORT or hit.label.isascii():
        return True
    begin, end = folded.span(hit.start, hit.end)
    return not folded.original[begin:end].isascii() or folded.original.startswith(_APOSTROPHES, end)
