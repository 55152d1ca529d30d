"""A layer as it was read from its file: immutable, each label with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from normalizers.localedata import LabelKind


class Match(StrEnum):
    """How a concept of a layer stands to the concept that answers carry, in the words of SKOS."""

    SAME = "same"
    EXACT = "exact"
    BROAD = "broad"


class LayerLabel(Struct, frozen=True):
    """One wording of a concept in one language; ``line`` is that of the layer's file."""

    tag: str
    text: str
    kind: LabelKind
    line: int


class LayerConcept(Struct, frozen=True):
    """A concept of a layer: its own address, and the key of the vocabulary's concept that is the same, means the same, or is broader."""

    id: str
    key: str
    match: Match
    labels: tuple[LayerLabel, ...]


class Layer(Struct, frozen=True, eq=False):
    """Labels added to one vocabulary. Two layers are equal only if they are one: there may be many labels to compare.

    ``shared`` holds, by language, the folded labels that rightly name several concepts, here or together with the words of drets.
    """

    name: str
    version: str
    title: str
    source: str
    license: str
    vocabulary: str
    file: str
    concepts: tuple[LayerConcept, ...]
    shared: Mapping[str, frozenset[str]]

    def labels(self) -> Iterator[tuple[LayerConcept, LayerLabel]]:
        """Yield every label with its concept, in the order of the file."""
        for concept in self.concepts:
            for label in concept.labels:
                yield concept, label

    def is_shared(self, tag: str, folded: str) -> bool:
        """Tell whether the layer says that a label rightly names several concepts."""
        return folded in self.shared.get(tag, ())
