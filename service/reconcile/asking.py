"""What one query asks for, whichever version of the API says it: texts or identifiers, their types, and what else holds of the entity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.reconcile.manifest import LOCALE

_ANY, _ALL, _NONE = "any", "all", "none"
QUANTIFIERS = (_ANY, _ALL, _NONE)
NAME, PROPERTY, IDENTIFIER = "name", "property", "id"
MATCHED = (NAME, PROPERTY, IDENTIFIER)
"""What a condition may be about: the name of the entity, what is known of it, or its identifier."""


@dataclass(frozen=True, slots=True)
class Condition:
    """That any, all or none of some values are among those that are known of an entity under a property.

    One that is required keeps every entity out of which it does not hold.
    """

    about: str
    values: frozenset[str]
    quantifier: str = _ANY
    is_required: bool = False

    def holds(self, facts: Sequence[str]) -> bool | None:
        """Tell whether it holds where these facts are known; None where nothing is known, or nothing is asked."""
        known = {fact.casefold() for fact in facts}
        if self.quantifier == _NONE:
            return not known & self.values
        if not known or not self.values:
            return None
        return self.values <= known if self.quantifier == _ALL else bool(self.values & known)


@dataclass(frozen=True, slots=True)
class Asked:
    """One query. Of several texts or identifiers any may be meant."""

    texts: tuple[str, ...]
    identifiers: tuple[str, ...]
    types: tuple[str, ...]
    limit: int
    locale: str | None
    conditions: tuple[Condition, ...]


def asked_by_name(query: Mapping[str, Any]) -> Asked:
    """Read a query of version 0.2: a name, beside properties."""
    hints = {item["pid"]: item["v"] for item in query["properties"]}
    locale = hints.pop(LOCALE, None)
    conditions = tuple(Condition(about, _folded(values_in(value))) for about, value in hints.items())
    return Asked((query["query"],), (), query["type"], query["limit"], locale if isinstance(locale, str) else None, conditions)


def asked_by_conditions(query: Mapping[str, Any]) -> Asked:
    """Read a query of the draft of version 1.0: all that it asks for are conditions."""
    told: dict[str, list[Mapping[str, Any]]] = {kind: [] for kind in MATCHED}
    for condition in query["conditions"]:
        told[condition["matchType"]].append(condition)
    texts, identifiers = (_all_values(told[kind]) for kind in (NAME, IDENTIFIER))
    hints = [condition for condition in told[PROPERTY] if condition["propertyId"] != LOCALE]
    spoken = [condition.get("lang") for condition in told[NAME]] + [query.get("lang")]
    spoken += _all_values(condition for condition in told[PROPERTY] if condition["propertyId"] == LOCALE)
    locale = next((tag for tag in spoken if tag), None)
    types = (query["type"],) if "type" in query else ()
    return Asked(texts, identifiers, types, query["limit"], locale, tuple(_condition(condition) for condition in hints))


def _condition(told: Mapping[str, Any]) -> Condition:
    return Condition(told["propertyId"], _folded(values_in(told["propertyValue"])), told["matchQuantifier"], told["required"])


def _all_values(conditions: Any) -> tuple[str, ...]:
    return tuple(value for condition in conditions for value in values_in(condition["propertyValue"]))


def values_in(given: Any) -> tuple[str, ...]:
    """Write one value of a property, or several, as texts; what was matched before stands for its identifier."""
    return tuple(
        str(value.get("id", value.get("name", "")) if isinstance(value, dict) else value)
        for value in (given if isinstance(given, list) else [given])
    )


def _folded(values: Sequence[str]) -> frozenset[str]:
    return frozenset(value.casefold() for value in values)
