"""Extent, collections, and counts of citations."""

from __future__ import annotations

import re
from typing import Any

from msgspec.structs import replace

from normalizers.extents import Extent
from normalizers.records.counts import Count
from normalizers.records.desk import Desk
from normalizers.records.known import known
from normalizers.records.model import RawField
from normalizers.records.sections.base import Fields, put
from normalizers.results import Evidence, Issue, Result, Status

_STEP = re.compile(r"(?:(?<!\s)\s*)?(?:>|›|»|→|::)\s*")


class ExtentSection:
    """``extent``: pages, volumes and size; a text of which anything is not understood stands in ``texts`` whole."""

    keys = reads = frozenset({"extent"})
    repeats = True

    def build(self, fields: Fields, desk: Desk) -> dict[str, Any]:
        """Read the extents; the first that states pages, volumes or a size counts.

        Another number of pages or volumes is a contradiction; another size is that of another file, and stands in ``texts``.
        """
        found: dict[str, Any] = {}
        texts: list[str] = []
        for raw in fields.valued("extent"):
            shown, result = desk.text(raw, "extent")
            extent = desk.readers.extents.read(shown)
            for name, value in _stated(extent).items():
                if found.setdefault(name, value) != value:
                    put(texts, shown)
                    if name != "size":
                        desk.remark("contradiction", f"the record states {name} that differ: {found[name]}, {value}", f"/extent/{name}")
            if extent.leftover:
                put(texts, shown)
            desk.decide(raw, _answer(result, extent), "/extent")
        return known(extent=known(**found, texts=texts))


def _stated(extent: Extent) -> dict[str, Any]:
    size = {"value": extent.size.value, "unit": extent.size.unit} if extent.size else None
    return known(pages=extent.pages, volumes=extent.volumes, size=size)


def _answer(result: Result, extent: Extent) -> Result:
    note = (Issue("partly_read", f"not understood: {extent.leftover}"),) if extent.leftover else ()
    status = Status.MATCHED if extent.evidence else Status.UNMATCHED
    return replace(result, status=status, evidence=extent.evidence, issues=(*result.issues, *note), details=_stated(extent))


class CollectionSection:
    """``collections``: each a path from the widest to the narrowest."""

    keys = reads = frozenset({"collection"})
    repeats = True

    def build(self, fields: Fields, desk: Desk) -> dict[str, Any]:
        """Split each path into its steps."""
        paths: list[list[str]] = []
        for raw in fields.valued("collection"):
            shown, result = desk.text(raw, "collection")
            path = [name for name in _STEP.split(shown) if name]
            desk.decide(raw, result, f"/collections/{put(paths, path)}" if path else None)
        return known(collections=paths)


class CountSection:
    """``citation_counts``: by index; one that gives no number has none, which is not the same as zero."""

    keys = reads = frozenset({"citation_count"})
    repeats = True

    def build(self, fields: Fields, desk: Desk) -> dict[str, Any]:
        """Read the counts."""
        counts: list[dict[str, Any]] = []
        for raw in fields.all("citation_count"):
            if raw.value or raw.reason == "null":
                self._add(raw, desk, counts)
        return known(citation_counts=counts)

    def _add(self, raw: RawField, desk: Desk, counts: list[dict[str, Any]]) -> None:
        index = desk.readers.counts.canonical(raw.name) if raw.rule.startswith("shape:") else None
        shown, result = desk.text(raw, "citation_count")
        stated = desk.readers.counts.read(shown)
        for count in stated:
            item = {**known(index=count.index or index), "count": count.number}
            desk.decide(raw, _count_answer(result, shown, count), f"/citation_counts/{put(counts, item)}")
        if not stated and (raw.value or index):
            pointer = f"/citation_counts/{put(counts, {'index': index, 'count': None})}" if index else None
            desk.decide(raw, _without_number(result), pointer)


def _count_answer(result: Result, shown: str, count: Count) -> Result:
    evidence = (Evidence(count.start, count.end, shown[count.start : count.end], "counts", str(count.number)),)
    if count.number is not None:
        return replace(result, evidence=evidence)
    return _without_number(result)


def _without_number(result: Result) -> Result:
    note = Issue("number_missing", "no number of citations is given")
    return replace(result, status=Status.UNMATCHED, evidence=(), issues=(*result.issues, note))
