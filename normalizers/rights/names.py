"""Second way of reading: names of licences in any language, with their elements in any order.

A name is recognized by how its pieces stand together, not by its words: spaCy's matcher looks for the shapes below in the
row of pieces, whatever languages they come from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from normalizers.reading import Query
from normalizers.results import Issue, Method
from normalizers.rights.items import Item, find_items
from normalizers.rights.model import Reading
from normalizers.rights.tools import LegalTools, canonical_unit
from normalizers.terms import Hit

_FILLERS = {"ORTH": {"IN": ["LICENSE", "CC", "VERSION", "UNPORTED"]}}
_FILLERS_OR_PORT = {"ORTH": {"IN": ["LICENSE", "CC", "VERSION", "UNPORTED", "PORT"]}}
_NUMBER = {"ORTH": "NUMBER"}
_PORT = {"ORTH": "PORT"}
_SHAPES = {
    # Attribution-NonCommercial 3.0 Spain, CC BY-NC 3.0 ES, Attribution Spain 3.0
    "name_version": lambda name: [{**_FILLERS, "OP": "*"}, *name, {**_FILLERS_OR_PORT, "OP": "*"}, {**_NUMBER, "OP": "?"}, {**_FILLERS, "OP": "*"}, {**_PORT, "OP": "?"}],
    # Creative Commons 3.0 Attribution
    "version_name": lambda name: [{"ORTH": "CC"}, {**_FILLERS_OR_PORT, "OP": "*"}, _NUMBER, {**_FILLERS_OR_PORT, "OP": "*"}, *name],
}
_NAMES = {
    "elements": [{"ORTH": "ELEMENT", "OP": "+"}],
    "code": [{"ORTH": "CODE"}],
    "tool": [{"ORTH": {"IN": ["CC0", "PDM"]}, "OP": "+"}],
}
_UNITS = {"cc0": "zero", "pdm": "mark"}


class NameReader:
    """Reads the licence names in a text. Immutable."""

    def __init__(self, tools: LegalTools) -> None:
        self._tools = tools
        self._vocab = Vocab()
        self._matcher = Matcher(self._vocab)
        for name, pattern in _NAMES.items():
            self._matcher.add(name, [shape(pattern) for shape in _SHAPES.values()], greedy="LONGEST")

    def read(self, query: Query, hits: Sequence[Hit]) -> Iterator[Reading]:
        """Yield a reading for every licence name, in the order of the text."""
        items = find_items(query, hits, self._tools.ports)
        if not any(item.kind in {"ELEMENT", "CODE", "CC0", "PDM"} for item in items):
            return
        row = Doc(self._vocab, words=[item.kind for item in items])
        taken: set[int] = set()
        for _, start, end in sorted(self._matcher(row), key=lambda match: (match[1] - match[2], match[1])):
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                reading = self._interpret(query, items[start:end])
                if reading:
                    yield reading

    def _interpret(self, query: Query, items: Sequence[Item]) -> Reading | None:
        names = [item for item in items if item.kind in {"ELEMENT", "CODE", "CC0", "PDM"}]
        version = next((item.value for item in items if item.kind == "NUMBER"), None)
        port = next((item.value for item in items if item.kind == "PORT"), None) if version else None
        unit = _UNITS.get(names[0].value) or canonical_unit(part for item in names for part in item.value.split("-"))
        if not _is_stated(items, names, version):
            return None
        evidence = tuple(_evidence(query, item, unit) for item in items if item.kind not in {"BREAK", "LICENSE", "VERSION"})
        return Reading(unit, Method.NAME, evidence, version, port, issues=self._impossible(unit))

    def _impossible(self, unit: str) -> tuple[Issue, ...]:
        if {"nd", "sa"} <= set(unit.split("-")):
            return (Issue("license_impossible", f"no licence has the elements {unit.upper()}"),)
        return ()


def _is_stated(items: Sequence[Item], names: Sequence[Item], version: str | None) -> bool:
    """One element word alone may be a plain word; Creative Commons, a second element or a version makes it a name."""
    if any(item.kind != "ELEMENT" for item in names):
        return True
    values = {item.value for item in names}
    named = any(item.kind == "CC" for item in items)
    return named or ("by" in values and (len(values) > 1 or version is not None)) or (len(values) > 1 and version is not None)


def _evidence(query: Query, item: Item, unit: str):  # noqa: ANN202 - Evidence, private
    yields = {"ELEMENT": item.value.upper(), "CODE": unit.upper(), "NUMBER": f"version {item.value}", "PORT": f"port {item.value}", "CC": "CC"}
    return query.folded_evidence(item.start, item.end, item.rule, yields.get(item.kind, item.kind))
