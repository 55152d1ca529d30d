"""The record itself, apart from the work: how it is called, when it was made and changed, and whether it was withdrawn."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from normalizers.folding import fold_key
from normalizers.records.desk import Desk
from normalizers.records.known import known
from normalizers.records.sections.base import Fields
from normalizers.records.sections.dates import read_dates, settle
from normalizers.results import Status

_DELETED = "deleted"


class AdministrationSection:
    """``record``: its identifier where it came from, when it was made and last changed, and ``deleted`` where it was withdrawn.

    A record is withdrawn where its status says so in the word of OAI-PMH; a withdrawn record may hold nothing else.
    """

    keys = reads = frozenset({"record_created", "record_modified", "record_identifier", "record_status"})
    repeats = False

    def build(self, fields: Fields, desk: Desk) -> dict[str, Any]:
        """Read what is said of the record."""
        identifier = self._identifier(fields, desk)
        roles = ("created", "modified")
        dates = {role: settle(read_dates(fields.valued(f"record_{role}"), desk), desk, f"/record/{role}") for role in roles}
        return known(record=known(identifier=identifier, **dates, deleted=self._deleted(fields, desk) or None))

    def _identifier(self, fields: Fields, desk: Desk) -> str | None:
        chosen: str | None = None
        for raw in fields.valued("record_identifier"):
            shown, result = desk.text(raw, "record_identifier")
            chosen = chosen or shown
            # Those of systems that it went through on its way are other names of the same record.
            desk.decide(raw, result, "/record/identifier" if shown == chosen else None)
        return chosen

    def _deleted(self, fields: Fields, desk: Desk) -> bool:
        is_deleted = False
        for raw in fields.valued("record_status"):
            _, result = desk.text(raw, "record_status")
            says_so = fold_key(raw.value or "") == _DELETED
            desk.decide(raw, result if says_so else replace(result, status=Status.UNMATCHED), "/record/deleted" if says_so else None)
            is_deleted = is_deleted or says_so
        if is_deleted:
            desk.remark("deleted", "the record was withdrawn where it came from", "/record/deleted")
        return is_deleted
