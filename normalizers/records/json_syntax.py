"""JSON as text: parsed without losing a key that stands twice, and refused with the place where it breaks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from normalizers.errors import RecordSyntaxError
from normalizers.records.characters import without_surrogates
from normalizers.records.model import Place, Remark
from normalizers.results import Issue

_EXACT = frozenset({int, bool, type(None)})
"""Types of values that both parsers read alike."""

DEEPEST = 64
"""Levels of objects and lists. Records of the wild have fewer than twenty; deeper ones are made to break readers."""


class Repeated(list[Any]):
    """The values of a key that stood several times in one object."""


def load_object(source: Any) -> tuple[Mapping[str, Any], list[Remark]]:
    """Give the object that JSON text holds, or that was parsed already, with remarks on what was odd in it.

    Raises RecordSyntaxError where it is no object, or nested too deep. Halves of characters are mended here, once for all.
    """
    plain = _plain(source)
    if plain is not None:
        return plain, []
    content = parse_json(source) if isinstance(source, (str, bytes)) else source
    if not isinstance(content, Mapping):
        raise RecordSyntaxError(f"a record must be a JSON object, not {_kind(content)}")
    remarks = _inspect(content)
    return (_mended(content) if any(remark.issue.code == "repaired" for remark in remarks) else content), remarks


def parse_json(text: str | bytes) -> Any:
    """Parse JSON; raises RecordSyntaxError. A key that stands twice holds a ``Repeated`` list of its values."""
    try:
        return json.loads(text, object_pairs_hook=_members)
    except json.JSONDecodeError as error:
        raise RecordSyntaxError(f"not valid JSON: {error.msg} (line {error.lineno}, column {error.colno})") from None
    except UnicodeDecodeError as error:
        raise RecordSyntaxError(f"not UTF-8: {error.reason} at byte {error.start}") from None
    except RecursionError:
        raise RecordSyntaxError(f"nested deeper than {DEEPEST} levels") from None
    except ValueError as error:
        raise RecordSyntaxError(f"not valid JSON: {error}") from None


def _plain(source: Any) -> Mapping[str, Any] | None:
    """Give an object in which nothing is odd, which is nearly every one; else nothing."""
    if isinstance(source, (str, bytes)):
        return _parse_plain(source)
    is_plain = type(source) is dict and _count_keys(source, texts_are_whole=False) is not None
    return source if is_plain else None


def _parse_plain(text: str | bytes) -> dict[str, Any] | None:
    """Parse an object of JSON with the faster parser where both parsers read the same, which is nearly everywhere; else give nothing.

    The faster one keeps the last of two equal keys, and rounds whole numbers of more than 64 bits to floats. What it refuses, the
    other one may take, or says better why not.
    """
    try:
        content = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    if type(content) is not dict:
        return None
    keys = _count_keys(content, texts_are_whole=True)
    return None if keys is None or may_repeat_keys(text, keys) else content


def _count_keys(content: Any, *, texts_are_whole: bool) -> int | None:
    """Count the keys of what was parsed; None where there is anything in it that is to be looked at more closely.

    That is a float, which may stand for a whole number; half a character, unless there can be none; what lies deeper than ``DEEPEST``,
    and what is no JSON type.
    """
    keys = depth = 0
    level = [content]
    while level:
        depth += 1
        below: list[Any] = []
        for node in level:
            if type(node) is dict:
                keys += len(node)
                if not texts_are_whole and not all(map(_is_whole, node)):
                    return None
            if not _look_at(node.values() if type(node) is dict else node, below, texts_are_whole=texts_are_whole):
                return None
        if below and depth >= DEEPEST:
            return None
        level = below
    return keys


def _look_at(members: Iterable[Any], below: list[Any], *, texts_are_whole: bool) -> bool:
    """Put what holds others to what is looked at next; tell whether there is nothing odd about the rest."""
    for member in members:
        kind = type(member)
        if kind is str:
            if not (texts_are_whole or member.isascii() or _is_whole(member)):
                return False
        elif kind is dict or kind is list:
            below.append(member)
        elif kind not in _EXACT:
            return False
    return True


def _is_whole(text: Any) -> bool:
    """Tell whether something is a text without half a character, which could not be written."""
    if type(text) is not str:
        return False
    try:
        return text.isascii() or bool(text.encode())
    except UnicodeEncodeError:
        return False


def may_repeat_keys(text: str | bytes, keys: int) -> bool:
    """Tell whether JSON text may hold a key twice, of which a parser kept ``keys``.

    Each key ends with a quotation mark and its colon, so that no key can have been dropped where there are no more of these than keys.
    What looks like one within a value makes the answer yes, and costs no more than a closer look.
    """
    if isinstance(text, bytes):
        return text.count(b'":') != keys or _SPACED_BYTES.search(text) is not None
    return text.count('":') != keys or _SPACED.search(text) is not None


_SPACED = re.compile(r'"[ \t\r\n]+:')
_SPACED_BYTES = re.compile(rb'"[ \t\r\n]+:')


def step(pointer: str, name: str | int) -> str:
    """Go one step down a JSON pointer (RFC 6901).

    >>> step("/dc", "a/b")
    '/dc/a~1b'
    """
    return f"{pointer}/{str(name).replace('~', '~0').replace('/', '~1')}"


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    merged: dict[str, list[Any]] = {}
    for name, value in pairs:
        merged.setdefault(name, Repeated()).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in merged.items()}


def _inspect(content: Mapping[str, Any]) -> list[Remark]:
    """Walk through all of it: refuse what is too deep, and remark on repeated keys and on halves of characters."""
    remarks: list[Remark] = []
    waiting: list[tuple[Any, str, int]] = [(content, "", 1)]
    while waiting:
        value, pointer, depth = waiting.pop()
        if isinstance(value, str):
            remarks.extend(without_surrogates(value, Place(pointer))[1])
        elif isinstance(value, (dict, list, Mapping)):
            if depth > DEEPEST:
                raise RecordSyntaxError(f"nested deeper than {DEEPEST} levels", pointer)
            if isinstance(value, Repeated):
                issue = Issue("repeated_key", "the same key stands several times in one object; all its values were kept")
                remarks.append(Remark(issue, Place(pointer)))
            remarks.extend(remark for name in _keys(value) for remark in without_surrogates(name, Place(pointer))[1])
            members = list(value.items() if isinstance(value, Mapping) else enumerate(value))
            waiting.extend(
                (member, step(pointer, without_surrogates(str(name), Place())[0]), depth + 1)
                for name, member in reversed(members)
                if not (isinstance(member, str) and member.isascii())  # most members: nothing is to be said of them
            )
    return remarks


def _keys(value: Any) -> list[str]:
    return [str(name) for name in value] if isinstance(value, Mapping) else []


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return without_surrogates(value, Place())[0]
    if isinstance(value, list):
        return [_mended(member) for member in value]
    if isinstance(value, Mapping):
        return {_mended(str(name)): _mended(member) for name, member in value.items()}
    return value


def _kind(value: Any) -> str:
    kinds = {list: "a list", str: "a string", bool: "true or false", int: "a number", float: "a number", type(None): "null"}
    return kinds.get(type(value), type(value).__name__)
