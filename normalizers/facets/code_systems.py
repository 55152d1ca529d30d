"""The codes of national systems and of libraries for types of documents, as entries beside the labels of the locales.

A code is read only where it is a whole value, or where the name of its system stands before it: it is too short to be looked for elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from normalizers.errors import VocabularyError
from normalizers.localedata import Entry, LabelKind
from normalizers.strict_yaml import parse_yaml

DEFINITIONS = tuple(map(Path(__file__).with_name, ("code_systems.yaml", "library_codes.yaml")))

_OF_SYSTEM = "-x-"
_SECTIONS = MappingProxyType(
    {"codes": "resource_types", "named_codes": "resource_types", "named_degrees": "degrees", "named_media": "media", "named_kinds": "kinds"}
)


class CodeSystem(Struct, frozen=True):
    """One system: what it is called, who publishes it, and its codes as entries by section of the locale files."""

    name: str
    source: str
    entries: Mapping[str, tuple[Entry, ...]]


def load_code_systems() -> tuple[CodeSystem, ...]:
    """Read the systems. Raises VocabularyError where a file is no YAML of ours."""
    documents = [parse_yaml(path.read_text(encoding="utf-8"), path.name) for path in DEFINITIONS]
    faults = tuple(fault for document in documents for fault in document.faults)
    if faults:
        raise VocabularyError(faults)
    return tuple(_system(key, members) for document in documents for key, members in document.content.items())


def is_of_system(locale: str) -> bool:
    """Tell whether an entry is a code of a system: its locale is the language of the system with the key of the system behind it."""
    return _OF_SYSTEM in locale


def _system(key: str, members: Mapping[str, Any]) -> CodeSystem:
    locale = f"{members['language']}{_OF_SYSTEM}{key}"
    entries: dict[str, list[Entry]] = {}
    for group, section in _SECTIONS.items():
        for concept, codes in members.get(group, {}).items():
            for label in _labels(codes, members["named"], alone=group == "codes"):
                entries.setdefault(section, []).append(Entry(concept, locale, label, LabelKind.HIDDEN))
    return CodeSystem(members["name"], members["source"], MappingProxyType({name: tuple(found) for name, found in entries.items()}))


def _labels(codes: list[str], names: list[str], *, alone: bool) -> Iterator[str]:
    for code in codes:
        if alone:
            yield code
        yield from (f"{name} {code}" for name in names)
