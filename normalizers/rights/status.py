"""The RightsStatements.org statements that a text makes without their title, composed of what it says of copyright and of use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from normalizers.rights.prose.clause import Clause
from normalizers.terms import Hit, Hits

Span = tuple[int, int, str]
_REACH = 30
UNSETTLED = frozenset({"CNE", "UND"})
_IN = frozenset({"in_copyright", "all_rights_reserved"})
_OUT = frozenset({"not_in_copyright", "public_domain"})
_STATUS = frozenset({"status"})
_COMPOSED = (
    ("CNE", _STATUS, "not_evaluated"),
    ("UND", _STATUS, "undetermined"),
    ("NKC", _OUT, "undetermined"),
    ("InC-OW-EU", frozenset({"orphan"}), "orphan"),
    ("InC-RUU", _IN, "holder_unknown"),
    ("InC-EDU", _IN, "educational"),
    ("InC-NC", _IN, "noncommercial"),
    ("NoC-NC", _OUT | {"partnership"}, "restricted"),
    ("NoC-CR", _OUT, "contract"),
    ("NoC-OKLR", _OUT, "other_law"),
    ("NoC-US", _OUT, "us"),
)
SETTLING = UNSETTLED | {"NKC", "NoC-US"}
"""Statements in which the words for copyright do not say that there is any."""
_OUTRANKS = {
    "NoC-US": UNSETTLED | {"NKC"},
    "NKC": frozenset({"UND"}),
    "NoC-NC": frozenset({"NoC-CR"}),
    "NoC-CR": frozenset({"NoC-OKLR"}),
    "InC-OW-EU": frozenset({"InC-RUU", "UND"}),
}
"""Statements that the words of another one are part of: "public domain in the United States, elsewhere not evaluated"."""


def compose(found: Sequence[Hit], countries: Sequence[Hit], hits: Hits, clauses: Sequence[Clause]) -> Iterator[tuple[str, Span]]:
    """Yield each statement with the place of the word that makes it that one and not another.

    Both halves must stand in the text: what it says of copyright, and what it adds. A use that is added must be permitted by
    its own clause, since "educational use needs permission" is the opposite. Where Creative Commons or another licence is
    named, uses are the licence's. ``countries`` are those that the text names.
    """
    licensed = bool(hits.of("other_licenses") or hits.named("license_names", "CC"))
    said: dict[str, Span] = {
        hit.concept: (hit.start, hit.end, hit.rule) for hit in reversed(found) if hit.section in {"statements", "rights_status"}
    }
    if not said:
        return
    taught = said.pop("educational", None)
    said |= {hit.concept: (hit.start, hit.end, hit.rule) for hit in countries if hit.concept == "us"}
    uses = {} if licensed else dict(_uses(taught, clauses))
    said |= uses
    composed = {key: said[word] for key, bases, word in _COMPOSED if word in said and not bases.isdisjoint(said)}
    outranked = {key for other in composed for key in _OUTRANKS.get(other, ())}
    yield from ((key, place) for key, place in composed.items() if key not in outranked)


def _uses(taught: Span | None, clauses: Sequence[Clause]) -> Iterator[tuple[str, Span]]:
    """Yield the uses that the text permits or asks no consent for, and whether it keeps commerce out at all ("restricted")."""
    for clause in clauses:
        permits = (clause.permits is True and not clause.has("forbid") and not clause.has("require")) or clause.has("not_required")
        place = taught[0] - clause.base if taught else 0
        if taught and permits and clause.words and clause.words[0].start - _REACH <= place <= clause.words[-1].end + _REACH:
            yield "educational", taught
        outside = [fact.word for fact in clause.facts if fact.question == "commercial_use" and not fact.holds]
        named = [word for word in clause.words if word.concept == "noncommercial" and (permits or clause.has("only"))]
        for word in (*outside, *named):
            span = (clause.base + word.start, clause.base + word.end, word.rule)
            yield "restricted", span
            if permits:
                yield "noncommercial", span
