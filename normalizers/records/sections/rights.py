"""Rights: licence, access, statement and embargo, from all values of the record that speak of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from normalizers.records.characters import has_text
from normalizers.records.desk import Desk
from normalizers.records.known import known
from normalizers.records.model import RawField
from normalizers.records.sections.base import Fields, put, said
from normalizers.records.sections.dates import Dated, read_dates, settle
from normalizers.records.sections.rights_verdict import combine_licenses, one_answer
from normalizers.results import Result, Status, as_json

_BESIDE = (("access_right", "access"), ("rights_statement", "statement"), ("embargo", "embargo_end"))
_FLAGS = frozenset({"true", "false"})
_FIELDS_BESIDE = frozenset(field for field, _ in _BESIDE)


class RightsValue(Struct, frozen=True):
    """A value about rights: what came in, its answer, and the text as it is shown."""

    raw: RawField
    result: Result
    shown: str

    def license_answer(self) -> Result:
        """Give the answer for the licence alone."""
        details = {name: it for name, it in self.result.details.items() if name not in _FIELDS_BESIDE}
        return replace(self.result, field="license", details=details)

    def beside(self, field: str) -> Mapping[str, Any] | None:
        """Give the answer of another rights field to the same text, as JSON types."""
        found = self.result.details.get(field)
        return found if isinstance(found, Mapping) else None


class RightsSection:
    """``rights``: the licence on which all values agree, who may read, what is stated beside, and the statements themselves."""

    keys = reads = frozenset({"rights", "access_right", "date_embargo_end"})
    repeats = True

    def build(self, fields: Fields, desk: Desk) -> dict[str, Any]:
        """Read the values and combine them; a contradiction leaves the licence open."""
        values = list(_values(fields, desk))
        verdict = combine_licenses([value.result for value in values])
        if verdict.contradiction:
            desk.remark("contradiction", verdict.contradiction, "/rights/license")
        statements = [value.shown for value in values]
        for index, value in enumerate(values):
            settled = verdict.license is not None and value.result.status is Status.MATCHED
            desk.decide(value.raw, value.license_answer(), "/rights/license" if settled else f"/rights/statements/{index}")
        members = {
            "license": as_json(verdict.license),
            "access": self._access(fields, values, desk),
            "statement": self._statement(values, desk),
            "embargo_end": self._embargo(fields, values, desk),
            "permissions": as_json(verdict.permissions),
            "issues": list(verdict.issues),
            "statements": statements,
            "readings": [_reading(value) for value in values] if len(values) > 1 else [],
        }
        _decide_beside(values, members, desk)
        return known(rights=known(**members))

    def _access(self, fields: Fields, values: list[RightsValue], desk: Desk) -> dict[str, Any] | None:
        read = [(raw, _ask_access(raw, desk)) for raw in fields.valued("access_right")]
        answers = [as_json(result) for _, result in read] + [beside for value in values if (beside := value.beside("access_right"))]
        chosen, several = one_answer(answers)
        for raw, result in read:
            desk.decide(raw, result, "/rights/access" if chosen and result.status is Status.MATCHED else None)
        if several:
            desk.remark("contradiction", f"the record states access rights that differ: {', '.join(several)}", "/rights/access")
        return chosen

    def _statement(self, values: list[RightsValue], desk: Desk) -> dict[str, Any] | None:
        chosen, several = one_answer([beside for value in values if (beside := value.beside("rights_statement"))])
        if several:
            desk.remark("contradiction", f"the record makes statements that differ: {', '.join(several)}", "/rights/statement")
        return chosen

    def _embargo(self, fields: Fields, values: list[RightsValue], desk: Desk) -> str | None:
        stated = settle(_read_ends(fields, desk), desk, "/rights/embargo_end")
        found: list[str] = [stated] if stated else []
        for value in values:
            for identifier in (value.beside("embargo") or {}).get("identifiers", ()):
                put(found, identifier)
        if len(found) > 1:
            desk.remark("contradiction", f"the record states ends of an embargo that differ: {', '.join(found)}", "/rights/embargo_end")
        return found[0] if len(found) == 1 else None


def _ask_access(raw: RawField, desk: Desk) -> Result:
    """Read a value for access; true or false answers what its name asks ("isOpenAccess")."""
    value = raw.value or ""
    if value not in _FLAGS:
        return desk.ask("access_right", value)
    result = desk.ask("access_right", f"{raw.name}: {value}")
    quoted = tuple(replace(item, start=0, end=len(value), text=value) for item in result.evidence)
    return replace(result, text=value, evidence=quoted, read_as=result.text)


def _read_ends(fields: Fields, desk: Desk) -> list[Dated]:
    """Read ends of an embargo: dates, or what says of a date that an embargo ends then."""
    dates = read_dates(fields.valued("date_embargo_end"), desk)
    stated = [(raw, desk.ask("embargo", raw.value or "")) if date is None else (raw, result) for raw, result, date in dates]
    return [(raw, result, said(result)) for raw, result in stated]


def _values(fields: Fields, desk: Desk) -> Iterator[RightsValue]:
    """Give the values about rights; an address beside one in the same object is a value of its own."""
    for raw in fields.all("rights"):
        for leaf in (raw, *(part for part in raw.parts if part.key in {"uri", "identifier"})):
            if has_text(leaf.value):
                yield RightsValue(leaf, desk.ask("rights", leaf.value or ""), desk.text(leaf, "rights")[0])


def _decide_beside(values: list[RightsValue], members: Mapping[str, Any], desk: Desk) -> None:
    """Note what the values say beside the licence, each as an answer of its own."""
    for value in values:
        for field, member in _BESIDE:
            if value.beside(field):
                result = desk.ask(field, value.raw.value or "")
                used = result.status is Status.MATCHED and members[member] is not None
                desk.decide(value.raw, result, f"/rights/{member}" if used else None)


def _reading(value: RightsValue) -> dict[str, Any]:
    license_ = value.result.license if value.result.status is Status.MATCHED else None
    return {"text": value.shown, "status": value.result.status.value, "license": as_json(license_)}
