"""Persons and organizations that made the work, with what is said beside their names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from normalizers.folding import fold_key
from normalizers.names import Person
from normalizers.records.characters import has_text
from normalizers.records.desk import Desk
from normalizers.records.model import RawField
from normalizers.records.sections.base import Fields, known
from normalizers.records.sections.identifiers import described
from normalizers.results import Evidence, Issue, Result, Status

_ROLES = ("contributor", "editor", "advisor", "translator")
_ORCID = "https://orcid.org/"
# The codes by which schemas (DataCite, MODS, JPCOAR) say that a name is not a person's.
_ORGANIZATIONS = frozenset({"organizational", "organization", "organisation", "corporate", "conference", "consortium"})
_PERSONS = frozenset({"personal", "person", "family"})


class PeopleSection:
    """``creators`` and ``contributors``, in the order of the record; contributors carry their role."""

    keys = reads = frozenset({"creator", *_ROLES, "family_name", "given_name"})
    repeats = False

    def build(self, fields: Fields, desk: Desk) -> dict[str, Any]:
        """Read the names. A family or given name that belongs to no person of the record is left."""
        creators: list[dict[str, Any]] = []
        contributors: list[dict[str, Any]] = []
        for raw in fields.all("creator"):
            creators.extend(_people(raw, desk, f"/creators/{len(creators)}"))
        for role in _ROLES:
            for raw in fields.all(role):
                people = list(_people(raw, desk, f"/contributors/{len(contributors)}"))
                contributors.extend({"role": role, **person} for person in people)
        return known(creators=creators, contributors=contributors)


def _people(raw: RawField, desk: Desk, pointer: str) -> Iterator[dict[str, Any]]:
    """Read the persons of one value; only a value that names a single one can have parts."""
    parts = _Parts(raw, desk, pointer)
    if not has_text(raw.value):
        if parts.family or parts.given:
            yield parts.person(Person("", ", ".join(filter(None, (parts.family, parts.given))), parts.family, parts.given))
        return
    shown, result = desk.text(raw, raw.key or "")
    persons = desk.readers.persons.read_persons(shown)
    issues = tuple(issue for person in persons for issue in person.issues)
    if parts.family or len(persons) > 1:
        issues = tuple(issue for issue in issues if issue.code != "name_order_unknown") if parts.family else issues
    desk.decide(raw, _answer(result, shown, persons, issues), pointer if len(persons) == 1 else pointer.rpartition("/")[0])
    for person in persons:
        yield parts.person(person) if len(persons) == 1 else _described(person)


class _Parts:
    """What stands beside a name: its halves, affiliations and an ORCID."""

    def __init__(self, raw: RawField, desk: Desk, pointer: str) -> None:
        self.family = self._one(raw, desk, "family_name", f"{pointer}/family")
        self.given = self._one(raw, desk, "given_name", f"{pointer}/given")
        self.affiliations = list(self._affiliations(raw, desk, f"{pointer}/affiliations"))
        self.orcid = self._orcid(raw, desk, f"{pointer}/orcid")
        # A role beside a name says more only of those whose field is not a role by itself.
        self.role = self._one(raw, desk, "role", f"{pointer}/role") if raw.key == "contributor" else None
        self.kind = self._kind(raw, desk, f"{pointer}/kind")

    def person(self, read: Person) -> dict[str, Any]:
        """Describe a person by the name that was read and by the parts, which count more."""
        described_ = _described(read)
        halves = known(family=self.family, given=self.given)
        affiliations = [*described_.get("affiliations", ()), *self.affiliations]
        stated = known(affiliations=list(dict.fromkeys(affiliations)), orcid=self.orcid, role=self.role, kind=self.kind)
        return {**described_, **halves, **stated}

    def _one(self, raw: RawField, desk: Desk, key: str, pointer: str) -> str | None:
        part = raw.part(key)
        if part is None:
            return None
        shown, result = desk.text(part, key)
        desk.decide(part, result, pointer)
        return shown

    def _kind(self, raw: RawField, desk: Desk, pointer: str) -> str | None:
        part = raw.part("name_type")
        code = fold_key(part.value or "") if part else ""
        if part is None or code not in _ORGANIZATIONS | _PERSONS:
            return None
        desk.decide(part, desk.text(part, "name_type")[1], pointer)
        return "organization" if code in _ORGANIZATIONS else "person"

    def _affiliations(self, raw: RawField, desk: Desk, pointer: str) -> Iterator[str]:
        for part in raw.parts:
            if part.key in {"affiliation", "institution"} and has_text(part.value):
                shown, result = desk.text(part, "affiliation")
                desk.decide(part, result, pointer)
                yield shown

    def _orcid(self, raw: RawField, desk: Desk, pointer: str) -> str | None:
        for part in raw.parts:
            if part.key in {"orcid", "identifier", "uri"} and part.value:
                result = desk.ask_identifier(part.value, "orcid")
                found = [item for item in described(result) if item["scheme"] == "orcid"]
                desk.decide(part, result, pointer if found else None)
                if found:
                    return str(found[0].get("uri") or f"{_ORCID}{found[0]['value']}")
        return None


def _described(person: Person) -> dict[str, Any]:
    affiliations = [person.affiliation] if person.affiliation else []
    orcid = f"{_ORCID}{person.orcid}" if person.orcid else None
    kind = "organization" if person.is_organization else "person"
    return known(
        name=person.name, kind=kind, family=person.family, given=person.given, affiliations=affiliations, orcid=orcid, role=person.role
    )


def _answer(result: Result, shown: str, persons: tuple[Person, ...], issues: tuple[Issue, ...]) -> Result:
    evidence = tuple(_quote(shown, person, result) for person in persons)
    status = result.status if persons else Status.UNMATCHED
    return replace(result, status=status, evidence=evidence, issues=(*result.issues, *issues))


def _quote(shown: str, person: Person, result: Result) -> Evidence:
    start = max(shown.find(person.text), 0)
    rule = result.evidence[0].rule if result.evidence else ""
    return Evidence(start, start + len(person.text), person.text, rule, person.name)
