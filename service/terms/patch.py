"""Decisions as labels for a locale file: what was decided here becomes what everybody's drets knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Row

from bulk.additions import Addition
from normalizers import term_key
from normalizers.localedata import Locale
from normalizers.vocabularies import Concept, Vocabulary
from service.terms.decisions import Kind

_SECTIONS: Mapping[str, tuple[str, str]] = {
    "resource_type": ("resource_types", "coar-resource-types"),
    "version": ("versions", "coar-version-types"),
    "peer_review": ("peer_review", "peer-review"),
    "access_right": ("access_status", "coar-access-rights"),
    "rights_statement": ("rights_statements", "rights-statements"),
    "license": ("other_licenses", "other-licenses"),
}
"""In which section of a locale the labels of a field stand, and of which vocabulary its concepts are."""

_TOOLS = {"publicdomain/zero/1.0": "CC0", "publicdomain/mark/1.0": "PDM"}
"""Those of Creative Commons' legal tools that have a name of their own; that of any other is put together of its elements."""

_NO_LETTERS = frozenset("*#")
"""A star stands for the rest of a word, and # for a number; and a label that begins with = is read letter for letter."""

_OF_VERSIONS = "0123456789."
_BEFORE_VERSIONS = ", \t\N{NO-BREAK SPACE}"


def propose(row: Row[Any], vocabularies: Mapping[str, Vocabulary], locale: Locale) -> Addition | None:
    """Give the label that says what was decided; None where none can, or where the locale has it already."""
    label = " ".join(row.text.split())
    if row.decision != Kind.IDENTIFIER or not label.isprintable() or label.startswith("=") or not _NO_LETTERS.isdisjoint(label):
        return None
    for section, concept, is_versioned in _places(row.field, row.identifier, vocabularies):
        name = _without_version(label) if is_versioned else label
        if name and term_key(name) not in {term_key(known.text) for _, known in locale.labels(section)}:
            return Addition(section, concept, name)
    return None


def _without_version(label: str) -> str:
    return label.rstrip(_OF_VERSIONS).rstrip(_BEFORE_VERSIONS) if label[-1:].isdigit() else label


def _places(field: str, identifier: str, vocabularies: Mapping[str, Vocabulary]) -> Iterator[tuple[str, str, bool]]:
    """Yield section and concept that an identifier stands for, and whether its version stands behind the name."""
    if field == "language":
        yield "languages", identifier, False
        return
    section, vocabulary = _SECTIONS[field]
    for key, concept in vocabularies[vocabulary].concepts.items():
        if concept.identifier == identifier:
            yield section, key, False
        elif identifier in _versions(concept):
            yield section, key, True
    if field == "license":
        for key, name in _TOOLS.items():
            if vocabularies["cc-legal-tools"].concepts[key].identifier == identifier:
                yield "license_names", name, False


def _versions(concept: Concept) -> Iterator[str]:
    """Yield the identifiers of the versions of a licence that has several."""
    pattern = concept.properties.get("spdx", "")
    for version in concept.properties.get("versions", "").split():
        for bound in ("", "-only", "-or-later"):
            yield pattern.replace("{version}", version) + bound
