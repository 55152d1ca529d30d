"""Says in an answer which layer it was read with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from normalizers.folding import fold_key
from normalizers.layers.merging import new_labels
from normalizers.layers.model import Layer, LayerConcept, LayerLabel, Match
from normalizers.localedata import Locale
from normalizers.results import Evidence, Issue, Result


class _Mark(Struct, frozen=True):
    layer: Layer
    concept: LayerConcept
    label: LayerLabel


class LayerMarks:
    """The labels that only layers have, and all labels of concepts that are a layer's own. Immutable."""

    def __init__(self, locales: Mapping[str, Locale], layers: tuple[Layer, ...]) -> None:
        self.layers = layers
        marks: dict[tuple[str, str], list[_Mark]] = {}
        own = ((layer, *pair) for layer in layers for pair in layer.labels() if pair[0].match is not Match.SAME)
        for mark in dict.fromkeys(_Mark(*found) for found in (*new_labels(locales, layers), *own)):
            marks.setdefault((mark.concept.key, _key(mark.label.text)), []).append(mark)
        self._marks = {key: tuple(found) for key, found in marks.items()}

    def mark(self, result: Result) -> Result:
        """Name the layers behind an answer: ``@layer`` ends the rule of its evidence, ``details.layers`` says what they read.

        A local type that is only mapped to a broader concept is an issue, ``mapped_to_broader``: the answer says less than the text.
        """
        if not self._marks or not (result.evidence or result.details):
            return result
        found = tuple(dict.fromkeys(self._found(result)))
        if not found:
            return result
        broader = (mark for mark in found if mark.concept.match is Match.BROAD)
        issues = {mark.concept.id: _broader(mark) for mark in broader}
        return replace(
            result,
            evidence=tuple(self._named(evidence) for evidence in result.evidence),
            issues=(*result.issues, *issues.values()),
            details={**result.details, "layers": _described(found)},
        )

    def _found(self, result: Result) -> Iterator[_Mark]:
        candidates = [candidate.label for candidate in result.candidates if candidate.label]
        for evidence in (*result.evidence, *_facets(result)):
            for concept in dict.fromkeys((evidence.yields, *candidates)):
                yield from self._marks.get((concept, _key(evidence.text)), ())

    def _named(self, evidence: Evidence) -> Evidence:
        tag = evidence.rule.split(":", 1)[0]
        marks = self._marks.get((evidence.yields, _key(evidence.text)), ())
        layer = next((mark.layer for mark in marks if mark.label.tag == tag), None)
        return replace(evidence, rule=f"{evidence.rule}@{layer.name}") if layer else evidence


def _key(text: str) -> str:
    # Readers also find labels whose spaces were left out.
    return fold_key(text).replace(" ", "")


def _facets(result: Result) -> Iterator[Evidence]:
    facets = result.details.get("facets")
    for facet in facets.values() if isinstance(facets, Mapping) else ():
        if isinstance(facet, Mapping) and isinstance(facet.get("evidence"), Evidence):
            yield facet["evidence"]


def _broader(mark: _Mark) -> Issue:
    stated = f"{mark.label.text!r} is {mark.concept.id} in {mark.layer.name} {mark.layer.version}"
    return Issue("mapped_to_broader", f"{stated}, which maps it to the broader {mark.concept.key!r}")


def _described(marks: tuple[_Mark, ...]) -> list[dict[str, Any]]:
    described = {(mark.layer.name, mark.concept.id): mark for mark in reversed(marks)}
    return [
        {"name": mark.layer.name, "version": mark.layer.version, "concept": mark.concept.id, "match": mark.concept.match.value}
        for mark in reversed(described.values())
    ]
