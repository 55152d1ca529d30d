"""Reads JSON objects of schemas that say what their names mean: DataCite, Crossref and CSL, schema.org.

Which schema an object follows is told by names that only it has, in any order; its table then gives the fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from msgspec.structs import replace

from normalizers.records.field_names import FieldNames
from normalizers.records.json_syntax import load_object
from normalizers.records.mapping import Node, Schema, SchemaReader, from_json
from normalizers.records.model import Record, Remark

_SCHEMA_ORG = "schema.org"
_PREFIXES = ("schema:", "sdo:", "https://schema.org/", "http://schema.org/")
_WORKS = frozenset({"DOI", "title", "author", "container-title", "issued", "publisher", "URL"})
_OF_CITEPROC = frozenset({"container-title", "issued", "reference-count", "page", "publisher-place", "is-referenced-by-count", "DOI"})
_TYPE, _NAME = "type", "id"
_ORCID = re.compile(r"https?://orcid\.org/0")
_PAGES = frozenset({"pageStart", "pageEnd"})
_DATE_PARTS = "date-parts"


class Dialect(Protocol):
    """A schema of JSON. ``wrappers`` are the members within which a record may lie, from the outside in.

    An object that has none of the ``marks`` among its names need not be looked at more closely.
    """

    format: str
    table: str
    wrappers: tuple[tuple[str, ...], ...]
    marks: frozenset[str]

    def owns(self, content: Mapping[str, Any]) -> bool:
        """Tell whether an object without its wrappers follows the schema, by names that others do not have."""

    def prepare(self, record: Node) -> Node:
        """Bring a record into the form that the table speaks of."""


class Datacite:
    """The Metadata Schema of DataCite."""

    format = "datacite_json"
    table = "datacite_json"
    wrappers: tuple[tuple[str, ...], ...] = (("data", "attributes"), ("attributes",), ("data",))
    marks = frozenset({"titles", "attributes", "data"})

    def owns(self, content: Mapping[str, Any]) -> bool:
        """Ask for titles, and for another member that only this schema has."""
        has_work = "titles" in content and ("creators" in content or "types" in content)
        return has_work and not content.keys().isdisjoint({"types", "publicationYear", "publication_year", "doi", "schemaVersion"})

    def prepare(self, record: Node) -> Node:
        """Leave it as it is."""
        return record


class Citeproc:
    """CSL-JSON."""

    format = "csl_json"
    table = "citeproc"
    wrappers: tuple[tuple[str, ...], ...] = ()
    marks = _WORKS

    def owns(self, content: Mapping[str, Any]) -> bool:
        """Ask for two members of a reference, one of which has a name of this schema."""
        return len(content.keys() & _WORKS) > 1 and not content.keys().isdisjoint(_OF_CITEPROC)

    def prepare(self, record: Node) -> Node:
        """Put the parts of each date together: [[2019, 4], [2019, 6]] is 2019-04/2019-06."""
        return replace(record, children=tuple(_dated(child) for child in record.children))


class Crossref(Citeproc):
    """What Crossref's REST API answers: CSL-JSON with lists for its titles."""

    format = "crossref_json"
    wrappers: tuple[tuple[str, ...], ...] = (("message",),)
    marks = _WORKS | {"message"}

    def owns(self, content: Mapping[str, Any]) -> bool:
        """Ask for a title that is a list."""
        return super().owns(content) and isinstance(content.get("title"), list)


class SchemaOrg:
    """schema.org, in the JSON-LD of web pages and data sets."""

    format = "schema_org"
    table = "schema_org"
    wrappers: tuple[tuple[str, ...], ...] = ()
    marks = frozenset({"@context"})

    def owns(self, content: Mapping[str, Any]) -> bool:
        """Ask whether the context is that of schema.org."""
        return any(_SCHEMA_ORG in text for text in _texts(content.get("@context")))

    def prepare(self, record: Node) -> Node:
        """Take the prefix of schema.org from names; what JSON-LD says of the record itself is its type and identifier.

        First and last page are put together.
        """
        bare = _renamed(record)
        kind = bare.attributes.get(_TYPE)
        own = (Node("additionalType", kind, place=record.attribute_place(_TYPE)),) if kind else ()
        named = tuple(replace(child, name="identifier") if child.name == _NAME else child for child in bare.children)
        pages = tuple(child for child in named if child.name in _PAGES)
        rest = tuple(child for child in named if child.name not in _PAGES)
        kept = {name: text for name, text in bare.attributes.items() if name != _TYPE}
        return replace(bare, children=(*own, *rest, *((Node("pages", children=pages),) if pages else ())), attributes=kept)


_DIALECTS: tuple[Dialect, ...] = (Datacite(), SchemaOrg(), Crossref(), Citeproc())


class DialectReader:
    """Reads records of one dialect by its table. Immutable, safe to share between threads."""

    def __init__(self, dialect: Dialect, schema: Schema, names: FieldNames) -> None:
        self.format = dialect.format
        self._dialect = dialect
        self._schema = SchemaReader(schema, names.lookup)

    def owns(self, content: Mapping[str, Any]) -> bool:
        """Tell whether an object follows the schema, by names that others do not have."""
        if content.keys().isdisjoint(self._dialect.marks):
            return False
        inner = _at(content, _inner(self._dialect, content))
        return isinstance(inner, Mapping) and self._dialect.owns(inner)

    def parse(self, source: Any) -> Record:
        """Read one record, given as JSON text or as an object that was parsed."""
        return self.read(*load_object(source))

    def read(self, content: Mapping[str, Any], remarks: Sequence[Remark]) -> Record:
        """Read an object that was loaded, with the remarks that were made on it."""
        (whole,) = from_json("record", content)
        tree = self._dialect.prepare(_unwrapped(whole, _inner(self._dialect, content)))
        return Record(self.format, self._schema.read(tree), tuple(remarks))


def build_dialects(schemas: Mapping[str, Schema], names: FieldNames) -> tuple[DialectReader, ...]:
    """Give a reader for each dialect, in the order in which an object is tried."""
    return tuple(DialectReader(dialect, schemas[dialect.table], names) for dialect in _DIALECTS)


def build_dialect(name: str, schemas: Mapping[str, Schema], names: FieldNames) -> DialectReader:
    """Give the reader of one dialect."""
    return next(reader for reader in build_dialects(schemas, names) if reader.format == name)


def _inner(dialect: Dialect, content: Mapping[str, Any]) -> tuple[str, ...]:
    """Tell where in an object the record lies."""
    return next((names for names in dialect.wrappers if isinstance(_at(content, names), Mapping)), ())


def _at(content: Any, names: Iterable[str]) -> Any:
    for name in names:
        content = content.get(name) if isinstance(content, Mapping) else None
    return content


def _unwrapped(node: Node, names: Sequence[str]) -> Node:
    """Bring the members of an inner object to the outside, before what stands around it."""
    for name in names:
        inner = next(child for child in node.children if child.name == name)
        node = replace(node, children=(*inner.children, *(child for child in node.children if child is not inner)))
    return node


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, Mapping)):
        for member in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(member)


def _dated(node: Node) -> Node:
    parts = tuple(child for child in node.children if child.name == _DATE_PARTS)
    dates = [date for part in parts if (date := _date([item.whole().strip() for item in part.children]))]
    if not dates:
        return node
    others = tuple(child for child in node.children if child.name != _DATE_PARTS)
    return replace(node, children=(replace(parts[0], name="edtf", text="/".join(dates), children=()), *others))


def _date(parts: list[str]) -> str:
    """Write year, month and day as EDTF; what is no number stays as it is, for the reader of dates to refuse.

    >>> _date(["2019", "4"])
    '2019-04'
    """
    known = [part for part in parts if part]
    return "-".join([*known[:1], *(part.zfill(2) for part in known[1:])])


def _renamed(node: Node) -> Node:
    """Take prefixes from names, and make a member of what names a node: the ORCID of a person, or any other address."""
    name = next((node.name.removeprefix(prefix) for prefix in _PREFIXES if node.name.startswith(prefix)), node.name)
    children = tuple(map(_renamed, node.children))
    address = node.attributes.get(_NAME)
    if address is None:
        return replace(node, name="additionalType" if name == f"@{_TYPE}" else name, children=children)
    naming = Node("orcid" if _ORCID.match(address) else _NAME, address, place=node.attribute_place(_NAME))
    attributes = {attribute: text for attribute, text in node.attributes.items() if attribute != _NAME}
    return replace(node, name=name, children=(naming, *children), attributes=attributes)
