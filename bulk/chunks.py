"""Records in portions: what one worker takes at a time, and after which an interrupted run can go on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulk.engine import open_engine
from bulk.record_answers import answer_record, dump_record
from bulk.records import Item, Reject
from bulk.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Portion:
    """How much a chunk holds at most; a single record may be larger."""

    items: int = 256
    size: int = 1 << 20


@dataclass(frozen=True, slots=True)
class Chunk:
    """Records in their order; ``position`` is how many bytes of all inputs were taken when the last was read."""

    items: tuple[Item | Reject, ...]
    position: int


@dataclass(frozen=True, slots=True)
class Treatment:
    """What is done to every chunk. It travels to the worker processes, so it says which engine, and holds none."""

    locales: Path | None = None
    pretty: bool = False
    data: Path | None = None
    detect: bool = False


@dataclass(frozen=True, slots=True)
class ChunkAnswer:
    """What became of a chunk: the bytes for the output, the rejects, and the counts for the report."""

    block: bytes
    rejects: tuple[Reject, ...]
    items: int
    position: int
    tally: Tally


def cut_chunks(items: Iterable[tuple[Item | Reject, int]], portion: Portion) -> Iterator[Chunk]:
    """Cut a stream of records into chunks. Where the cuts fall depends on the records alone, never on who is waiting."""
    held: list[Item | Reject] = []
    size = position = 0
    for item, position in items:
        held.append(item)
        size += len(item.raw)
        if len(held) >= portion.items or size >= portion.size:
            yield Chunk(tuple(held), position)
            held.clear()
            size = 0
    if held:
        yield Chunk(tuple(held), position)


def answer_chunk(treatment: Treatment, chunk: Chunk) -> ChunkAnswer:
    """Normalize the records of a chunk; the registry is that of this process."""
    registry = open_engine(treatment.locales, treatment.data)
    lines: list[bytes] = []
    rejects: list[Reject] = []
    tally = Tally()
    for item in chunk.items:
        answer = answer_record(registry, item, detect=treatment.detect) if isinstance(item, Item) else item
        if isinstance(answer, Reject):
            rejects.append(answer)
        else:
            lines.append(dump_record(answer, pretty=treatment.pretty))
            tally.count(answer, item.place)
    return ChunkAnswer(b"".join(lines), tuple(rejects), len(chunk.items), chunk.position, tally)
