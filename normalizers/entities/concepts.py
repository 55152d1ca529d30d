"""Entities that stand in a vocabulary: types, versions, access rights, rights statements and licenses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from normalizers.document_types.crosswalks import crosswalks
from normalizers.entities.model import Entity
from normalizers.rights.tools import ELEMENTS, canonical_unit, family_of
from normalizers.vocabularies import Concept, Vocabulary

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "coar-resource-types": "resource_type",
        "coar-version-types": "version",
        "coar-access-rights": "access_right",
        "rights-statements": "rights_statement",
        "peer-review": "peer_review",
    }
)
"""The field whose answers are the concepts of a vocabulary."""

_TYPES = "coar-resource-types"
_TOOLS = "cc-legal-tools"
_OTHERS = "other-licenses"
_VERSION = "{version}"
_BOUNDS = (("-only", ""), ("-or-later", " or later"))
"""How SPDX tells whether later versions may be chosen too, for the licenses that leave it to those who grant them."""

_UNBOUND = (("", ""),)
_STATED = ("acronym", "bibo")


def list_concepts(vocabularies: Mapping[str, Vocabulary], names: Mapping[str, str]) -> Iterator[Entity]:
    """Yield what stands in the vocabularies, in their order; a concept whose identifier has no name is named by its key."""
    for title, field in FIELDS.items():
        vocabulary = vocabularies[title]
        for concept in vocabulary.concepts.values():
            broader = tuple(vocabulary.concepts[key].identifier for key in concept.broader)
            facts = {"definition": _stated(concept, "definition source"), "broader": broader, **_crossed(vocabularies, title, concept)}
            name = names.get(concept.identifier, concept.key)
            yield Entity(field, concept.identifier, name, _filled({**facts, **{fact: _stated(concept, fact) for fact in _STATED}}))
    yield from _legal_tools(vocabularies[_TOOLS])
    yield from _other_licenses(vocabularies[_OTHERS])


def _crossed(vocabularies: Mapping[str, Vocabulary], name: str, concept: Concept) -> dict[str, tuple[str, ...]]:
    if name != _TYPES:
        return {}
    return {scheme: (term,) for scheme, term in crosswalks(vocabularies, concept.key).items()}


def _legal_tools(vocabulary: Vocabulary) -> Iterator[Entity]:
    """Yield each family, which stands for the license without a version, and each of its tools."""
    families: dict[str, Entity] = {}
    tools: list[Entity] = []
    for concept in vocabulary.concepts.values():
        unit, version, *port = concept.identifier.split("creativecommons.org/")[1].strip("/").split("/")[1:]
        family = family_of(_unit(unit))
        name = _spaced(family)
        families.setdefault(family, Entity("license", family, name, _filled({"family": (family,)})))
        facts = {"family": (family,), "version": (version,), "jurisdiction": tuple(port), "spdx": _stated(concept, "spdx")}
        label = " ".join((name, version, *(part.upper() for part in port)))
        tools.append(Entity("license", concept.identifier, label, _filled(facts)))
    yield from families.values()
    yield from tools


def _other_licenses(vocabulary: Vocabulary) -> Iterator[Entity]:
    for concept in vocabulary.concepts.values():
        pattern = concept.properties.get("spdx")
        # A family that is no license itself gathers those below it ("BSD").
        above = [vocabulary.concepts[key] for key in concept.broader]
        family = next(((other.identifier,) for other in above if not other.properties), (concept.identifier,))
        if pattern is None or _VERSION not in pattern:
            facts = {"family": family, "spdx": _stated(concept, "spdx")}
            yield Entity("license", pattern or concept.identifier, concept.key, _filled(facts))
            continue
        yield Entity("license", concept.identifier, concept.key, _filled({"family": family}))
        for version in concept.properties.get("versions", "").split():
            for suffix, words in _BOUNDS if concept.properties.get("later") else _UNBOUND:
                spdx = pattern.replace(_VERSION, version) + suffix
                stated = {"family": family, "version": (version,), "spdx": (spdx,)}
                yield Entity("license", spdx, f"{concept.key} {version}{words}", _filled(stated))


def _unit(written: str) -> str:
    """Put the elements of an old address in the order of today; what is no row of elements stays as it is."""
    parts = written.split("-")
    return canonical_unit(parts) if set(parts) <= set(ELEMENTS) else written


def _spaced(family: str) -> str:
    """Write a family as people do: the elements of one of Creative Commons after a space."""
    prefix, joint, elements = family.partition("-")
    return f"{prefix} {elements}" if joint else prefix


def _stated(concept: Concept, name: str) -> tuple[str, ...]:
    return (concept.properties[name],) if name in concept.properties else ()


def _filled(facts: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({name: values for name, values in facts.items() if values})
