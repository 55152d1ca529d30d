"""A record in, the line of its clean record out, or the reason why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulk.json_text import as_line, dump_line, dump_pretty
from bulk.records import Item, Reject, reject
from normalizers import RecordSyntaxError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from normalizers import RecordAnswer, Registry


def answer_record(registry: Registry, item: Item, *, detect: bool = False) -> RecordAnswer | Reject:
    """Normalize one record; whatever is wrong with it, the answer says so and the next record is not touched."""
    if item.format in registry.encoded_formats:
        return _answer(registry, item, item.raw, detect=detect)
    try:
        text = item.raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = item.raw.count(b"\n", 0, fault.start)
        detail = f"byte {fault.start + 1} of the record, in its line {line + 1}, is 0x{item.raw[fault.start]:02x}"
        return reject(item, "Not UTF-8", detail)
    return _answer(registry, item, text, detect=detect)


def _answer(registry: Registry, item: Item, source: str | bytes, *, detect: bool) -> RecordAnswer | Reject:
    try:
        return registry.answer_record(source, format=item.format, detect=detect)
    except RecordSyntaxError as fault:
        return reject(item, "Malformed record", fault.detail, fault.pointer)
    except Exception as fault:  # noqa: BLE001 -- the last line of defence: a fault of ours in one record must not cost the others
        return reject(item, "Internal error", f"the record could not be normalized: {fault!r}")


def dump_answer(answer: RecordAnswer, *, pretty: bool) -> bytes:
    """Write an answer: on one line, or indented for a person."""
    return dump_record(answer.as_json(), pretty=True) if pretty else as_line(answer.written())


def dump_record(record: Mapping[str, Any], *, pretty: bool) -> bytes:
    """Write a clean record: on one line, or indented for a person."""
    return dump_pretty(record) if pretty else dump_line(record)
