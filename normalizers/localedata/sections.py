"""Which sections a locale file may have, which keys each takes, and what every key means.

The definitions are data (``sections.yaml``), read with the same strict parser; they feed the schema, the template that
``drets locales new`` writes, and the guide for those who add a language.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from normalizers.errors import VocabularyError
from normalizers.strict_yaml import parse_yaml
from normalizers.vocabularies import Vocabulary

DEFINITIONS = Path(__file__).with_name("sections.yaml")


class SectionDefinition(Struct, frozen=True):
    """One section: its purpose, its keys with their meaning (none: any language tag or territory), and whether it has stems.

    Where ``stems`` is true, a ``*`` in a label stands for the rest of a word: after its stem, or before the first one.
    """

    name: str
    purpose: str
    keys: Mapping[str, str]
    open: bool
    stems: bool


def load_sections(vocabularies: Mapping[str, Vocabulary]) -> Mapping[str, SectionDefinition]:
    """Read the definitions; a section that takes its keys from a vocabulary gets that vocabulary's concepts."""
    document = parse_yaml(DEFINITIONS.read_text(encoding="utf-8"), DEFINITIONS.name)
    if document.faults:
        raise VocabularyError(document.faults)
    return MappingProxyType({name: _definition(name, entry, vocabularies) for name, entry in document.content.items()})


def _definition(name: str, entry: Mapping[str, str | Mapping[str, str]], vocabularies: Mapping[str, Vocabulary]) -> SectionDefinition:
    keys = entry.get("keys", {})
    if isinstance(keys, str):
        open_keys = keys == "any"
        meanings = {} if open_keys else {key: concept.identifier for key, concept in vocabularies[keys].concepts.items()}
    else:
        open_keys, meanings = False, dict(keys)
    return SectionDefinition(name, str(entry["purpose"]), MappingProxyType(meanings), open_keys, entry.get("stems") == "true")
