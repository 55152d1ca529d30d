"""Bodies are parsed strictly: nothing is replaced, guessed or dropped, and a refusal says where."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.documents import parse_json, parse_text
from service.limits import Limits, check_page, pointer_to, walk
from service.problems import MOST_FAULTS, ProblemError, members

LIMITS = Limits(depth=8, texts=100, characters=50)


def refusal(body: bytes, limits: Limits = LIMITS) -> tuple[int, list[tuple[str, str]]]:
    with pytest.raises(ProblemError) as problem:
        parse_json(body, limits)
    return problem.value.kind.status, [(fault.pointer, fault.detail) for fault in problem.value.faults]


@pytest.mark.parametrize("body", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xef\xbb\xbf  "])
def test_an_empty_body_is_malformed(body: bytes) -> None:
    assert refusal(body) == (400, [("", "The body is empty.")])


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert parse_json(b'\xef\xbb\xbf{"a": 1}', LIMITS) == {"a": 1}
    assert parse_text(b"\xef\xbb\xbfDret") == "Dret"


@pytest.mark.parametrize("body", [b'{"a": "Versi\xf3"}', b"\xff\xfe{\x00}\x00", b'{"a": "\xed\xa0\x80"}'])
def test_what_is_not_utf_8_is_malformed(body: bytes) -> None:
    status, ((pointer, detail),) = refusal(body)
    assert (status, pointer) == (400, "")
    assert "not UTF-8: byte" in detail


def test_the_line_that_is_not_utf_8_is_named() -> None:
    with pytest.raises(ProblemError, match="byte 11, on line 2"):
        parse_text(b"Title: x\nVe\xf3")


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (b'{"a": 1', "line 1"),
        (b'{"a":\n tru}', "line 2"),
        (b"{'a': 1}", "line 1, column 2"),
        (b'{"a": "x\ty"}', "line 1, column"),
        (b'{"a": "\\ud800"}', "line 1, column"),
        (b"[NaN]", "line 1, column 2"),
        (b"[1e999]", "line 1, column 2"),
        (b"[1] [2]", "line 1, column 5"),
    ],
)
def test_what_is_not_json_is_malformed_at_a_place(body: bytes, place: str) -> None:
    status, ((pointer, detail),) = refusal(body)
    assert (status, pointer) == (400, "")
    assert place in detail


def test_nesting_is_refused_at_the_level_where_it_goes_too_deep() -> None:
    assert parse_json(b"[" * 8 + b"]" * 8, LIMITS)
    status, ((pointer, _),) = refusal(b'{"a": ' + b"[" * 8 + b"]" * 8 + b"}")
    assert (status, pointer) == (400, "/a" + "/0" * 7)


@pytest.mark.parametrize("depth", [1_000, 1_100, 100_000, 5_000_000])
def test_nesting_exhausts_no_stack(depth: int) -> None:
    assert refusal(b"[" * depth + b"]" * depth)[0] == 400
    assert refusal(b'{"a":' * depth + b"1" + b"}" * depth)[0] == 400


def test_a_text_that_is_too_long_is_pointed_at() -> None:
    assert parse_json(json.dumps({"a": "x" * 50}).encode(), LIMITS)
    found = refusal(json.dumps({"a/b": ["x", "y" * 51], "c": "z" * 1000}).encode())
    assert found == (
        422,
        [
            ("/a~1b/1", "The text has 51 characters; at most 50 are read in one text."),
            ("/c", "The text has 1,000 characters; at most 50 are read in one text."),
        ],
    )


def test_a_key_is_a_text_too() -> None:
    assert refusal(json.dumps({"a": {"k" * 51: 1}}).encode())[1][0][0] == "/a"


def test_texts_are_counted() -> None:
    assert parse_json(json.dumps(["x"] * 100).encode(), LIMITS)
    assert refusal(json.dumps(["x"] * 101).encode()) == (422, [("", "There are 101 texts; at most 100 are read in one document.")])


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (b'{"rights": "CC0", "rights": "In copyright"}', "/rights"),
        (b'{"a": [{}, {"x": 1, "\\u0078": 2}]}', "/a/1/x"),
        (b'{"a": {"b": 1, "b": 2}, "a": 3}', "/a"),
        (b'{"u": "http://a/b:c", "v": {"": 1, "": 2}}', "/v/"),
    ],
)
def test_a_key_that_occurs_twice_is_refused(body: bytes, pointer: str) -> None:
    assert refusal(body) == (400, [(pointer, "The key occurs twice.")])


def test_colons_in_texts_are_no_keys() -> None:
    document = {"u": "http://example.org/a:b", "v": ['":"', {"w:": ":"}]}
    assert parse_json(json.dumps(document).encode(), LIMITS) == document


def test_a_document_of_faults_gets_an_answer_of_bounded_size() -> None:
    with pytest.raises(ProblemError) as problem:
        parse_json(json.dumps(["x" * 51] * 90).encode(), LIMITS)
    assert len(problem.value.faults) == 90
    assert len(members(problem.value, "1")["errors"]) == MOST_FAULTS


def test_lines_of_a_page_are_held_to_their_limits() -> None:
    check_page("x" * 50 + "\n" + "y" * 50, LIMITS)
    with pytest.raises(ProblemError) as problem:
        check_page("a\n" + "x" * 51 + "\nb\n" + "y" * 60, LIMITS)
    assert [fault.detail.split(" has")[0] for fault in problem.value.faults] == ["Line 2", "Line 4"]
    with pytest.raises(ProblemError, match="1 fault"):
        check_page("a\n" * 101, LIMITS)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=6), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(JSON)
def test_what_json_can_say_is_read_as_it_is(document: Any) -> None:
    assert parse_json(json.dumps(document).encode(), Limits(depth=40, texts=1000, characters=1000)) == document


@given(st.binary(max_size=200))
def test_no_bytes_make_the_parser_raise_anything_else(body: bytes) -> None:
    refused: ProblemError | None = None
    try:
        parse_json(body, LIMITS)
    except ProblemError as problem:
        refused = problem
    assert refused is None or (refused.kind.status in {400, 422} and refused.faults)


@given(JSON)
def test_every_pointer_leads_to_its_value(document: Any) -> None:
    for path, value in walk(document):
        found = document
        for step in pointer_to(path).split("/")[1:]:
            name = step.replace("~1", "/").replace("~0", "~")
            found = found[int(name)] if isinstance(found, list) else found[name]
        assert found is value
