"""Endings that turn a verb where a language fuses them with it: "may" and "not" inside the word for the act.

A locale lists the stem of the act with a star behind it, and the ending with a star before it; together they are the act and its
verb, or the act denied ("kısalt*" and "*mamalı*" in one word: must not shorten). So too the verb of permission itself ("izin ver*" and
"*mez": does not permit).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from normalizers.folding import is_unspaced
from normalizers.terms import Found

_DENIED = {"adapt": "unmodified", "commercial": "noncommercial"}
_PARTED = {denial: act for act, denial in _DENIED.items()}
_STEMS = frozenset({*_DENIED, "share", "use", "permit"})
_ENDINGS = frozenset({"permit", "not_after"})
_DENIALS = frozenset({"forbid", "not", "without", "nor", "noncommercial", "unmodified", "not_commercial"})
_LONGEST_NOT = 6
_OF_ACTS = frozenset({"adapt", "commercial", "use", "share", "credit", "require", "noncommercial", "unmodified", "not_commercial"})


def longest_with_endings(hits: Sequence[Found]) -> list[Found]:
    """From sorted hits keep the leftmost longest ones, and the ending inside a word of which nothing but the stem is known."""
    kept: list[Found] = []
    first = 0
    denials = [hit for hit in hits if hit.concept in _DENIALS and not is_unspaced(hit.label[0])]
    for hit in hits:
        if hit.concept in _OF_ACTS and _ends_in_denial(hit, denials):
            continue
        if not kept or hit.start >= kept[-1].end:
            first = len(kept)
            kept.append(hit)
        elif (hit.start, hit.end) == (kept[first].start, kept[first].end):
            if all(other.concept != hit.concept for other in kept[first:]):  # two stems may fit one word
                kept.append(hit)
        elif hit.end == kept[-1].end and hit.concept in _ENDINGS and hit.label.startswith("*") and all(map(_is_stem, kept[first:])):
            if hit.concept == "not_after" and all(stem.concept in _DENIED for stem in kept[first:]):
                kept[first:] = [stem._replace(concept=_DENIED[stem.concept]) for stem in kept[first:]]
            else:
                kept.append(hit)
    return list(_with_verbs(kept, {hit.start: hit for hit in reversed(hits) if hit.concept == "forbid"}))


def _with_verbs(kept: Sequence[Found], forbids: Mapping[int, Found]) -> Iterator[Found]:
    """Part a phrase that begins with a verb that forbids ("must not be sold"), for more may hang on the verb (", cut or translated").

    A word that is ignored is no longer the stem that it begins with ("licensee").
    """
    ignored = {(hit.start, hit.end) for hit in kept if hit.concept == "ignored"}
    for hit in kept:
        verb = forbids.get(hit.start)
        if hit.concept != "ignored" and (hit.start, hit.end) in ignored:
            continue
        if hit.concept in _PARTED and verb and verb.end < hit.end:
            yield verb
            yield hit._replace(start=verb.end, concept=_PARTED[hit.concept])
        else:
            yield hit


def _ends_in_denial(hit: Found, denials: Sequence[Found]) -> bool:
    """Tell whether a phrase would swallow the "not" that a denial behind it begins with ("commerciale e non" before "non si può").

    Where words are not parted, a chance likeness may begin inside any word. What denies itself only gives the last word up
    ("à l'identique et sans" before "sans but lucratif").
    """
    most = _LONGEST_NOT if hit.concept in _DENIALS else hit.end - hit.start
    return any(hit.start < denial.start < hit.end < denial.end and hit.end - denial.start <= most for denial in denials)


def _is_stem(hit: Found) -> bool:
    return hit.concept in _STEMS and hit.label.endswith("*")
