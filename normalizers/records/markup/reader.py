"""Reads one XML record: finds the record in what it came in, recognizes its schema, and keeps what stands around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from normalizers.errors import RecordSyntaxError
from normalizers.folding import fold_key
from normalizers.localedata import Locale
from normalizers.records.field_names import FieldName, FieldNames, structure_names
from normalizers.records.mapping import Node, Schema, SchemaReader
from normalizers.records.marc import from_marcxml
from normalizers.records.markup.containers import BESIDE_RECORDS, CONTAINERS, ERROR
from normalizers.records.markup.dspace import flatten_xoai
from normalizers.records.markup.links import resolve_links
from normalizers.records.markup.pages import gather_pages, join_extents
from normalizers.records.markup.parsing import parse_markup
from normalizers.records.markup.trees import KnownNamespaces, descend, to_node, without
from normalizers.records.model import Place, Record, RecordReader

AROUND: Final = "oai"
"""The table of what stands around a record: the header of OAI-PMH."""

_PAYLOAD, _PAGE = "metadata", "html"

PLAIN: Final = "plain_xml"
"""The table for elements of a schema that nobody knows."""

Find = Callable[[str], FieldName | None]

_RESHAPES: Mapping[str, Callable[[Node, Find], Node]] = MappingProxyType(
    {
        "xoai": flatten_xoai,
        "marcxml": lambda node, _: from_marcxml(node),
        "edm": lambda node, _: resolve_links(node),
        "mods": lambda node, _: join_extents(node),
        "oaire": lambda node, _: gather_pages(node, "citationStartPage", "citationEndPage"),
        "jpcoar": lambda node, _: gather_pages(node, "pageStart", "pageEnd"),
    }
)
"""What brings records of some schemas into the form that their tables speak of."""


class MarkupReader:
    """Reads XML records of every schema that has a table. Immutable, safe to share between threads."""

    format: Final = "xml"

    def __init__(self, locales: Mapping[str, Locale], names: FieldNames, schemas: Mapping[str, Schema]) -> None:
        self._schemas = {name: schema for name, schema in schemas.items() if schema.roots}
        self._readers = {name: SchemaReader(schema, names.lookup) for name, schema in schemas.items()}
        self._roots = frozenset(root.name for schema in self._schemas.values() for root in schema.roots)
        self._around = schemas[AROUND]
        self._known = KnownNamespaces(schemas)
        self._lookup = names.lookup
        self._wrappers = frozenset(structure_names(locales, "wrapper"))
        self.schemas = tuple(self._schemas)

    def parse(self, source: Any) -> Record:
        """Read a document with one record, of whatever schema. Raises RecordSyntaxError."""
        return self.parse_as(source, None)

    def parse_as(self, source: str | bytes, schema: str | None) -> Record:
        """Read a document with one record; where ``schema`` is given, one of that schema must be in it. Raises RecordSyntaxError."""
        root, remarks = parse_markup(source)
        tree = _lone_record(to_node(root, self._known))
        name, payload = self._find(tree, schema)
        around = self._readers[AROUND].read(without(tree, payload)) if payload is not tree else ()
        shaped = _RESHAPES[name](payload, self._lookup) if name in _RESHAPES else payload
        return Record(self.format, (*around, *self._readers[name].read(shaped)), tuple(remarks))

    def named(self) -> Iterator[RecordReader]:
        """Yield a reader for each schema, for callers who say which one it must be."""
        return (_OfSchema(schema, self) for schema in self.schemas)

    def _find(self, tree: Node, wanted: str | None) -> tuple[str, Node]:
        """Find the record and its schema: first by namespace and name, then by what is in it, then by its name alone."""
        schemas = [self._schemas[wanted]] if wanted else list(self._schemas.values())
        nodes = list(descend(tree))
        for suits in (_is_root, _holds_own, _is_called_so):
            for node in nodes if suits is _holds_own else [node for node in nodes if node.name in self._roots]:
                if found := [schema for schema in schemas if suits(schema, node)]:
                    return max(found, key=lambda schema: _held(schema, node)).name, node
        if wanted:
            raise RecordSyntaxError(f"there is no record of {wanted} in it")
        if not _held(self._around, tree):
            return PLAIN, self._unwrapped(tree)
        inner = next((child for child in tree.children if child.name == _PAYLOAD), None)
        return (PLAIN, self._unwrapped(inner)) if inner else (AROUND, tree)

    def _unwrapped(self, node: Node) -> Node:
        """Go down through elements that are known to hold a record and nothing else."""
        inner = [child for child in node.children if fold_key(child.name) in self._wrappers and child.children]
        lone = node.children[0] if len(node.children) == 1 and node.children[0].children else None
        below = inner[0] if len(inner) == 1 else lone
        return self._unwrapped(below) if below else node


class _OfSchema(Struct, frozen=True):
    """Reads records of one schema; the format is called like it."""

    format: str
    reader: MarkupReader

    def parse(self, source: Any) -> Record:
        """Read a document with one record of the schema."""
        return self.reader.parse_as(source, self.format)


def _lone_record(node: Node) -> Node:
    """Go into what holds records, and refuse a document that holds none or several."""
    while node.name in CONTAINERS:
        records = [child for child in node.children if child.name not in BESIDE_RECORDS]
        errors = [child for child in records if child.name == ERROR]
        if errors:
            code = errors[0].attributes.get("code", "")
            raise RecordSyntaxError(f"an error of the server instead of a record: {code} {errors[0].whole().strip()}".rstrip())
        if len(records) != 1:
            raise RecordSyntaxError(f"one record is read at a time, and there are {len(records)} in it")
        node = records[0]
    if node.name.casefold() == _PAGE:
        raise RecordSyntaxError("it is a page of HTML, not a record")
    return replace(node, place=Place(f"/{node.name}"))


def _is_root(schema: Schema, node: Node) -> bool:
    named = any(root.name == node.name and schema.owns(root.prefix, node.namespace) for root in schema.roots)
    return named and bool(node.namespace) and (not node.children or _held(schema, node) > 0)


def _holds_own(schema: Schema, node: Node) -> bool:
    """Tell whether most of what is in a node is of a schema whose records are flat."""
    own = sum(1 for child in node.children if child.namespace and schema.owns("", child.namespace))
    return schema.uses_labels and bool(schema.namespaces.get("")) and own * 2 > len(node.children)


def _is_called_so(schema: Schema, node: Node) -> bool:
    return any(root.name == node.name for root in schema.roots) and not node.namespace and _held(schema, node) > 0


def _held(schema: Schema, node: Node) -> int:
    """Count what is in a node that a record of a schema holds."""
    return sum(1 for child in node.children if child.name in schema.holds)
