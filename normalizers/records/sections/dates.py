"""Dates of the work by their role, all as EDTF."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from normalizers.records.desk import Desk
from normalizers.records.known import known
from normalizers.records.model import RawField
from normalizers.records.sections.base import Fields, put, said
from normalizers.results import Result

_ROLES = ("issued", "created", "submitted", "accepted", "available", "modified", "copyrighted", "deposited")
_KEYS = MappingProxyType({role: f"date_{role}" for role in _ROLES})
_WITHOUT_ROLE = "date"

Dated = tuple[RawField, Result, str | None]
"""A value, its answer, and the date that the answer gives."""


def read_dates(raws: list[RawField], desk: Desk) -> list[Dated]:
    """Read values as dates."""
    read = [(raw, desk.ask("date", raw.value or "")) for raw in raws]
    return [(raw, result, said(result)) for raw, result in read]


def settle(read: list[Dated], desk: Desk, pointer: str) -> str | None:
    """Give the date that the values agree on; one that only says less than another ("2012", "2012-12") agrees with it."""
    if not read:
        return None
    found = sorted({date for _, _, date in read if date}, key=lambda date: (len(date), date))
    longest = found[-1] if found else None
    agree = longest is not None and all(_says_less(date, longest) for date in found)
    for raw, result, date in read:
        desk.decide(raw, result, pointer if agree and date else None)
    if found and not agree:
        desk.remark("contradiction", f"the record states dates that differ: {', '.join(found)}", pointer)
    return longest if agree else None


def _says_less(date: str, other: str) -> bool:
    return date == other or (other.startswith(f"{date}-") and "/" not in other)


class DateSection:
    """``dates``: by role; a single date without a role is taken for the date of issue, and that is said."""

    keys = reads = frozenset({_WITHOUT_ROLE, *_KEYS.values()})
    repeats = True

    def build(self, fields: Fields, desk: Desk) -> dict[str, Any]:
        """Read the dates of each role."""
        dates: dict[str, Any] = dict.fromkeys(_ROLES)
        for role, key in _KEYS.items():
            if fields.has(key):
                dates[role] = settle(read_dates(fields.valued(key), desk), desk, f"/dates/{role}")
        if fields.has(_WITHOUT_ROLE):
            without_role = read_dates(fields.valued(_WITHOUT_ROLE), desk)
            dates |= self._without_role(without_role, desk, dates.get("issued"), is_open=not fields.has("date_issued"))
        return known(dates=known(**dates))

    def _without_role(self, read: list[Dated], desk: Desk, issued: str | None, *, is_open: bool) -> dict[str, Any]:
        """Place the dates without a role; ``is_open`` tells that the record has no value for the date of issue at all."""
        if is_open and len({date for _, _, date in read if date}) == 1:
            desk.remark("role_assumed", "the only date of the record has no role; it is taken for the date of issue", "/dates/issued")
            return {"issued": settle(read, desk, "/dates/issued")}
        others: list[str] = []
        for raw, result, date in read:
            if date and issued and _says_less(date, issued):
                desk.decide(raw, result, "/dates/issued")
            else:
                desk.decide(raw, result, f"/dates/other/{put(others, date)}" if date else None)
        return {"other": others}
