"""Words that count only beside another one: "whole" beside "only" is unmodified, "same" beside "licence" is the same licence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from normalizers.rights.prose.constructions import Word

_REACH = 20
_ALONE = frozenset({"whole", "same"})


def settle_beside(words: Sequence[Word], terms: Sequence[Word]) -> list[Word]:
    """Turn the words of a clause that count beside another one into what they mean there, and leave them out elsewhere."""
    if all(word.concept not in _ALONE for word in words):
        return list(words)
    negated = {right.start for left, right in pairwise(words) if left.concept in {"not", "concord"}}
    only = any(word.concept == "only" and word.start not in negated for word in words)
    return [word for each in words for word in _settled(each, terms, only=only)]


def _settled(word: Word, terms: Sequence[Word], *, only: bool) -> Iterator[Word]:
    if word.concept == "same":
        near = [term for term in terms if term.start - word.end <= _REACH and word.start - term.end <= _REACH]
        yield from (replace(word, concept="same_license") for _ in near[:1])
    elif word.concept != "whole":
        yield word
    elif only:
        yield replace(word, concept="unmodified")
