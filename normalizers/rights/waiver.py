"""Rights that are given up ("has waived all rights") or kept, and works that are given to the public domain.

A locale has the words (section ``waiver``), and their combination in one sentence counts: who waives, and every right; or who
dedicates, and the public domain. Where Creative Commons is named, such a text is CC0. Who keeps every right grants no licence.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter

from normalizers.rights.negation import NEGATIONS
from normalizers.rights.prose.sentences import sentences_of
from normalizers.terms import Found, Hit, Hits

WAIVED, DEDICATED = "rights_waived", "dedicated"
_ALL_RIGHTS = (frozenset({"every", "rights"}), frozenset({"every_right"}))
_MADE_OF = {
    "waive": (WAIVED, _ALL_RIGHTS),
    "reserve": ("all_rights_reserved", _ALL_RIGHTS),
    "dedicate": (DEDICATED, (frozenset({"public_domain"}),)),
}
_TURNS = NEGATIONS | {"provided", "unless"}
_NEXT = 6
_PAUSE = frozenset(",;:()")
_start_of = itemgetter(0)


def find_waivers(text: str, hits: Hits) -> Iterator[tuple[str, Hit]]:
    """Yield the words that give rights up or keep them, each with its key, neither denied in their clause nor under a condition."""
    if all(item.concept not in _MADE_OF for item in hits.of("waiver")):
        return
    said = hits.spread("waiver")
    said += [hit for hit in hits.spread("statements") if hit.concept == "public_domain"]
    said.sort(key=_start_of)
    lexical = hits.of("lexicon")
    places, lexical_places = list(map(_start_of, said)), list(map(_start_of, lexical))
    for start, end in sentences_of(text):
        here = [hit for hit in said[bisect_left(places, start) : bisect_left(places, end)] if hit.end <= end]
        near = lexical[bisect_left(lexical_places, start) : bisect_right(lexical_places, end + _NEXT)] if here else ()
        for hit in here:
            key, wholes = _MADE_OF.get(hit.concept, ("", ()))
            beside = {other.concept for other in here if other.locale == hit.locale}
            if any(parts <= beside for parts in wholes) and not _is_turned(text, hit, near):
                yield key, hit


def _is_turned(text: str, hit: Hit, near: Sequence[Found]) -> bool:
    """Tell whether a negation or a condition rules the clause before a word, or a negation stands right behind it."""
    own = [item for item in near if hit.locale in item.locales]
    before = [item.end for item in own if item.concept in _TURNS and item.end <= hit.start]
    behind = [item for item in own if item.concept == "not_after" and hit.end - 1 <= item.start <= hit.end + _NEXT]
    return bool(behind) or any(_PAUSE.isdisjoint(text[end : hit.start]) for end in before)
