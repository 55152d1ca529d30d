"""Words that count only beside another one: "whole" beside "only" is unmodified, "same" beside "licence" is the same licence.

"Free of charge" behind or before "only", with no more than sharing between them, is non-commercial: elsewhere it is what the reader pays.

"Unchanged" right beside "licence" is the same one where a changed work must have it. "Of your own choosing" beside "licence" is any
licence, and so is "a particular licence" where it is denied. "Link" beside "licence" or "this licence" takes that with it: a link to the
licence is part of the credit, and asks nothing of changed works.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from normalizers.rights.prose.constructions import Word

_REACH = 20
_NEXT = 1
_OF_TERMS = {"same": "same_license", "chosen": "any_license", "particular": "set_license"}
_LOST = frozenset({"whole", "gratis", "same", "particular"})
_OF_LINKS = frozenset({"link", "same"})
_ALONE = frozenset({"whole", "gratis", "unmodified", *_OF_TERMS})
_AMID = frozenset({"share", "use", "permit", "unmodified", "whole"})


def leave_linked(words: Sequence[Word], terms: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """Take out of the words and the terms of a clause the licence that a link leads to, and count the link as credit.

    "The same" beside no word for licence, in a clause that shares or alters, may be the same licence in words that were not understood: it
    counts as terms.
    """
    if _OF_LINKS.isdisjoint([word.concept for word in words]):
        return list(words), list(terms)
    links = [word for word in words if word.concept == "link"]
    kept = [word for word in words if word.concept != "this_license" or not _is_near(word, links, _REACH)]
    settled = [replace(word, concept="credit") if word.concept == "link" else word for word in kept]
    left = [word for word in terms if not _is_near(word, links, _REACH)]
    shares = any(word.concept in {"share", "adapt"} for word in words)
    unsure = [word for word in words if shares and word.concept == "same" and not _is_near(word, terms, _REACH)]
    return settled, sorted([*left, *unsure], key=lambda word: word.start)


def settle_beside(words: Sequence[Word], terms: Sequence[Word]) -> list[Word]:
    """Turn the words of a clause that count beside another one into what they mean there, and leave them out elsewhere."""
    if _ALONE.isdisjoint([word.concept for word in words]):
        return list(words)
    negated = {right.start for left, right in pairwise(words) if left.concept in {"not", "concord"}}
    onlys = [place for place, word in enumerate(words) if word.concept == "only" and word.start not in negated]
    row = [_unpaid(word, words, place, onlys) if word.concept == "gratis" else word for place, word in enumerate(words)]
    bound = _binds_changes(row)
    understood = [term for term in terms if term.concept == "terms"]
    return [word for each in row for word in _settled(each, understood, only=bool(onlys), bound=bound)]


def _unpaid(word: Word, words: Sequence[Word], place: int, onlys: Sequence[int]) -> Word:
    """Read "free of charge" as non-commercial where it is the only way that is allowed."""
    return replace(word, concept="noncommercial") if any(_is_all_sharing(words, place, only) for only in onlys) else word


def _is_all_sharing(words: Sequence[Word], place: int, other: int) -> bool:
    """Tell whether nothing but sharing, whole and unchanged, is named between two places of a clause."""
    between = words[min(place, other) + 1 : max(place, other)]
    return all(word.concept in _AMID or word.start == words[other].start for word in between)


def _binds_changes(words: Sequence[Word]) -> bool:
    """Tell whether a changed work is asked for something."""
    concepts = {word.concept for word in words}
    return "adapt" in concepts and not concepts.isdisjoint({"require", "obligation", "only"})


def _settled(word: Word, terms: Sequence[Word], *, only: bool, bound: bool) -> Iterator[Word]:
    near = _is_near(word, terms, _NEXT if word.concept == "unmodified" else _REACH)
    if near and word.concept in _OF_TERMS:
        yield replace(word, concept=_OF_TERMS[word.concept])
    elif near and word.concept == "unmodified" and bound:
        yield replace(word, concept="same_license")
    elif word.concept == "whole" and only:
        yield replace(word, concept="unmodified")
    elif word.concept not in _LOST:
        yield word


def _is_near(word: Word, others: Sequence[Word], reach: int) -> bool:
    return any(other.start - word.end <= reach and word.start - other.end <= reach for other in others)
