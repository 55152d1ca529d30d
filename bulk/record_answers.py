"""A record in, the line of its clean record out, or the reason why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from bulk.json_text import dump_line
from bulk.records import Item, Reject, reject
from normalizers import RecordSyntaxError

if TYPE_CHECKING:
    from typing import Any

    from normalizers import Registry


def answer_record(registry: Registry, item: Item, *, detect: bool = False) -> dict[str, Any] | Reject:
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


def _answer(registry: Registry, item: Item, source: str | bytes, *, detect: bool) -> dict[str, Any] | Reject:
    try:
        return registry.normalize_record(source, format=item.format, detect=detect)
    except RecordSyntaxError as fault:
        return reject(item, "Malformed record", fault.detail, fault.pointer)
    except Exception as fault:  # noqa: BLE001 -- the last line of defence: a fault of ours in one record must not cost the others
        return reject(item, "Internal error", f"the record could not be normalized: {fault!r}")


def dump_record(answer: dict[str, Any], *, pretty: bool) -> bytes:
    """Write an answer: on one line, or indented for a person."""
    return orjson.dumps(answer, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_INDENT_2) if pretty else dump_line(answer)
