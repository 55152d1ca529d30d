"""Decisions as labels for a locale file: what was decided here becomes what everybody's drets knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import yaml
from sqlalchemy import Row

from normalizers import Registry
from service.terms.decisions import Kind

_SECTIONS = {
    "resource_type": ("resource_types", "coar-resource-types"),
    "version": ("versions", "coar-version-types"),
    "peer_review": ("peer_review", "peer-review"),
    "access_right": ("access_status", "coar-access-rights"),
    "language": ("languages", None),
}
"""In which section of a locale the labels of a field stand, and of which vocabulary their concepts are."""


def write_patch(rows: Iterable[Row[Any]], registry: Registry, tag: str) -> str:
    """Write what can be said as labels as a fragment of the locale ``tag``, and what cannot as comments, for whoever reads them.

    A decision does not say which language its text is in; whoever asks for the patch does.
    """
    sections: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    left: list[str] = []
    for row in rows:
        concept = _concept(row, registry)
        if concept is None:
            left.append(f"#   {row.field}: {row.text!r}: {row.identifier or row.decision}")
        else:
            sections[_SECTIONS[row.field][0]][concept].append(row.text)
    head = f"# Labels for locales/{tag}.yaml, from decisions on terms: add them to the lists of that file, and look at each once more.\n"
    body = (
        yaml.safe_dump({name: dict(concepts) for name, concepts in sections.items()}, allow_unicode=True, width=1_000) if sections else ""
    )
    rest = "# What no label of a locale can say:\n" + "\n".join(left) + "\n" if left else ""
    return head + body + rest


def _concept(row: Row[Any], registry: Registry) -> str | None:
    if row.decision != Kind.IDENTIFIER or row.field not in _SECTIONS:
        return None
    vocabulary = _SECTIONS[row.field][1]
    if vocabulary is None:
        return str(row.identifier)
    concepts = registry.vocabularies[vocabulary].concepts
    return next((key for key, concept in concepts.items() if concept.identifier == row.identifier), None)
