"""Formats: recognized by content, and split into records that stand for themselves."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulk.formats import FORMATS, read_records, recognize
from bulk.formats.json_records import _members, _Scan
from bulk.records import Item, Place, Reject

PAGE = b"Title of a page\nDate: 2012\n"
OBJECT = b'{\n  "title": "A",\n  "parts": [\n    {"n": 1}\n  ]\n}\n'
LIST = b'[\n  {"title": "A"},\n\n  {"title": "B"}\n]\n'
LINES = b'{"title": "A"}\n\n{"title": "B"}\n'


def blocks_of(content: bytes, length: int) -> list[bytes]:
    return [content[start : start + length] for start in range(0, len(content), length)]


def split(name: str, content: bytes, length: int = 7) -> list[Item | Reject]:
    return list(FORMATS[name]("in", blocks_of(content, length)))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PAGE, "text"),
        (OBJECT, "json"),
        (LIST, "json"),
        (b"[]", "json"),
        (b"[", "json"),
        (LINES, "ndjson"),
        (b'{"title": "A"}', "ndjson"),
        (b'{"broken": \n{"title": "B"}\n', "ndjson"),
        (b'{"broken"\n{"broken"\n{"title": "C"}', "ndjson"),
        (b'{"title": "' + b"x" * (2 << 20) + b'"}\n{}\n', "ndjson"),
        (b"\xef\xbb\xbf" + LINES, "ndjson"),
        (b"\xef\xbb\xbf" + PAGE, "text"),
        (b"\n\n  " + OBJECT, "json"),
        (b"[Untitled photograph]\nDate: 1920\n", "text"),
        (b'<?xml version="1.0"?><record/>', "xml"),
        (b"", "ndjson"),
        (b" \n", "ndjson"),
        ("Títol\n".encode("utf-16"), "text"),
        (b"\0\1" * 20, "binary"),
        (PAGE + b"\0" + PAGE, "text"),
    ],
)
@pytest.mark.parametrize("length", [1 << 16, 5])
def test_a_format_is_recognized_by_its_content(content: bytes, name: str, length: int) -> None:
    if len(content) > 1 << 20:
        length = 1 << 16
    found, blocks = recognize(iter(blocks_of(content, length)))
    assert found == name
    assert b"".join(blocks) == content


def test_recognition_does_not_wait_for_more_than_it_needs() -> None:
    def live() -> Iterator[bytes]:
        yield b'{"title": "A"}\n'
        pytest.fail("asked for more")

    assert recognize(live())[0] == "ndjson"


def test_lines_keep_their_numbers() -> None:
    assert split("ndjson", LINES) == [Item(Place("in", 1), b'{"title": "A"}', "json"), Item(Place("in", 3), b'{"title": "B"}', "json")]


def test_members_of_a_list_keep_their_lines() -> None:
    assert split("json", LIST) == [Item(Place("in", 2), b'{"title": "A"}', "json"), Item(Place("in", 4), b'{"title": "B"}', "json")]


@pytest.mark.parametrize(("name", "content", "engine_format"), [("json", OBJECT, "json"), ("text", PAGE, "text")])
def test_an_object_and_a_page_are_one_record(name: str, content: bytes, engine_format: str) -> None:
    (item,) = split(name, content)
    assert item == Item(Place("in", 1), item.raw, engine_format)
    assert item.raw.strip() == content.strip()


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"parquet"}))
def test_blank_inputs_hold_no_record(name: str) -> None:
    assert split(name, b" \n\n ") == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(alphabet='a"\\[]{},:\n é', max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(alphabet='a"\\]}', max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(members=st.lists(JSON, max_size=5), indent=st.sampled_from([None, 0, 2]), length=st.integers(1, 40))
def test_a_list_is_split_as_a_parser_would(members: list[object], indent: int | None, length: int) -> None:
    found = split("json", json.dumps(members, indent=indent).encode(), length)
    assert [json.loads(item.raw) for item in found] == members


def test_a_broken_member_costs_none_of_the_others() -> None:
    found = split("json", b'[{"a": 1}, {"b": tru}, , {"c": [1,]}, 5 6, {"d": 4}]')
    assert [item.raw for item in found] == [b'{"a": 1}', b'{"b": tru}', b"", b'{"c": [1,]}', b"5 6", b'{"d": 4}']


def test_a_trailing_comma_makes_no_record() -> None:
    assert [item.raw for item in split("json", b'[{"a": 1},\n]')] == [b'{"a": 1}']


@pytest.mark.parametrize("length", [1, 7, 1000])
@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"broken": ', '"broken: '),
        ('"x"', '"x'),
        ('"x"', '"x]'),
        ("[1", "1"),
        ("[1", "[[1"),
        ("[1", "{[1"),
        ("[1", "}[1"),
        ("[1", "}}[1"),
        ('{"broken"', '"broken"'),
        ('{"broken"', ']{"broken"'),
    ],
)
@pytest.mark.parametrize("around", ["[{}]", '{{"message": {{"items": [{}], "facets": [{{"e": 1}}]}}}}'])
def test_brackets_and_quotes_that_do_not_agree_cost_no_member_behind_the_next(
    around: str, old: str, new: str, indent: int | None, length: int
) -> None:
    whole = [json.dumps(member, indent=indent) for member in ({"a": 1}, {"broken": "x", "c": [1, {"d": 2}]}, {"f": 3}, {"g": 4}, {"h": 5})]
    content = around.format(",".join("\n" + member.replace(old, new) for member in whole) + "\n")
    found = split("json", content.encode(), length)
    kept = [json.loads(item.raw) for item in found if isinstance(item, Item) and item.raw.decode() in whole]
    assert kept[:1] == [{"a": 1}]
    assert kept[-2:] == [{"g": 4}, {"h": 5}]
    told = b"".join(item.raw for item in found)
    assert b"broken" in told
    assert b'"f": 3' in told


def test_a_list_that_may_have_ended_too_early_is_told_of() -> None:
    whole = b'{"message": {"items": [\n{"a": 1},\n{"b": 2}], "c": 3},\n{"d": 4}], "facets": [{"e": 1}]}}'
    *_, last = split("json", whole)
    assert isinstance(last, Reject)
    assert (last.title, "ended too early" in last.detail) == ("Text after the list", True)


def test_lines_within_members_that_begin_as_these_do_are_no_members() -> None:
    members = [{"a": [{"b": 1}, {"c": 2}]}, {"d": [{"e": 3}]}]
    found = split("json", json.dumps(members, indent=0).encode())
    assert [json.loads(item.raw) for item in found] == members
    broken = split("json", json.dumps(members, indent=0).replace('"d": [', '"d": ').encode())
    assert {item.raw for item in broken if isinstance(item, Item)}.isdisjoint({b'{\n"e": 3\n}', b'{\n"b": 1\n}'})


def test_a_list_that_does_not_end_is_reported_behind_its_last_record() -> None:
    *items, last = split("json", b'[{"a": 1},\n{"b": 2}')
    assert [item.raw for item in items] == [b'{"a": 1}', b'{"b": 2}']
    assert isinstance(last, Reject)
    assert (last.title, last.place) == ("Unclosed list", Place("in", 2))


def test_text_behind_a_list_is_reported_and_kept() -> None:
    *_, last = split("json", b'[{"a": 1}]\n[{"b": 2}]')
    assert isinstance(last, Reject)
    assert last.title == "Text after the list"
    assert last.raw == b'[{"b": 2}]'


def test_a_member_that_is_too_long_is_turned_away_and_the_next_is_whole() -> None:
    content = b'[{"a": "' + b"x\n" * 5000 + b'x"}, {"b": 2}]'
    first, second = _members(_Scan("in", limit=3000), blocks_of(content, 100))
    assert isinstance(first, Reject)
    assert (first.length, first.place.line, first.raw[:7]) == (10_010, 1, b'{"a": "')
    assert second == Item(Place("in", 5001), b'{"b": 2}', "json")


def test_inputs_follow_each_other_and_unreadable_ones_are_reported(tmp_path: Path) -> None:
    contents = {"1.txt": PAGE, "2.xml": b"<html/>", "3.json": LIST, "5.ndjson": LINES}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    names = [str(tmp_path / f"{name}") for name in ("1.txt", "2.xml", "3.json", "4.gone", "5.ndjson")]
    found = list(read_records(names))
    assert [(Path(item.place.file).name, item.place.line) for item, _ in found] == [
        ("1.txt", 1),
        ("2.xml", 1),
        ("3.json", 2),
        ("3.json", 4),
        ("4.gone", 0),
        ("5.ndjson", 1),
        ("5.ndjson", 3),
    ]
    assert [item.title for item, _ in found if isinstance(item, Reject)] == ["Unknown format", "Cannot be read"]
    positions = [position for _, position in found]
    assert positions == sorted(positions)
    assert positions[-1] == sum(map(len, contents.values()))


def test_an_end_of_line_within_a_cell_without_quotes_costs_its_row_alone(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b'title,rights\nA,b\rc\n"B\r1","d"\nC,e\n')
    records = [record for record, _ in read_records([str(path)])]
    assert [(type(record), record.place.line) for record in records] == [(Reject, 2), (Item, 3), (Item, 4)]


def test_a_named_format_is_not_questioned(tmp_path: Path) -> None:
    (tmp_path / "page").write_bytes(b"<Untitled>\nDate: 1920\n")
    ((item, _),) = read_records([str(tmp_path / "page")], "text")
    assert item == Item(Place(str(tmp_path / "page"), 1), b"<Untitled>\nDate: 1920", "text")


def test_a_bomb_of_blanks_is_looked_at_no_further_than_is_decided_by(tmp_path: Path) -> None:
    left = iter([b" " * 65_536] * 1_000)
    found, blocks = recognize(left)
    assert found == "ndjson"
    assert len(next(blocks)) < 20 * 65_536
    assert sum(map(len, blocks)) > 980 * 65_536
    packed = tmp_path / "blanks.gz"
    packed.write_bytes(gzip.compress(b" " * 70_000_000))
    (only,) = [item for item, _ in read_records([str(packed)], None)]
    assert isinstance(only, Reject)
    assert only.title == "Record too long"
