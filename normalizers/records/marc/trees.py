"""The tree of a MARC record: a node for each field, named by its tag, and below it one for each subfield, named by its code.

A field 880 says with ``linked`` which field it repeats in another script. Codes that tell a type of document have nodes of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec.structs import replace
from pymarc import Record as Marc21

from normalizers.errors import RecordSyntaxError
from normalizers.records.json_syntax import step
from normalizers.records.mapping import Node
from normalizers.records.marc.coded_types import coded_types
from normalizers.records.model import Place

_LINKAGE, _OTHER_SCRIPT = "6", "880"
_TAG_LENGTH = 3


def from_marcxml(record: Node) -> Node:
    """Name the elements of MARCXML by their tags and codes; elements that are none of MARC stay as they are."""
    return _with_codes(replace(record, children=tuple(_element(child) for child in record.children)))


def from_marc21(record: Marc21) -> Node:
    """Make the tree of a record that pymarc read; places count the fields of each tag."""
    fields = [_numbered("leader", "", str(record.leader), 1)]
    seen: Counter[str] = Counter()
    for field in record.fields:
        seen[field.tag] += 1
        if field.is_control_field():
            fields.append(_numbered(field.tag, "", field.data or "", seen[field.tag]))
        else:
            place = f"/{field.tag}[{seen[field.tag]}]"
            indicators = dict(zip(("ind1", "ind2"), field.indicators or (), strict=False))
            fields.append(_field(field.tag, indicators, tuple(_subfields(field.subfields, place)), Place(place)))
    return _with_codes(Node("record", children=tuple(fields)))


def from_marc_json(record: Mapping[str, Any]) -> Node:
    """Make the tree of a record of MARC-in-JSON. Raises RecordSyntaxError where it has no list of fields."""
    fields = record.get("fields")
    if not isinstance(fields, list):
        raise RecordSyntaxError("MARC-in-JSON has a list of fields", "/fields")
    leader = Node("leader", str(record.get("leader") or ""), place=Place("/leader"))
    pairs = [(str(tag), content, index) for index, field in enumerate(fields) for tag, content in _members(field, index)]
    nodes = (_json_field(tag, content, step(f"/fields/{index}", tag)) for tag, content, index in pairs)
    return _with_codes(Node("record", children=(leader, *nodes)))


def _with_codes(record: Node) -> Node:
    return replace(record, children=(*record.children, *coded_types(record.children)))


def _element(node: Node) -> Node:
    tag = node.attributes.get("tag", "")
    rest = {key: value for key, value in node.attributes.items() if key not in {"tag", "id"}}
    if node.name == "controlfield":
        return replace(node, name=tag or node.name, namespace="", attributes=rest)
    if node.name == "datafield":
        return _field(tag or node.name, rest, tuple(map(_subelement, node.children)), node.place, node.text)
    return replace(node, namespace="")


def _subelement(node: Node) -> Node:
    if node.name != "subfield":
        return node
    rest = {key: value for key, value in node.attributes.items() if key != "code"}
    return replace(node, name=node.attributes.get("code") or node.name, namespace="", attributes=rest)


def _field(tag: str, attributes: Mapping[str, str], subfields: tuple[Node, ...], place: Place, text: str = "") -> Node:
    linked = next((node.text[:_TAG_LENGTH] for node in subfields if node.name == _LINKAGE), "") if tag == _OTHER_SCRIPT else ""
    stated = {"linked": linked} if linked else {}
    return Node(tag, text, subfields, {**attributes, **stated}, place=place)


def _numbered(name: str, above: str, text: str, number: int) -> Node:
    return Node(name, text, place=Place(f"{above}/{name}[{number}]" if number > 1 else f"{above}/{name}"))


def _subfields(subfields: Iterable[Any], above: str) -> Iterator[Node]:
    seen: Counter[str] = Counter()
    for subfield in subfields:
        seen[subfield.code] += 1
        yield _numbered(subfield.code, above, subfield.value, seen[subfield.code])


def _json_field(tag: str, content: Any, pointer: str) -> Node:
    if not isinstance(content, Mapping):
        return Node(tag, "" if content is None else str(content), place=Place(pointer))
    subfields = content.get("subfields")
    listed = subfields if isinstance(subfields, list) else []
    nodes = tuple(
        Node(str(code), "" if value is None else str(value), place=Place(step(f"{pointer}/subfields/{index}", str(code))))
        for index, subfield in enumerate(listed)
        for code, value in _members(subfield, index)
    )
    indicators = {name: str(content[name]) for name in ("ind1", "ind2") if content.get(name) is not None}
    return _field(tag, indicators, nodes, Place(pointer))


def _members(member: Any, index: int) -> Iterable[tuple[Any, Any]]:
    return member.items() if isinstance(member, Mapping) else ((str(index), member),)
