"""What a term may mean: what the reader considered, and what it would be in another field."""

from __future__ import annotations

from itertools import islice
from typing import Any

from normalizers import OVERRIDABLE, Registry, Status
from service.terms.decisions import check_identifier

_MOST = 5


def suggest(registry: Registry, field: str, text: str) -> list[dict[str, Any]]:
    """Give identifiers of the field that may be meant: what the reader considered, then the names that look most alike.

    None is ever taken without a person, and each can be decided for.
    """
    result = registry.with_overrides(()).normalize(field, text)
    found: dict[str, dict[str, Any]] = {
        candidate.identifier: {"identifier": candidate.identifier, "label": candidate.label, "score": None, "from": "reading"}
        for candidate in result.candidates
    }
    for entity, likeness in registry.catalogue.near(text, (field,), limit=2 * _MOST):
        near = {"identifier": entity.identifier, "label": entity.name, "score": round(likeness, 1), "from": "name"}
        found.setdefault(entity.identifier, near)
    fitting = (item for identifier, item in found.items() if check_identifier(registry, field, identifier) is None)
    return list(islice(fitting, _MOST))


def hints(registry: Registry, field: str, text: str) -> list[dict[str, Any]]:
    """Tell in which other fields the text is understood: it may stand in the wrong place, or say two things at once."""
    read = registry.with_overrides(()).normalize
    others = [(other, read(other, text)) for other in OVERRIDABLE if other != field]
    return [
        {"field": other, "status": result.status.value, "identifiers": list(result.identifiers)}
        for other, result in others
        if result.status is Status.MATCHED
    ]
