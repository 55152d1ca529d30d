"""Which values of a clean record stand for a concept, and whether a reader confirms them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from normalizers.records.desk import Desk
from normalizers.records.model import RawField
from normalizers.results import Evidence, Issue, Method, Result, Status, as_json

Path = tuple[str | int, ...]

_PATTERNS: Mapping[tuple[str, ...], str] = MappingProxyType(
    {
        ("languages", "*"): "language",
        ("title_language",): "language",
        ("*", "*", "language"): "language",
        ("dates", "*"): "date",
        ("dates", "other", "*"): "date",
        ("record", "created"): "date",
        ("record", "modified"): "date",
        ("published_in", "date"): "date",
        ("rights", "embargo_end"): "date",
        ("resource_types", "*", "uri"): "resource_type",
        ("version", "uri"): "version",
        ("peer_review", "uri"): "peer_review",
        ("rights", "access", "uri"): "access_right",
        ("rights", "statement", "uri"): "rights_statement",
        ("rights", "license", "family"): "license",
        ("identifiers", "*", "value"): "identifier",
        ("person_identifiers", "*", "value"): "identifier",
        ("published_in", "issn", "*"): "issn",
        ("published_in", "isbn", "*"): "isbn",
        ("published_in", "doi", "*"): "doi",
        ("creators", "*", "orcid"): "orcid",
        ("contributors", "*", "orcid"): "orcid",
    }
)
_SCHEMES = frozenset({"issn", "isbn", "doi", "orcid"})


def field_of(path: Path) -> str:
    """Tell as which field a value of a clean record is read; those that stand for themselves are ``text``."""
    for pattern, field in _PATTERNS.items():
        if len(pattern) == len(path) and all(name in {"*", str(there)} for name, there in zip(pattern, path, strict=True)):
            return field
    return "text"


def confirm(path: Path, value: Any, content: Mapping[str, Any], desk: Desk, raw: RawField) -> tuple[Result, bool]:
    """Read a value again and tell whether it is read as itself; a text is, whatever it says."""
    field = field_of(path)
    if field == "text":
        return _carried(value, raw), True
    if field in {"identifier", *_SCHEMES}:
        unit = content[str(path[0])][path[1]] if field == "identifier" else {}
        result = desk.ask_identifier(str(value), str(unit.get("scheme", field)))
        return result, str(value) in {*_values(result), *_uris(result)}
    if field == "license":
        return _confirm_license(content["rights"]["license"], desk)
    result = desk.ask(field, str(value))
    if field == "language" and any(candidate.identifier == value for candidate in result.candidates):
        result = _as_tag(result, str(value))
    return result, result.status is Status.MATCHED and result.identifiers == (value,)


def _as_tag(result: Result, value: str) -> Result:
    """Settle a language tag that is also spelt like a name: in a clean record there are no names."""
    evidence = (Evidence(0, len(value), value, "code", value),)
    return replace(result, status=Status.MATCHED, identifiers=(value,), method=Method.CODE, candidates=(), issues=(), evidence=evidence)


def _confirm_license(license_: Mapping[str, Any], desk: Desk) -> tuple[Result, bool]:
    """Read a licence again by whichever of its names gives all of it back; an address may stand for several SPDX licences."""
    names = [str(license_[name]) for name in ("uri", "spdx", "family") if license_[name]]
    results = [desk.ask("license", name) for name in names]
    same = next((result for result in results if as_json(result.license) == license_), None)
    return same or results[-1], same is not None


def _carried(value: Any, raw: RawField) -> Result:
    if value is None:
        return Result("text", "", Status.UNMATCHED, issues=(Issue("null", "nothing is stated here"),))
    text = str(value)
    return Result("text", text, Status.MATCHED, evidence=(Evidence(0, len(text), text, raw.rule, raw.name),))


def _values(result: Result) -> list[str]:
    return [str(member["value"]) for member in _members(result)]


def _uris(result: Result) -> list[str]:
    return [str(member["uri"]) for member in _members(result) if member.get("uri")]


def _members(result: Result) -> tuple[Mapping[str, Any], ...]:
    if result.status is not Status.MATCHED:
        return ()
    return tuple(result.details.get("identifiers") or (result.details,))
