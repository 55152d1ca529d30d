"""Combines what several values of one record say of the licence: one licence only if all agree, never the freer one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from normalizers.results import License, Permissions, Result, Status


class LicenseVerdict(Struct, frozen=True):
    """The licence of the record, or why there is none; ``issues`` are the codes of what stayed in doubt about it."""

    license: License | None = None
    permissions: Permissions | None = None
    issues: tuple[str, ...] = ()
    contradiction: str = ""


def combine_licenses(results: Sequence[Result]) -> LicenseVerdict:
    """Combine the answers to all rights values of a record.

    A value that says more of the same licence (a version, a port) completes one that says less. A value that states terms
    without a licence, or another licence, contradicts; one that speaks of access alone does not. One that was not understood may
    say anything: the licence stands, with the issue ``other_statement_unread``.
    """
    matched = [result for result in results if result.status is Status.MATCHED and result.license]
    if not matched:
        stated = [permissions for result in results if isinstance(permissions := result.details.get("permissions"), Permissions)]
        codes = _codes(results)
        return LicenseVerdict(permissions=stated[0] if len(stated) == 1 else None, issues=codes)
    fullest = max(matched, key=lambda result: _fullness(result.license))
    rivals = [result for result in results if not _agrees(result, fullest)]
    if rivals:
        detail = f"{len(rivals)} of {len(results)} values do not agree with {', '.join(fullest.identifiers)}; no licence was chosen"
        return LicenseVerdict(issues=("contradiction",), contradiction=detail)
    unread = ("other_statement_unread",) if any(result.status is Status.UNMATCHED for result in results) else ()
    return LicenseVerdict(fullest.license, issues=(*_codes([fullest]), *unread))


def one_answer(answers: Sequence[Mapping[str, Any]]) -> tuple[dict[str, Any] | None, list[str]]:
    """Give the concept that all matched answers name, or, where they differ, all that they name."""
    matched = [answer for answer in answers if answer["status"] == Status.MATCHED and answer["identifiers"]]
    found = list(dict.fromkeys(answer["identifiers"][0] for answer in matched))
    if len(found) != 1:
        return None, found
    label = next((answer["details"]["label"] for answer in matched if "label" in answer.get("details", {})), None)
    return {"uri": found[0], **({"label": label} if label else {})}, []


def _agrees(result: Result, fullest: Result) -> bool:
    if result.status is Status.UNMATCHED or fullest.license is None:
        return True
    if result.status is Status.MATCHED and result.license:
        return _is_less_of(result.license, fullest.license)
    if result.status is Status.AMBIGUOUS:
        names_nothing = not result.candidates and {issue.code for issue in result.issues} == {"license_incomplete"}
        return names_nothing or any(
            candidate.identifier in {fullest.license.family, *fullest.identifiers} for candidate in result.candidates
        )
    return not ({"permissions", "rights_statement"} & result.details.keys())


def _is_less_of(license_: License, other: License) -> bool:
    if license_.family != other.family:
        return False
    return license_.version in {None, other.version} and license_.jurisdiction in {None, other.jurisdiction}


def _fullness(license_: License | None) -> tuple[bool, bool]:
    return (False, False) if license_ is None else (license_.version is not None, license_.jurisdiction is not None)


def _codes(results: Sequence[Result]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(issue.code for result in results for issue in result.issues))
