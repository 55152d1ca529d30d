"""Takes values as names of persons. A name that is met again is read once, whatever record it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from normalizers.names import Person, PersonReader
from normalizers.records.known import known
from normalizers.records.texts import LONGEST_KEPT, TextTaker
from normalizers.results import Evidence, Issue, Result, Status

KEPT = 16_384
"""Names that are kept: an aggregator has some thousand authors who stand in several records."""

ORCID = "https://orcid.org/"


class Named(Struct, frozen=True):
    """The persons or organizations that a value names, as a clean record describes them, and the answer to the value."""

    people: tuple[Mapping[str, Any], ...]
    answer: Result


class NameTaker:
    """Takes names, and keeps what they were read as. Safe to share between threads."""

    def __init__(self, persons: PersonReader, texts: TextTaker) -> None:
        self._persons = persons
        self._texts = texts
        self._kept = lru_cache(maxsize=KEPT)(self._read)

    def read(self, value: str, rule: str, field: str, *, family_is_stated: bool) -> Named:
        """Read a value of a field as names. Where the family name is stated beside it, the order of the name is no question."""
        read = self._kept if len(value) <= LONGEST_KEPT else self._read
        return read(value, rule, field, family_is_stated)

    def _read(self, value: str, rule: str, field: str, family_is_stated: bool) -> Named:  # noqa: FBT001 - the key of a cache
        shown, result = self._texts.take(value, rule, field)
        persons = self._persons.read_persons(shown)
        issues = tuple(issue for person in persons for issue in person.issues)
        if family_is_stated:
            issues = tuple(issue for issue in issues if issue.code != "name_order_unknown")
        return Named(tuple(map(_described, persons)), _answer(result, shown, persons, issues))


def _described(person: Person) -> dict[str, Any]:
    affiliations = [person.affiliation] if person.affiliation else []
    orcid = f"{ORCID}{person.orcid}" if person.orcid else None
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
