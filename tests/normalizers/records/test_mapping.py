"""Tables of schemas: what their paths mean, what is refused with its line, and that nothing in a tree is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.errors import SchemaTableError
from normalizers.records import RawField
from normalizers.records.mapping import Node, SchemaReader, from_json, load_schema, load_schemas

TABLE = """
name: invented
title: An invented schema
source: this test
namespaces:
  own: ["http://example.org/ns/v*"]
  other: ["http://example.org/other"]
language: "@xml:lang"
fields:
  head/title[@kind]: alternative_title
  head/title: title
  people/person[role=aut|cre]:
    field: creator
    value: [first, last|suffix]
    parts: {"id[@scheme=orcid]": orcid, role: role, home/place: affiliation}
  dates/date:
    by: "@type"
    cases: {Issued: date_issued, Made: date_created}
    field: date
  fixed: {cuts: {2-4: language, "5": date}}
  date[.^=info:eu/]: date_embargo_end
  other:note[not @hidden]: note
"""


INVENTED = SchemaReader(load_schema(TABLE, "invented.yaml"))


@pytest.fixture(scope="module")
def reader() -> SchemaReader:
    return INVENTED


def node(name: str, text: str = "", *children: Node, namespace: str = "", **attributes: str) -> Node:
    return Node(name, text, children, attributes, namespace)


def found(reader: SchemaReader, *children: Node) -> list[tuple[str | None, str | None]]:
    return [(field.key, field.value) for field in reader.read(node("root", "", *children))]


def parts(field: RawField) -> dict[str | None, str | None]:
    return {part.key: part.value for part in field.parts}


def test_a_path_is_of_names_and_conditions(reader: SchemaReader) -> None:
    head = node("head", "", node("title", "Main"), node("title", "Other", kind="sub"))
    assert found(reader, head) == [("title", "Main"), ("alternative_title", "Other")]


def test_cases_choose_the_field_whatever_their_spelling_and_else_the_default_holds(reader: SchemaReader) -> None:
    dates = [node("date", "1", type="ISSUED"), node("date", "2", type="made"), node("date", "3", type="odd"), node("date", "4")]
    assert [key for key, _ in found(reader, node("dates", "", *dates))] == ["date_issued", "date_created", "date", "date"]


def test_a_value_is_put_together_in_the_order_of_the_table_and_parts_stand_beside_it(reader: SchemaReader) -> None:
    names = [node("last", "Puig"), node("suffix", "Jr."), node("first", "Anna")]
    person = node("person", "", *names, node("role", "aut"), node("id", "0000", scheme="orcid"), node("id", "7", scheme="x"))
    (field,) = reader.read(node("root", "", node("people", "", person)))
    assert (field.key, field.value) == ("creator", "Anna Puig Jr.")
    assert parts(field) == {"role": "aut", "orcid": "0000", None: "7"}


def test_a_condition_on_what_stands_beside_chooses_the_rule(reader: SchemaReader) -> None:
    person = node("person", "", node("last", "Puig"), node("role", "edt"))
    assert found(reader, node("people", "", person)) == [(None, "Puig"), (None, "edt")]


def test_characters_are_cut_and_the_whole_is_kept(reader: SchemaReader) -> None:
    assert found(reader, node("fixed", "xcatz")) == [("language", "cat"), ("date", "z"), (None, "xcatz")]
    assert found(reader, node("fixed", "x   ")) == [(None, "x   ")]


def test_the_start_of_a_text_may_choose_the_rule(reader: SchemaReader) -> None:
    assert found(reader, node("date", "INFO:EU/2020"), node("date", "2020")) == [("date_embargo_end", "INFO:EU/2020"), (None, "2020")]


def test_a_namespace_of_another_kind_is_another_name_and_a_missing_one_is_forgiven(reader: SchemaReader) -> None:
    theirs, ours = "https://EXAMPLE.org/other/", "http://example.org/ns/v3"
    notes = [node("note", "a", namespace=theirs), node("note", "b", namespace=ours), node("note", "c"), node("note", "d", hidden="y")]
    assert found(reader, *notes) == [("note", "a"), (None, "b"), ("note", "c"), (None, "d")]


def test_the_language_of_a_text_is_that_stated_nearest(reader: SchemaReader) -> None:
    titles = [Node("title", "a", attributes={"xml:lang": "ca"}), Node("title", "b")]
    fields = reader.read(node("root", "", Node("head", children=tuple(titles), attributes={"xml:lang": "en"})))
    assert [parts(field) for field in fields] == [{"language": "ca"}, {"language": "en"}]


def test_marks_inside_a_text_do_not_cut_it(reader: SchemaReader) -> None:
    title = node("title", "H", Node("sub", "2", tail="O"), Node("i", " is ", (Node("b", "water"),)))
    assert found(reader, node("head", "", title)) == [("title", "H2O is water")]


def test_the_same_table_reads_json() -> None:
    schema = load_schema(
        "name: j\ntitle: t\nsource: s\nfields:\n  a/b[kind=x]: {field: title, value: text}\n  when: {field: date, value: parts/item, join: '-'}",
        "j",
    )
    (root,) = from_json("", {"a": [{"b": {"kind": "x", "text": "T"}}, {"c": None}], "when": {"parts": [[2020, 1]]}})
    title, date = SchemaReader(schema).read(root)
    assert (title.key, title.value, title.place.pointer) == ("title", "T", "/a/0/b")
    assert (date.key, date.value) == ("date", "2020-1")


FAULTS = {
    "path": ("fields:\n  a[: title", 5, "no step"),
    "field": ("fields:\n  a: titel", 5, "no field of a record"),
    "prefix": ("fields:\n  dc:a: title", 5, "prefix 'dc'"),
    "itself": ("fields:\n  .: title", 5, "not for the record itself"),
    "key": ("fields:\n  a: {field: title, valeu: b}", 5, "Unknown"),
    "twice": ("fields:\n  a: title\n  a: date", 6, "twice"),
    "part": ("fields:\n  a: {field: title, parts: {b: colour}}", 5, "neither a field"),
    "cases": ("fields:\n  a: {field: title, by: '@a'}", 5, "go together"),
    "nothing": ("fields:\n  a: {value: b}", 5, "needs a field"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_table_is_refused_with_its_line(fault: str) -> None:
    text, line, detail = FAULTS[fault]
    with pytest.raises(SchemaTableError) as error:
        load_schema(f"name: x\ntitle: t\nsource: s\n{text}", "x.yaml")
    assert any(found.line == line and detail in found.detail for found in error.value.faults), error.value


def test_every_embedded_table_is_sound_and_named_as_its_file() -> None:
    assert {"datacite", "oai_dc"} <= set(load_schemas())


_NAMES = st.sampled_from(["head", "title", "people", "person", "role", "first", "last", "id", "note", "dates", "date", "fixed", "x"])
_TEXTS = st.text("abc <&é", max_size=6)
_NODES = st.recursive(
    st.builds(Node, _NAMES, _TEXTS, tail=_TEXTS),
    lambda below: st.builds(
        Node,
        _NAMES,
        _TEXTS,
        st.lists(below, max_size=4).map(tuple),
        st.dictionaries(st.sampled_from(["type", "scheme", "y"]), _TEXTS),
        tail=_TEXTS,
    ),
    max_leaves=20,
)


@given(_NODES)
def test_no_text_is_lost(tree: Node) -> None:
    kept = " ".join(leaf.value or "" for field in INVENTED.read(tree) for leaf in field.leaves())
    for text in _all_texts(tree):
        assert text in kept


def _all_texts(tree: Node) -> list[str]:
    own = [tree.text.strip(), *(child.tail.strip() for child in tree.children), tree.attributes.get("y", "").strip()]
    return [*filter(None, own), *(text for child in tree.children for text in _all_texts(child))]
