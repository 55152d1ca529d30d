"""From a COAR resource type to the terms of other schemes, by the tables in ``vocabularies/type_crosswalks.yaml``."""

from __future__ import annotations

from collections.abc import Mapping

from normalizers.vocabularies import Vocabulary

SCHEMES_VOCABULARY = "type-crosswalks"
_TYPES_VOCABULARY = "coar-resource-types"


def crosswalk(vocabularies: Mapping[str, Vocabulary], concept: str, target: str) -> str | None:
    """Give the term of a target scheme for a resource type; None where the scheme has none.

    ``concept`` is a key or an identifier of COAR Resource Types, ``target`` one of ``datacite``, ``openaire``, ``eu-repo``, ``dcmi``,
    ``schema-org``, ``csl``, ``bibtex``. A type without a term of its own takes that of its nearest broader type. KeyError on other names.
    """
    types = vocabularies[_TYPES_VOCABULARY]
    key = types.by_identifier[concept].key if concept in types.by_identifier else types.concepts[concept].key
    terms = vocabularies[SCHEMES_VOCABULARY].concepts[target].properties
    for name in (key, *(broader.key for broader in types.ancestors(key))):
        if name in terms:
            return terms.get("term base", "") + terms[name]
    return None


def crosswalks(vocabularies: Mapping[str, Vocabulary], concept: str) -> dict[str, str]:
    """Give the terms of all target schemes that have one for a resource type."""
    found = {target: crosswalk(vocabularies, concept, target) for target in vocabularies[SCHEMES_VOCABULARY].concepts}
    return {target: term for target, term in found.items() if term is not None}
