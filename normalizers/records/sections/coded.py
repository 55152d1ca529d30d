"""Language, type, version and peer review: values that stand for a concept of a vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from normalizers.records.desk import Desk
from normalizers.records.known import known
from normalizers.records.model import RawField
from normalizers.records.sections.base import Fields, put
from normalizers.results import Issue, Result, Status


class LanguageSection:
    """``languages``: BCP 47 tags, in the order of the record."""

    keys = reads = frozenset({"language"})
    repeats = True

    def build(self, fields: Fields, desk: Desk) -> dict[str, Any]:
        """Read the languages."""
        tags: list[str] = []
        for raw in fields.valued("language"):
            result = desk.ask("language", raw.value or "")
            places = [put(tags, tag) for tag in result.identifiers] if result.status is Status.MATCHED else []
            pointer = f"/languages/{places[0]}" if len(places) == 1 else "/languages"
            desk.decide(raw, result, pointer if places else None)
        return known(languages=tags)


class _Types:
    """``resource_types``: COAR resource types with their broader concepts, and the facets that the same texts state."""

    def build(self, fields: Fields, desk: Desk) -> dict[str, Any]:
        """Read the types; one that is broader than another of the record adds nothing and is left out."""
        read = [(raw, desk.ask("resource_type", raw.value or "")) for raw in fields.valued("resource_type")]
        read += self._coded(fields.valued("coded_type"), [result for _, result in read], desk)
        described = [item for _, result in read if result.status is Status.MATCHED for item in _types(result)]
        implied = {broader["uri"] for item in described for broader in item["broader"]}
        types: list[dict[str, Any]] = []
        for item in described:
            if item["uri"] not in implied and all(item["uri"] != other["uri"] for other in types):
                types.append(item)
        for raw, result in read:
            desk.decide(raw, result, _place(result, types))
        return known(resource_types=types, **{member: _facets(read, name) for member, name in _FACETS.items()})

    def _coded(self, raws: Iterable[RawField], stated: Sequence[Result], desk: Desk) -> list[tuple[RawField, Result]]:
        """Give the code that tells the type, if the record's own values state none, or only broader ones; the other codes are noted.

        The first code that is understood counts, for they come in the order of what they are worth.
        """
        read = [(raw, desk.ask("resource_type", raw.value or "")) for raw in raws]
        told = next(((raw, result) for raw, result in read if result.status is Status.MATCHED), None)
        used = told is not None and self._adds(told[1], stated)
        for raw, result in read:
            if not used or (raw, result) != told:
                desk.decide(raw, result)
        return [(told[0], told[1].with_issues(_FROM_CODE))] if used and told else []

    @staticmethod
    def _adds(coded: Result, stated: Sequence[Result]) -> bool:
        """Tell whether a coded type says what no other value says, and is contradicted by none."""
        if any(result.status is Status.AMBIGUOUS for result in stated):
            return False
        broader = {concept["uri"] for item in _types(coded) for concept in item["broader"]}
        return broader.issuperset(uri for result in stated for uri in result.identifiers)


_FROM_CODE = Issue("type_from_code", "no other value of the record states a type as narrow: it is read from a code of the record")
_FACETS = MappingProxyType({"genres": "genre", "degree_levels": "degree", "audience_groups": "audience", "media": "medium"})


class _Concept:
    """A field with one concept: stated by its own values, or beside the type in a value for the type."""

    def __init__(self, field: str) -> None:
        self.field = field

    def build(self, fields: Fields, desk: Desk) -> dict[str, Any]:
        """Read the values; where they contradict each other the record states none."""
        read = [(raw, desk.ask(self.field, raw.value or "")) for raw in fields.valued(self.field)]
        read += [(raw, desk.ask(self.field, raw.value or "")) for raw in fields.valued("resource_type") if self._is_beside(raw, desk)]
        found = {result.identifiers[0]: result for _, result in read if result.status is Status.MATCHED}
        only = next(iter(found.values())) if len(found) == 1 else None
        for raw, result in read:
            desk.decide(raw, result, f"/{self.field}" if only and result.status is Status.MATCHED else None)
        if len(found) > 1:
            desk.remark("contradiction", f"the record states {len(found)} that differ: {', '.join(found)}", f"/{self.field}")
        return {self.field: _concept(only)} if only else {}

    def _is_beside(self, raw: RawField, desk: Desk) -> bool:
        return self.field in desk.ask("resource_type", raw.value or "").details.get("facets", {})


_KINDS = (_Types(), _Concept("version"), _Concept("peer_review"))


class KindSection:
    """What kind of thing the work is: its types, its version, and whether it was peer reviewed. A value for the type may state all."""

    keys = reads = frozenset({"resource_type", "coded_type", "version", "peer_review"})
    repeats = True

    def build(self, fields: Fields, desk: Desk) -> dict[str, Any]:
        """Read what is said of each."""
        return {name: member for kind in _KINDS for name, member in kind.build(fields, desk).items()}


def _concept(result: Result) -> dict[str, Any]:
    return known(uri=result.identifiers[0], label=result.details.get("label"))


def _types(result: Result) -> list[dict[str, Any]]:
    described = [result.details, *result.details.get("also", ())]
    return [
        {"uri": uri, **known(label=one.get("label")), "broader": [_broader(concept) for concept in one.get("broader", ())]}
        for uri, one in zip(result.identifiers, described, strict=False)
    ]


def _broader(concept: Mapping[str, Any]) -> dict[str, Any]:
    return {"uri": concept["identifier"], "label": concept["label"]}


def _facets(read: Iterable[tuple[RawField, Result]], name: str) -> list[str]:
    """Collect what the type fields say of one facet, each once."""
    stated = (result.details.get("facets", {}).get(name) for _, result in read)
    return list(dict.fromkeys(facet["label"] for facet in stated if facet))


def _place(result: Result, types: list[dict[str, Any]]) -> str | None:
    """Tell where the types of a value went; one that another type implies went where that one is."""
    if result.status is not Status.MATCHED:
        return None
    for index, item in enumerate(types):
        if result.identifiers[0] in {item["uri"], *(broader["uri"] for broader in item["broader"])}:
            return f"/resource_types/{index}" if len(result.identifiers) == 1 else "/resource_types"
    return None
