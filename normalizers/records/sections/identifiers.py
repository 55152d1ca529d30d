"""Identifiers of the work, and those of persons that stand by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from normalizers.records.desk import Desk
from normalizers.records.known import known
from normalizers.records.model import RawField
from normalizers.records.sections.base import Fields, put
from normalizers.results import Issue, Result, Status

_OF_WORKS = ("doi", "handle", "isbn", "pmid", "pmcid", "arxiv", "urn", "identifier", "uri")
_SCHEME_PARTS = ("identifier_scheme", "resource_type", "format")


class IdentifierSection:
    """``identifiers``: scheme, value and address of each; what fails its check stays out and is reported."""

    keys = reads = frozenset({*_OF_WORKS, "orcid"})
    repeats = False

    def build(self, fields: Fields, desk: Desk) -> dict[str, Any]:
        """Read the identifiers; the same one under two names is one."""
        works: list[dict[str, Any]] = []
        persons: list[dict[str, Any]] = []
        for raw in fields.valued(*_OF_WORKS):
            _read(raw, desk, works, "/identifiers")
        for raw in fields.valued("orcid"):
            _read(raw, desk, persons, "/person_identifiers")
        return known(identifiers=works, person_identifiers=persons)


def _read(raw: RawField, desk: Desk, into: list[dict[str, Any]], pointer: str) -> None:
    stated = raw.part(*_SCHEME_PARTS) if raw.parts else None
    scheme = stated.value or "" if stated else raw.key or ""
    result = desk.ask_identifier(raw.value or "", scheme)
    places = [put(into, item) for item in described(result)]
    place = f"{pointer}/{places[0]}" if len(places) == 1 else pointer
    desk.decide(raw, result, place if places else None)
    if stated and places:
        text, answer = desk.text(stated, "identifier_scheme")
        note = Issue("scheme_stated", f"{text} tells the scheme of the identifier beside it")
        desk.decide(stated, answer.with_issues(note), place)


def described(result: Result) -> Iterator[dict[str, Any]]:
    """Yield scheme, value and address of each identifier that an answer gives."""
    if result.status is not Status.MATCHED:
        return
    members = result.details.get("identifiers") or (result.details,)
    for member in members:
        yield {"scheme": member["scheme"], "value": member["value"], **known(uri=member.get("uri"))}
