"""Persons and organizations that made the work, with what is said beside their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from normalizers.folding import fold_key
from normalizers.records.characters import has_text
from normalizers.records.desk import Desk
from normalizers.records.known import known
from normalizers.records.model import RawField
from normalizers.records.persons import ORCID
from normalizers.records.sections.base import Fields
from normalizers.records.sections.identifiers import described

_ROLES = ("contributor", "editor", "advisor", "translator")
# The codes by which schemas (DataCite, MODS, JPCOAR) say that a name is not a person's.
_ORGANIZATIONS = frozenset({"organizational", "organization", "organisation", "corporate", "conference", "consortium"})
_PERSONS = frozenset({"personal", "person", "family"})


class PeopleSection:
    """``creators`` and ``contributors``, in the order of the record; contributors carry their role."""

    keys = reads = frozenset({"creator", *_ROLES, "family_name", "given_name"})
    repeats = False

    def build(self, fields: Fields, desk: Desk) -> dict[str, Any]:
        """Read the names. A family or given name that belongs to no person of the record is left."""
        creators: list[Mapping[str, Any]] = []
        contributors: list[dict[str, Any]] = []
        for raw in fields.all("creator"):
            creators.extend(_people(raw, desk, f"/creators/{len(creators)}"))
        for role in _ROLES:
            for raw in fields.all(role):
                people = list(_people(raw, desk, f"/contributors/{len(contributors)}"))
                contributors.extend({"role": role, **person} for person in people)
        return known(creators=creators, contributors=contributors)


def _people(raw: RawField, desk: Desk, pointer: str) -> Iterator[Mapping[str, Any]]:
    """Read the persons of one value; only a value that names a single one can have parts."""
    parts = _Parts(raw, desk, pointer) if raw.parts else None
    if not has_text(raw.value):
        if parts and (parts.family or parts.given):
            yield parts.person({"name": ", ".join(filter(None, (parts.family, parts.given))), "kind": "person"})
        return
    named = desk.readers.names.read(raw.value or "", raw.rule, raw.key or "", family_is_stated=bool(parts and parts.family))
    is_one = len(named.people) == 1
    desk.decide(raw, named.answer, pointer if is_one else pointer.rpartition("/")[0])
    yield from map(parts.person, named.people) if parts and is_one else named.people


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

    def person(self, read: Mapping[str, Any]) -> Mapping[str, Any]:
        """Describe a person by the name that was read and by the parts, which count more."""
        halves = known(family=self.family, given=self.given)
        affiliations = [*read.get("affiliations", ()), *self.affiliations]
        stated = known(affiliations=list(dict.fromkeys(affiliations)), orcid=self.orcid, role=self.role, kind=self.kind)
        return {**read, **halves, **stated}

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
                    return str(found[0].get("uri") or f"{ORCID}{found[0]['value']}")
        return None
