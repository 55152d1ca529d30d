"""Words that nothing but a tone, an accent or a hyphen tells from a word of other meaning, which folding takes away ("bán" from "bạn")."""

from __future__ import annotations

from collections.abc import Container
from unicodedata import normalize

from normalizers.folding import Folded
from normalizers.terms import Found, Hits

_EXACTLY = "="
_PRONOUN = "-*"
_HYPHENS = frozenset("-\N{HYPHEN}\N{NON-BREAKING HYPHEN}")


def asks_spelling(label: str) -> bool:
    """Tell whether a label says how its words are written.

    Those of labels that begin with "=" are written letter for letter, but for case; behind those of labels that end in "-*" a hyphen
    and a pronoun stand ("musicá-la", not "música").
    """
    return label.startswith(_EXACTLY) or label.endswith(_PRONOUN)


def as_written(folded: Folded, hits: Hits, asking: Container[str]) -> Hits:
    """Leave out words that are not written as their labels say; the labels that say it are ``asking``."""
    doubted = [item for item in hits.found if item[4] in asking]
    unlike = {id(item) for item in doubted if not _is_written(folded, item)}
    return Hits([item for item in hits.found if id(item) not in unlike]) if unlike else hits


def _is_written(folded: Folded, item: Found) -> bool:
    begin, end = folded.span(item.start, item.end)
    if item.label.endswith(_PRONOUN):
        return folded.original[end : end + 1] in _HYPHENS
    written, label = folded.original[begin:end], item.label[1:]
    return normalize("NFC", written).casefold() == normalize("NFC", label).casefold()
