"""Words that nothing but a tone or an accent tells from a word of other meaning, which folding takes away ("bán" from "bạn")."""

from __future__ import annotations

from unicodedata import normalize

from normalizers.folding import Folded
from normalizers.terms import Found, Hits

_EXACTLY = "="


def as_written(folded: Folded, hits: Hits) -> Hits:
    """Leave out the words of labels that begin with "=" where they are not written letter for letter, but for case."""
    kept = [item for item in hits.found if item.label[:1] != _EXACTLY or _is_exact(folded, item)]
    return hits if len(kept) == len(hits.found) else Hits(kept)


def _is_exact(folded: Folded, item: Found) -> bool:
    begin, end = folded.span(item.start, item.end)
    written, label = folded.original[begin:end], item.label[1:]
    return normalize("NFC", written).casefold() == normalize("NFC", label).casefold()
