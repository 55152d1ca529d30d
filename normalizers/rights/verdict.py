"""Compares the readings of a text and gives the answer: one licence, several that compete, or none.

Where readings contradict each other the answer is ambiguous with all of them, never the freer one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from normalizers.reading import Query
from normalizers.results import Candidate, Evidence, Issue, License, Method, Result, Status
from normalizers.rights.denials import Denials
from normalizers.rights.mentions import Mentions
from normalizers.rights.merging import in_order, merge
from normalizers.rights.model import Reading
from normalizers.rights.others import OtherLicenses
from normalizers.rights.prose.terms import Terms
from normalizers.rights.severity import strictest_of
from normalizers.rights.spans import Spans
from normalizers.rights.statements import Statement
from normalizers.rights.tools import LegalTools, Resolution, family_of
from normalizers.rights.waiver import DEDICATED, WAIVED
from normalizers.vocabularies import Vocabulary

_MOST_OF_A_TITLE = 0.7
RESERVING = frozenset({"all_rights_reserved", "in_copyright", "permission_required"})
_DISQUALIFYING = frozenset({"license_impossible", "name_unread", "license_incomplete"})
_RESERVED = ":statements.all_rights_reserved"
_STOPS = ".,;!?)\\n\N{DEVANAGARI DANDA}\N{IDEOGRAPHIC FULL STOP}\N{ARABIC FULL STOP}"
_CLOSES = re.compile(rf"\s?[^\s{_STOPS}]*\s?(?:[{_STOPS}]|$)")
_NOTHING_DENIED = Denials(())


class Readings(Struct, frozen=True):
    """All that was read from one text. ``mentions`` are of Creative Commons itself, ``denials`` what does not apply."""

    named: tuple[Reading, ...]
    terms: Terms
    statements: tuple[Statement, ...]
    mentions: Mentions
    choice: bool = False
    denials: Denials = _NOTHING_DENIED


class Verdict:
    """Weighs readings into the result of the field ``license``. Immutable."""

    def __init__(self, tools: LegalTools, others: OtherLicenses, statements: Vocabulary) -> None:
        self._tools = tools
        self._others = others
        self._statements = statements

    def weigh(self, query: Query, readings: Readings) -> Result:
        """Give the answer to a text."""
        own = [reading for reading in readings.named if reading.scope is None]
        groups = merge(own, self._others.is_kind_of)
        if not own and readings.named:
            result = self._only_elsewhere(query, readings.named)
        elif readings.denials.denied and (not own or _is_denied_too(readings.denials, groups)):
            result = self._denied(query, groups, readings)
        elif len(groups) == 1 and not _restricts(readings.terms, groups[0]):
            result = self._licensed(query, groups[0], readings.terms.evidence)
        elif groups:
            result = self._contradiction(query, groups, readings)
        elif readings.mentions.applying and _waivers(readings):
            result = self._waived(query, readings)
        elif readings.mentions.applying and not _is_declined(readings):
            result = self._by_clauses(query, readings)
        else:
            result = self._unlicensed(query, readings)
        elsewhere = [reading for reading in readings.named if reading.scope is not None]
        return self._with_elsewhere(result, elsewhere) if own and elsewhere else result

    def resolve(self, reading: Reading, assume_version: str | None = None) -> Resolution:
        """Look the licence of a reading up; licences that are not Creative Commons' stand as they were read."""
        if reading.other:
            return Resolution(*self._others.resolve(reading))
        if any(issue.code == "license_impossible" for issue in reading.issues):
            return Resolution(License(family_of(reading.unit)), reading.issues)
        found = self._tools.resolve(reading.unit, reading.version or assume_version, reading.port)
        assumed = assume_version is not None and reading.version is None and found.license.version == assume_version
        note = (Issue("version_assumed", f"version {assume_version} was assumed at the caller's wish"),) if assumed else ()
        return replace(found, issues=(*reading.issues, *found.issues, *note)) if reading.issues or note else found

    def _licensed(self, query: Query, reading: Reading, beside: Sequence[Evidence] = ()) -> Result:
        """Answer the licence of a reading, and quote what stands ``beside`` it."""
        found = self.resolve(reading, query.wishes.assume_version)
        if any(issue.code in _DISQUALIFYING for issue in found.issues):
            return query.ambiguous(self._nearest(reading, found.license), *found.issues, evidence=reading.evidence)
        return Result(
            query.field,
            query.text,
            Status.MATCHED,
            (_identifier(found.license),),
            reading.method,
            license=found.license,
            issues=found.issues,
            evidence=in_order(reading.evidence, _beside(beside, reading.evidence)),
            vocabulary=self._others.vocabulary.stamp if reading.other else self._tools.vocabulary.stamp,
        )

    def _nearest(self, reading: Reading, found: License) -> tuple[Candidate, ...]:
        if reading.other:
            return tuple(Candidate(name, reason="one of the family that is named") for name in self._others.members_of(reading.unit))
        return (Candidate(_identifier(found), reason="the part of the name that was understood"),) if found.permissions else ()

    def _contradiction(self, query: Query, groups: Sequence[Reading], readings: Readings) -> Result:
        candidates = [Candidate(_identifier(self.resolve(group).license), reason=group.evidence[0].text) for group in groups]
        if len(groups) == 1:
            stricter = [family_of(unit) for unit in readings.terms.units]
            candidates += [Candidate(family, reason="the terms of the text") for family in stricter]
            issue = Issue("contradiction", "the licence that is named permits what the terms of the text forbid")
        elif readings.choice:
            issue = Issue("contradiction", "the text offers several licences to choose from")
        else:
            issue = Issue("contradiction", "the text states licences that differ")
        evidence = in_order(*(group.evidence for group in groups), readings.terms.evidence)
        strictest = strictest_of(groups) if query.wishes.most_restrictive else None
        if strictest is None:
            return query.ambiguous(tuple(candidates), issue, evidence=evidence)
        result = self._licensed(query, strictest)
        note = Issue("most_restrictive_taken", "of the licences in the text the one that binds most was taken at the caller's wish")
        return replace(result, candidates=tuple(candidates), issues=(*result.issues, issue, note), evidence=evidence)

    def _denied(self, query: Query, groups: Sequence[Reading], readings: Readings) -> Result:
        """Answer that the text denies the licences it names; beside the same licence stated nothing is settled."""
        denials = readings.denials
        evidence = in_order(*(reading.evidence for reading in (*groups, *denials.denied)), denials.evidence)
        issue = Issue("license_denied", "the text says that the licence which it names does not apply")
        if not groups:
            return Result(query.field, query.text, Status.NONE, method=denials.denied[0].method, issues=(issue,), evidence=evidence)
        found = dict.fromkeys(_identifier(self.resolve(reading).license) for reading in groups)
        reason = "stated in one place and denied in another"
        return query.ambiguous(tuple(Candidate(name, reason=reason) for name in found), issue, evidence=evidence)

    def _by_clauses(self, query: Query, readings: Readings) -> Result:
        terms = readings.terms
        evidence = in_order(terms.evidence, readings.mentions.applying)
        reserved = _is_reserved_behind(query, readings)
        if len(terms.units) == 1 and not readings.choice and not reserved:
            result = self._licensed(query, Reading(terms.units[0], Method.CLAUSES, evidence))
            if terms.permissions.attribution is not None:
                return result
            return result.with_issues(Issue("attribution_implied", "the terms do not ask for attribution in words; all such licences do"))
        candidates = tuple(Candidate(family_of(unit), reason="agrees with all that the text says") for unit in terms.units)
        if reserved:
            issue = Issue("contradiction", "the text reserves all rights behind the terms that it states")
        elif terms.contradicted:
            issue = Issue("contradiction", "the terms of the text permit in one place what they forbid in another")
        else:
            issue = Issue("license_incomplete", "Creative Commons is named, but the text does not say enough to tell which licence")
        return query.ambiguous(candidates, issue, evidence=evidence)

    def _waived(self, query: Query, readings: Readings) -> Result:
        """Answer CC0 where all rights are given up by its means, unless the text asks or forbids what CC0 does not."""
        reading = Reading("zero", Method.CLAUSES, in_order(_waivers(readings), readings.mentions.applying))
        if _restricts(readings.terms, reading) or readings.terms.withheld or readings.terms.demands_credit or readings.choice:
            return self._contradiction(query, [reading], readings)
        return self._licensed(query, reading, readings.terms.evidence)

    def _unlicensed(self, query: Query, readings: Readings) -> Result:
        """Answer that there is no licence; a RightsStatements.org statement by address or title is the identifier instead."""
        evidence = in_order(
            readings.terms.evidence, tuple(statement.evidence for statement in readings.statements), readings.mentions.denied
        )
        if not evidence:
            return query.unmatched()
        titled = [statement for statement in readings.statements if _is_all(statement, query.text)]
        nearest = readings.terms.units[:1] if len(readings.terms.units) == 1 else ()
        candidates = tuple(
            Candidate(family_of(unit), reason="the terms are like this licence's, but no licence is named") for unit in nearest
        )
        details = {"permissions": readings.terms.permissions} if readings.terms.stated else {}
        return Result(
            query.field,
            query.text,
            Status.NONE,
            tuple(dict.fromkeys(self._statements.concepts[str(statement.rights_statement)].identifier for statement in titled)),
            titled[0].method if titled else Method.CLAUSES,
            candidates=candidates,
            issues=(Issue("not_a_license", "the text states rights or terms, but no licence"),),
            evidence=evidence,
            details=details,
        )

    def _only_elsewhere(self, query: Query, readings: Sequence[Reading]) -> Result:
        candidates = tuple(Candidate(_identifier(self.resolve(item).license), reason=f"of the {item.scope} only") for item in readings)
        scopes = dict.fromkeys(item.scope for item in readings)
        issues = tuple(Issue(f"scope_{scope}_only", f"the licence is of the {scope}, not of the work") for scope in scopes)
        evidence = in_order(*(reading.evidence for reading in readings))
        return Result(
            query.field, query.text, Status.NONE, method=readings[0].method, candidates=candidates, issues=issues, evidence=evidence
        )

    def _with_elsewhere(self, result: Result, elsewhere: Sequence[Reading]) -> Result:
        found = self._only_elsewhere(Query(result.field, result.text), elsewhere)
        issues = tuple(Issue(issue.code.removesuffix("_only"), issue.detail) for issue in found.issues)
        return replace(
            result,
            candidates=(*result.candidates, *found.candidates),
            issues=(*result.issues, *issues),
            evidence=in_order(result.evidence, found.evidence),
        )


def _waivers(readings: Readings) -> tuple[Evidence, ...]:
    """Give the places that give all rights up; of a work in the public domain to which terms were added, those terms are what counts."""
    keys = {WAIVED} if readings.terms.permissions.attribution else {WAIVED, DEDICATED}
    return tuple(statement.evidence for statement in readings.statements if statement.key in keys)


def _is_declined(readings: Readings) -> bool:
    """Tell whether Creative Commons is named without being granted: denied, or all rights reserved and no copy permitted."""
    keys = {statement.key for statement in readings.statements}
    if readings.terms.asks_first and "all_rights_reserved" in keys:
        return True
    if readings.terms.consent_for_all or readings.terms.reserved or (readings.terms.refused and (readings.terms.stated or keys)):
        return True
    if not readings.terms.units:
        denied = "not_licensed" in keys and not (readings.terms.permissions.share_alike and readings.terms.permissions.attribution)
        return denied or (readings.terms.withheld and not keys.isdisjoint(RESERVING))
    return "not_licensed" in keys and _grants_nothing(readings.terms)


def _is_reserved_behind(query: Query, readings: Readings) -> bool:
    """Tell whether all rights are reserved behind the last of terms that grant gain or changes: these may be of other works or times.

    The words for it must close their sentence, or it may say who keeps them ("all rights remain with the authors").
    """
    said = readings.terms.permissions
    last = max((item.end for item in readings.terms.evidence), default=0)
    grants = said.commercial_use or said.derivatives
    reserved = [item.evidence for item in readings.statements if item.evidence.rule.endswith(_RESERVED) and item.evidence.start >= last]
    return bool(grants) and any(_CLOSES.match(query.text, item.end) for item in reserved)


def _grants_nothing(terms: Terms) -> bool:
    """Tell whether terms permit no act and do not ask what a licence asks: credit beside what it forbids, or the same terms."""
    said = terms.permissions
    permits = said.commercial_use is True or said.derivatives is True
    silent = said.commercial_use is None and said.derivatives is None
    return not (permits or said.share_alike) and (silent or (said.attribution is None and len(terms.units) > 1))


def _is_denied_too(denials: Denials, groups: Sequence[Reading]) -> bool:
    """Tell whether a licence that is stated is also denied, and not only of a part of the work."""
    return not denials.of_part and not {reading.unit for reading in denials.denied}.isdisjoint(group.unit for group in groups)


def _is_all(statement: Statement, text: str) -> bool:
    """Tell whether a text is a RightsStatements.org statement, by address or title, rather than one that says as much."""
    if statement.method is Method.URL:
        return True
    return statement.method is Method.LABEL and len(statement.evidence.text) > _MOST_OF_A_TITLE * len(text.strip())


def _restricts(terms: Terms, reading: Reading) -> bool:
    """Tell whether the terms in the text forbid what the licence that it names permits."""
    if reading.other:
        return False
    commercial = terms.permissions.commercial_use is False and "nc" not in reading.elements
    derivatives = terms.permissions.derivatives is False and "nd" not in reading.elements
    same_terms = terms.permissions.share_alike is True and "sa" not in reading.elements
    return commercial or derivatives or same_terms


def _beside(evidence: Sequence[Evidence], taken: Sequence[Evidence]) -> list[Evidence]:
    """Leave out what stands inside a span that is quoted already: the word of a name is not a term beside it."""
    if not evidence:
        return []
    spans = Spans((item.start, item.end) for item in taken)
    return [item for item in evidence if not spans.touch(item.start, item.end)]


def _identifier(found: License) -> str:
    """Name a licence: an address for Creative Commons', which alone have permissions here, else what SPDX calls it."""
    return found.family if found.permissions is None else found.uri or found.family
