"""JSON that comes in: parsed, or refused with a reason that says where."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulk.json_text import JSONFaultError, dump_line, parse_json

SCALARS = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3), max_leaves=10
)


@given(VALUES)
def test_what_is_written_is_read_back(content: object) -> None:
    line = dump_line(content)
    assert parse_json(line) == content
    assert line.decode().splitlines(keepends=True) == [line.decode()]


@pytest.mark.parametrize(
    ("raw", "content"),
    [
        (rb'{"text": "a\ud83db"}', {"text": "a\ufffdb"}),
        (rb'{"text": "\uDE00"}', {"text": "\ufffd"}),
        (rb'{"a\ud83d": ["\ud83d"]}', {"a\ufffd": ["\ufffd"]}),
        (rb'{"text": "\ud83d\ude00"}', {"text": "\U0001f600"}),
    ],
)
def test_half_a_surrogate_pair_is_replaced(raw: bytes, content: object) -> None:
    assert parse_json(raw) == content


@pytest.mark.parametrize(
    ("raw", "detail"),
    [
        (b'{"a": }', "at column 7"),
        (b'{"a":\n\n}', "at line 3 column 1"),
        (b"", "not JSON"),
        (b'"caf\xe9"', "not UTF-8: byte 5 is 0xe9"),
        (b"[" * 100_000, "not JSON"),
        (rb'{"text": "\ud83d"', "not JSON"),
        (b"NaN", "not JSON"),
    ],
)
def test_a_fault_says_what_and_where(raw: bytes, detail: str) -> None:
    with pytest.raises(JSONFaultError, match=detail):
        parse_json(raw)


def test_whole_numbers_of_any_size_can_be_written() -> None:
    assert json.loads(dump_line({"id": 10**40})) == {"id": 10**40}
