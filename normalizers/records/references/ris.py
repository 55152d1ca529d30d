"""Reads one record of RIS, or of the tagged files of Web of Science, into a tree of its tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import rispy
from rispy.config import TAG_KEY_MAPPING, WOK_LIST_TYPE_TAGS, WOK_TAG_KEY_MAPPING

from normalizers.errors import MalformedRecordError, RecordSyntaxError
from normalizers.records.characters import without_surrogates
from normalizers.records.field_names import FieldNames
from normalizers.records.json_syntax import step
from normalizers.records.mapping import Node, Schema, SchemaReader, from_json
from normalizers.records.model import Place, RawField, Record

_TAG = re.compile(r"[A-Z][A-Z0-9] {1,2}-(?: |\Z)")
_START = re.compile(r"^TY {1,2}-", re.MULTILINE)
_START_OF_WOS = re.compile(r"^PT ", re.MULTILINE)
_LINE_END = re.compile(r"\r\n|\n|\r")
_UNKNOWN = "UK"
_RIS, _WOS = "ris", "wos"
_PAGES = ("SP", "EP")
_PAGES_OF_WOS = ("BP", "EP")
_DATES = frozenset({"DA", "PY", "Y1", "Y2"})


class RisReader:
    """Reads records of RIS by the table ``ris``. What a tag means depends on the type of the record. Immutable."""

    format: Final = "ris"

    def __init__(self, schema: Schema, names: FieldNames) -> None:
        self._schema = SchemaReader(schema, names.lookup)

    def parse(self, source: Any) -> Record:
        """Read one record, given as text. Lines before it are kept as lines without a label."""
        if not isinstance(source, str):
            raise RecordSyntaxError("a record of RIS must be given as text")
        text, remarks = without_surrogates(source.removeprefix("\ufeff"), Place())
        text = _LINE_END.sub("\n", text)
        start = _START.search(text)
        if found := start or _START_OF_WOS.search(text):
            tags = _read_ris(text[found.start() :]) if start else _read_wos(text[found.start() :])
            pages = _PAGES if start else _PAGES_OF_WOS
            fields = (*_before(text[: found.start()]), *self._schema.read(_tree(tags, pages, _RIS if start else _WOS)))
            return Record(self.format, fields, tuple(remarks))
        raise MalformedRecordError("there is no line with a type (TY) at the start of a record")


def _read_ris(text: str) -> Mapping[str, list[str]]:
    # Known tags keep their names, and each has a list of values; rispy gives the others in a table of their own.
    names = {tag: tag for tag in TAG_KEY_MAPPING}
    return _only(rispy.loads(_joined(text), mapping=names, list_tags=list(names), delimiter_tags_mapping={}))


class _WosParser(rispy.WokParser):  # type: ignore[misc]  # the library has no types there
    """Puts a line that goes on behind the last value of its tag; rispy fails where a tag that should stand once stood twice before."""

    def _add_single_value(self, record: dict[str, Any], name: str, value: str | list[str], is_multi: bool = False) -> None:  # noqa: FBT001, FBT002 -- the signature is rispy's
        known = record.get(name)
        if is_multi and isinstance(known, list):
            known[-1] = f"{known[-1]} {value}"
        else:
            super()._add_single_value(record, name, value, is_multi)


def _read_wos(text: str) -> Mapping[str, list[str]]:
    names = {tag: tag for tag in (*WOK_TAG_KEY_MAPPING, _UNKNOWN)}
    return _only(
        rispy.loads(
            text, implementation=_WosParser, mapping=names, list_tags=WOK_LIST_TYPE_TAGS, ignore=["FN", "VR"], enforce_list_tags=False
        )
    )


def _only(records: list[dict[str, Any]]) -> Mapping[str, list[str]]:
    if len(records) != 1:
        raise RecordSyntaxError("a record must end with a line of ER, and be the only one" if records else "the record does not end (ER)")
    (record,) = records
    tags = {tag: value if isinstance(value, list) else [value] for tag, value in record.items() if tag != _UNKNOWN}
    return {**tags, **{str(tag): list(values) for tag, values in record.get(_UNKNOWN, {}).items()}}


def _joined(text: str) -> str:
    """Put lines that go on behind the line that they belong to, and end a record that was cut off."""
    lines: list[str] = []
    for line in text.split("\n"):
        tag = _TAG.match(line)
        if tag or not lines:
            # Some programs write one space before the hyphen.
            lines.append(f"{line[:2]}  - {line[tag.end() :]}" if tag else line)
        elif line.strip():
            lines[-1] = f"{lines[-1]} {line.strip()}"
    if not lines[-1].startswith("ER"):
        lines.append("ER  - ")
    return "\n".join(lines)


def _before(text: str) -> Iterator[RawField]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield RawField("", None, line.strip(), Place(line=number), reason="no_label")


def _tree(tags: Mapping[str, list[str]], pages: tuple[str, str], kind: str) -> Node:
    """Make a tree: below the kind of file the type of the record, below that the tags. First and last page are put together."""
    children: list[Node] = []
    for tag, values in tags.items():
        if tag not in pages:
            children.extend(from_json(tag, [_without_gaps(tag, value) for value in values], step("", tag)))
    ends = tuple(node for tag in pages if tag in tags for node in from_json(tag, tags[tag], step("", tag)))
    if ends:
        children.append(Node("pages", children=ends))
    of_type = next(iter(tags.get("TY", ())), "").strip() or "GEN"
    typed = (Node(of_type, children=tuple(children)),) if kind == _RIS else tuple(children)
    return Node("record", children=(Node(kind, children=typed),))


def _without_gaps(tag: str, value: str) -> str:
    """Take from a date what is left of its empty parts: "2014//" is the year."""
    return value.rstrip("/") if tag in _DATES else value
