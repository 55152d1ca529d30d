"""Writes a layer's file, in the strict YAML that the loader reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from normalizers.layers.drafting import DraftConcept
from normalizers.layers.model import Match
from normalizers.localedata import LabelKind

HEADER = """\
# A layer of labels for a vocabulary of drets, made by `drets vocabularies import`; it may be edited by hand.
# Each concept has its address (id); one that is not the vocabulary's own names the one that means the same (exact) or more (broad).
# A label that rightly names several concepts is listed under shared, by language: the answer is then ambiguous, unless the text decides.
"""


def write_layer(head: Mapping[str, str], concepts: Iterable[DraftConcept], shared: Mapping[str, Iterable[str]]) -> str:
    """Write a layer; ``head`` holds layer, version, title, source, license and vocabulary; ``shared`` labels by language."""
    content: dict[str, Any] = dict(head)
    if shared:
        content["shared"] = {tag: sorted(set(labels)) for tag, labels in sorted(shared.items())}
    content["concepts"] = [_entry(concept) for concept in concepts]
    return HEADER + yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000)


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, _node: Any) -> bool:
        """Write everything out: the strict loader refuses anchors and aliases."""
        return True


def _entry(concept: DraftConcept) -> dict[str, Any]:
    target = {} if concept.match is Match.SAME else {concept.match.value: concept.target}
    # The loader knows a concept of the vocabulary by the address that stands in it, whichever spelling the file had.
    identity = concept.target if concept.match is Match.SAME else concept.id
    return {"id": identity, **target, "labels": {tag: _kinds(kinds) for tag, kinds in concept.labels.items()}}


def _kinds(kinds: Mapping[LabelKind, tuple[str, ...]]) -> dict[str, Any]:
    return {kind.value: texts[0] if kind is LabelKind.PREF else list(texts) for kind, texts in sorted(kinds.items(), key=_rank)}


def _rank(item: tuple[LabelKind, tuple[str, ...]]) -> int:
    return list(LabelKind).index(item[0])
