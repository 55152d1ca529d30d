"""JSON that comes in: parsed fast, and with a fault that says where."""

from __future__ import annotations

import json
from typing import Any

import orjson

from normalizers.results import dump_json

_LINE_ENDS = tuple((character.encode(), f"\\u{ord(character):04x}".encode()) for character in "\x85\u2028\u2029")


class JSONFaultError(Exception):
    """A text is not JSON; the message says why and where."""


def parse_json(raw: bytes) -> Any:
    r"""Parse one JSON text.

    An escape of half a surrogate pair (``\\ud83d`` alone), which JSON's grammar allows and no text can hold, is read as
    U+FFFD; a whole number of more than 64 bits becomes a float.

    Raises:
        JSONFaultError: It is not JSON, or not UTF-8, or nested too deeply.
    """
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as fault:
        detail = _detail(raw, fault)
    if b"\\ud" in raw.lower():
        try:
            return _mended(json.loads(raw))
        except (ValueError, RecursionError):
            pass
    raise JSONFaultError(detail)


def dump_line(content: object) -> bytes:
    """Write JSON as one line, with its end; whole numbers of any size are kept."""
    return as_line(dump_json(content))


def dump_pretty(content: object) -> bytes:
    """Write JSON indented, for a person; whole numbers of any size are kept."""
    try:
        return orjson.dumps(content, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_INDENT_2)
    except TypeError:
        return json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"


def as_line(written: bytes) -> bytes:
    """Give JSON that was written already as a line, with its end.

    The characters that some programs take for the end of a line, though NDJSON does not, are written as escapes.
    """
    line = written + b"\n"
    # One byte is found many times sooner than several, and these open no letters of European languages.
    if b"\x85" in line or b"\xe2" in line:
        for raw, escape in _LINE_ENDS:
            line = line.replace(raw, escape)
    return line


def _detail(raw: bytes, fault: json.JSONDecodeError) -> str:
    try:
        raw.decode()
    except UnicodeDecodeError as broken:
        return f"not UTF-8: byte {broken.start + 1} is 0x{raw[broken.start]:02x}"
    return (
        f"not JSON: {fault.msg}, at line {fault.lineno} column {fault.colno}"
        if fault.lineno > 1
        else f"not JSON: {fault.msg}, at column {fault.colno}"
    )


def _mended(content: Any) -> Any:
    if isinstance(content, str):
        return content.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(content, list):
        return [_mended(member) for member in content]
    if isinstance(content, dict):
        return {_mended(key): _mended(member) for key, member in content.items()}
    return content
