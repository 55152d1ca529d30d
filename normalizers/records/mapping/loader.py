"""Reads the tables of schemas. The marshmallow schema below is their format; there is no other validator.

Every fault of every file is collected, with its line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import Any

from marshmallow import Schema as Shape
from marshmallow import ValidationError, fields, validate, validates_schema

from normalizers.errors import Fault, SchemaTableError
from normalizers.folding import fold_key
from normalizers.records.mapping.model import PARTS, Rule, Schema
from normalizers.records.mapping.paths import PathError, Selector, parse_path, parse_selector
from normalizers.records.sections import SECTIONS
from normalizers.schema_faults import flatten
from normalizers.strict_yaml import Document, parse_yaml

EMBEDDED = FilePath(__file__).parent.parent / "schemas"
FIELDS = frozenset(key for section in SECTIONS for key in section.keys)

_ONE_OF_FIELDS = validate.OneOf(sorted(FIELDS), error="{input!r} is no field of a record")
_ONE_OF_PARTS = validate.OneOf(sorted(FIELDS | PARTS), error="{input!r} is neither a field of a record nor a part of one")


class Selection(fields.Field[Any]):
    """A selector, checked and parsed."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if not isinstance(value, str):
            raise ValidationError("must be a path")
        try:
            return parse_selector(value)
        except PathError as error:
            raise ValidationError(str(error)) from None


class Selections(fields.List[Any]):
    """One selector or a list of them."""

    def __init__(self) -> None:
        super().__init__(Selection(), load_default=list)

    def _deserialize(self, value: Any, *args: Any, **options: Any) -> Any:
        return super()._deserialize([value] if isinstance(value, str) else value, *args, **options)


class RuleShape(Shape):
    """What a path of a table stands for."""

    field = fields.String(validate=_ONE_OF_FIELDS, load_default=None)
    by = Selection(load_default=None)
    cases = fields.Dict(keys=fields.String(), values=fields.String(validate=_ONE_OF_FIELDS), load_default=None)
    label = Selections()
    value = Selections()
    join = fields.String(load_default=" ")
    first = fields.String(validate=validate.OneOf(("yes", "no")), load_default="no")
    cuts = fields.Dict(
        keys=fields.String(validate=validate.Regexp(r"\d+(?:-\d+)?\Z")),
        values=fields.String(validate=_ONE_OF_FIELDS),
        load_default=dict,
    )
    also = Selection(load_default=None)
    parts = fields.Dict(keys=Selection(), values=fields.String(validate=_ONE_OF_PARTS), load_default=dict)

    @validates_schema
    def says_something(self, content: dict[str, Any], **_: Any) -> None:
        """Refuse a rule from which no field follows."""
        if not any(content[name] for name in ("field", "label", "cases", "cuts")):
            raise ValidationError("a rule needs a field, cases, cuts or a label")
        if (content["by"] is None) is not (content["cases"] is None):
            raise ValidationError("'by' and 'cases' go together")


class RuleEntry(fields.Nested):
    """A rule, or the field alone where there is no more to say."""

    def _deserialize(self, value: Any, *args: Any, **options: Any) -> Any:
        return super()._deserialize({"field": value} if isinstance(value, str) else value, *args, **options)


class TableShape(Shape):
    """One file."""

    name = fields.String(required=True, validate=validate.Regexp(r"^[a-z][a-z0-9_-]*\Z"))
    title = fields.String(required=True)
    source = fields.String(required=True)
    namespaces = fields.Dict(keys=fields.String(), values=fields.List(fields.String()), load_default=dict)
    roots = fields.List(fields.String(), load_default=list)
    holds = fields.List(fields.String(), load_default=list)
    trim = fields.String(load_default="")
    language = Selection(load_default=None)
    link = Selection(load_default=None)
    attributes = fields.List(fields.String(), load_default=list)
    labels = fields.String(validate=validate.OneOf(("yes", "no")), load_default="no")
    fields_ = fields.Dict(keys=fields.String(), values=RuleEntry(RuleShape), required=True, data_key="fields")


_SHAPE = TableShape()


def load_schemas(folder: FilePath = EMBEDDED) -> Mapping[str, Schema]:
    """Read every ``*.yaml`` of a folder into schemas by name; raises SchemaTableError with all faults found."""
    faults: list[Fault] = []
    schemas: dict[str, Schema] = {}
    for path in sorted(folder.glob("*.yaml")):
        schema = _load(parse_yaml(path.read_text(encoding="utf-8"), path.name), faults)
        if schema:
            schemas[schema.name] = schema
    if faults:
        raise SchemaTableError(tuple(faults))
    return MappingProxyType(schemas)


def load_schema(text: str, file: str) -> Schema:
    """Read one table, given as its text; ``file`` is what faults call it. Raises SchemaTableError."""
    faults: list[Fault] = []
    schema = _load(parse_yaml(text, file), faults)
    if faults or schema is None:
        raise SchemaTableError(tuple(faults))
    return schema


def _load(document: Document, faults: list[Fault]) -> Schema | None:
    faults.extend(document.faults)
    if document.faults:
        return None
    try:
        content = _SHAPE.load(document.content if document.content is not None else {})
    except ValidationError as error:
        faults.extend(document.fault(path, detail) for path, detail in flatten(error.messages))
        return None
    before = len(faults)
    rules = tuple(filter(None, (_rule(text, entry, document, faults) for text, entry in content["fields_"].items())))
    faults.extend(_undeclared(rules, content["namespaces"], document))
    return _schema(content, rules) if len(faults) == before else None


def _rule(text: str, entry: Mapping[str, Any], document: Document, faults: list[Fault]) -> Rule | None:
    try:
        path = parse_path(text)
    except PathError as error:
        faults.append(document.fault(("fields", text), str(error)))
        return None
    if path.text == ".":
        faults.append(document.fault(("fields", text), "a rule is for what is in the record, not for the record itself"))
        return None
    cases = MappingProxyType({fold_key(case): key for case, key in entry["cases"].items()}) if entry["cases"] else None
    return Rule(
        path,
        field=entry["field"],
        by=entry["by"],
        cases=cases,
        label=tuple(entry["label"]),
        values=tuple(entry["value"]),
        join=entry["join"],
        takes_first=entry["first"] == "yes",
        cuts=tuple(_cut(text, key) for text, key in entry["cuts"].items()),
        parts=tuple(entry["parts"].items()),
        also=entry["also"],
    )


def _below(rule: Rule) -> Iterable[Selector]:
    return (*rule.values, *((rule.also,) if rule.also else ()), *(selector for selector, _ in rule.parts))


def _cut(text: str, key: str) -> tuple[int, int, str]:
    start, _, end = text.partition("-")
    return int(start), int(end or start), key


def _undeclared(rules: Iterable[Rule], namespaces: Mapping[str, Any], document: Document) -> Iterable[Fault]:
    for rule in rules:
        for path in (rule.path, *(path for selector in _below(rule) for path in selector.paths)):
            for prefix in {step.prefix for step in path.steps} - {"", "*", *namespaces}:
                yield document.fault(("fields", rule.path.text), f"the prefix {prefix!r} is not among the namespaces")


def _schema(content: Mapping[str, Any], rules: tuple[Rule, ...]) -> Schema:
    namespaces = {"" if prefix == "own" else prefix: tuple(addresses) for prefix, addresses in content["namespaces"].items()}
    stated = {name: content[name] for name in ("name", "title", "source", "language", "link", "trim")}
    return Schema(
        **stated,
        namespaces=MappingProxyType(namespaces),
        roots=tuple(parse_path(root).steps[-1] for root in content["roots"]),
        holds=frozenset((*content["holds"], *(rule.path.steps[0].name for rule in rules if rule.path.steps))),
        rules=rules,
        attributes=frozenset((*content["attributes"], *_asked(rules), *_qualifying(content["language"]))),
        uses_labels=content["labels"] == "yes",
    )


def _qualifying(language: Selector | None) -> Iterable[str]:
    return (path.attribute for path in (language.paths if language else ()) if not path.steps)


def _asked(rules: Iterable[Rule]) -> Iterable[str]:
    """Yield the attributes that conditions and cases ask for: what they say shows in the field that was chosen."""
    for rule in rules:
        chosen = (*rule.label, *((rule.by,) if rule.by else ()))
        yield from (path.attribute for selector in chosen for path in selector.paths if path.attribute)
        for path in (rule.path, *(path for selector in (*chosen, *_below(rule)) for path in selector.paths)):
            for step in path.steps:
                yield from (condition.what[1:] for condition in step.conditions if condition.what.startswith("@"))
