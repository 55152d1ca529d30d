"""Reads locale files: the one place where they are opened.

Every fault of every file is collected, so that whoever mends a file sees all of them at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from marshmallow import Schema, ValidationError

import locales
from normalizers.errors import Fault, LocaleDataError
from normalizers.folding import fold_key
from normalizers.localedata.model import Example, Label, LabelKind, Locale, Section
from normalizers.localedata.schema import build_schema
from normalizers.localedata.sections import SectionDefinition
from normalizers.schema_faults import flatten
from normalizers.strict_yaml import Document, parse_yaml

EMBEDDED = Path(locales.__file__).parent


def load_locales(sections: Mapping[str, SectionDefinition], folder: Path | None = None) -> Mapping[str, Locale]:
    """Read every ``*.yaml`` of a folder (the embedded ones by default) into locales by tag; raises LocaleDataError."""
    schema = build_schema(sections)
    faults: list[Fault] = []
    found: dict[str, Locale] = {}
    for path in sorted((folder or EMBEDDED).glob("*.yaml")):
        locale = _load(path, schema, faults)
        if locale:
            found[locale.tag] = locale
    if not found and not faults:
        faults.append(Fault(str(folder or EMBEDDED), 1, "", "no locale file here"))
    if faults:
        raise LocaleDataError(tuple(faults))
    return MappingProxyType(found)


def _load(path: Path, schema: Schema, faults: list[Fault]) -> Locale | None:
    try:
        document = parse_yaml(path.read_text(encoding="utf-8"), path.name)
    except UnicodeDecodeError as error:
        faults.append(Fault(path.name, 1, "", f"not UTF-8: {error.reason} at byte {error.start}"))
        return None
    faults.extend(document.faults)
    if document.faults:
        return None
    try:
        content = schema.load(document.content if document.content is not None else {})
    except ValidationError as error:
        faults.extend(document.fault(step, detail) for step, detail in flatten(error.messages))
        return None
    if content["locale"] != path.stem:
        faults.append(document.fault(("locale",), f"the file is named {path.stem}, the locale {content['locale']}"))
    locale = _build(content, document)
    faults.extend(_clashes(locale, document))
    return locale


def _build(content: Mapping[str, Any], document: Document) -> Locale:
    own = {"locale", "name", "sources", "prefixes", "months", "shared", "examples"}
    sections = {name: _section(name, entries, document) for name, entries in content.items() if name not in own}
    return Locale(
        tag=content["locale"],
        name=content["name"],
        file=document.file,
        sections=MappingProxyType(sections),
        months=tuple(tuple(names) for names in content["months"]),
        prefixes=tuple(content["prefixes"]),
        shared=MappingProxyType({name: frozenset(map(fold_key, labels)) for name, labels in content["shared"].items()}),
        examples=tuple(_example(example, document.lines["examples", index]) for index, example in enumerate(content["examples"])),
    )


def _section(name: str, entries: Mapping[str, Mapping[str, list[str]]], document: Document) -> Section:
    section: dict[str, tuple[Label, ...]] = {}
    for key, kinds in entries.items():
        labels: list[Label] = []
        for kind, texts in kinds.items():
            for index, text in enumerate(texts):
                line = document.lines.get((name, key, kind, index)) or document.lines.get((name, key, index)) or document.lines[name, key]
                first = kind == "alt" and index == 0 and "pref" not in kinds
                labels.append(Label(text, LabelKind.PREF if first else LabelKind(kind), line))
        section[key] = tuple(labels)
    return MappingProxyType(section)


def _example(entry: Mapping[str, Any], line: int) -> Example:
    reads = entry["reads"]
    return Example(entry["field"], entry["text"], tuple(reads) if isinstance(reads, list) else (str(reads),), line)


def _clashes(locale: Locale, document: Document) -> Iterator[Fault]:
    for name in locale.sections:
        seen: dict[str, tuple[str, Label]] = {}
        for key, label in locale.labels(name):
            folded = fold_key(label.text) + ("*" if label.text.endswith("*") else "")
            other, first = seen.setdefault(folded, (key, label))
            if first is label or folded.removesuffix("*") in locale.shared.get(name, ()):
                continue
            where = f"{name}.{key}"
            detail = (
                f"{label.text!r} stands twice here" if other == key else f"{label.text!r} is also a label of {other!r} (line {first.line})"
            )
            yield Fault(document.file, label.line, where, detail)
