"""Words that nothing but a tone, an accent or a hyphen tells from a word of other meaning, which folding takes away ("bán" from "bạn")."""

from __future__ import annotations

from unicodedata import normalize

from normalizers.folding import Folded
from normalizers.terms import Found, Hits

_EXACTLY = "="
_PRONOUN = "-*"
_HYPHENS = frozenset("-\N{HYPHEN}\N{NON-BREAKING HYPHEN}")


def as_written(folded: Folded, hits: Hits) -> Hits:
    """Leave out words that are not written as their labels say.

    Those of labels that begin with "=" are written letter for letter, but for case; behind those of labels that end in "-*" a hyphen
    and a pronoun stand ("musicá-la", not "música").
    """
    kept = [item for item in hits.found if _is_free(item.label) or _is_written(folded, item)]
    return hits if len(kept) == len(hits.found) else Hits(kept)


def _is_free(label: str) -> bool:
    return label[:1] != _EXACTLY and label[-2:] != _PRONOUN


def _is_written(folded: Folded, item: Found) -> bool:
    begin, end = folded.span(item.start, item.end)
    if item.label.endswith(_PRONOUN):
        return folded.original[end : end + 1] in _HYPHENS
    written, label = folded.original[begin:end], item.label[1:]
    return normalize("NFC", written).casefold() == normalize("NFC", label).casefold()
