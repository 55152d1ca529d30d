"""A few records of a run, chosen fairly and always the same, to show what became of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from heapq import nsmallest
from typing import TYPE_CHECKING, Any

from bulk.json_text import dump_pretty

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bulk.records import Item

_KEPT = 5
_LONGEST = 20_000
"""Bytes of the longest record that is shown: nobody looks through a longer one."""


@dataclass(frozen=True, slots=True, order=True)
class Sample:
    """A record before and after. ``lot`` is drawn by its content, so that each record has the same chance whoever counts it."""

    lot: int
    place: str
    before: str = field(compare=False)
    after: str = field(compare=False)


@dataclass(slots=True)
class Samples:
    """The records with the smallest lots so far."""

    kept: list[Sample] = field(default_factory=list)

    def offer(self, item: Item, metadata: Mapping[str, Any]) -> None:
        """Keep a record if its lot is among the smallest."""
        if len(item.raw) > _LONGEST:
            return
        lot = int.from_bytes(blake2b(item.raw, digest_size=6).digest())
        if len(self.kept) < _KEPT or lot < self.kept[-1].lot:
            after = dump_pretty(metadata).decode().rstrip("\n")
            self.add((Sample(lot, str(item.place), item.raw.decode("utf-8", "replace"), after),))

    def add(self, others: Iterable[Sample]) -> None:
        """Keep the smallest lots of both."""
        self.kept = nsmallest(_KEPT, {sample.lot: sample for sample in (*others, *reversed(self.kept))}.values())
