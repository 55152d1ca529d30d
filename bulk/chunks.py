"""Records in portions: what one worker takes at a time, and after which an interrupted run can go on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bulk.engine import overridden_engine
from bulk.forms import WHOLE_ANSWERS, FormOrder, open_form
from bulk.json_text import dump_line
from bulk.record_answers import answer_record
from bulk.records import Item, Place, Reject
from bulk.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from normalizers import Override, RecordAnswer
    from normalizers.records.crosswalks import Crossing


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
    form: FormOrder = WHOLE_ANSWERS
    data: Path | None = None
    detect: bool = False
    mapping: Path | None = None
    overrides: tuple[Override, ...] = ()

    @property
    def engine(self) -> tuple[Path | None, Path | None, Path | None]:
        """What ``open_engine`` is to be called with."""
        return self.locales, self.data, self.mapping


@dataclass(frozen=True, slots=True)
class ChunkAnswer:
    """What became of a chunk: the bytes for the output, the rejects, what the form left unsaid, and the counts for the report."""

    block: bytes
    rejects: tuple[Reject, ...]
    unsaid: bytes
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
    registry = overridden_engine(treatment.engine, treatment.overrides)
    form = open_form(treatment.form)
    documents: list[Any] = []
    rejects: list[Reject] = []
    unsaid: list[bytes] = []
    tally = Tally()
    answers: list[tuple[RecordAnswer, Place]] = []
    for item in chunk.items:
        if isinstance(item, Reject):
            rejects.append(item)
            continue
        answer = answer_record(registry, item, detect=treatment.detect)
        if isinstance(answer, Reject):
            rejects.append(answer)
            continue
        crossing = form.cross(registry, answer)
        documents.append(crossing.document)
        unsaid.append(account_line(crossing, item.place))
        answers.append((answer, item.place))
        tally.count_crossing(crossing)
        tally.sample(item, answer.metadata)
    tally.count(answers)
    block = form.pack(documents) if documents else b""
    return ChunkAnswer(block, tuple(rejects), b"".join(unsaid), len(chunk.items), chunk.position, tally)


def account_line(crossing: Crossing, place: Place) -> bytes:
    """Write what one record left unsaid, and what its target lacks; nothing where there is nothing to tell."""
    if not crossing.unsaid and not crossing.lacks:
        return b""
    unsaid = [{"pointer": part.pointer, "reason": part.reason.value} for part in crossing.unsaid]
    lacks = [{"element": lack.element, "detail": lack.detail} for lack in crossing.lacks]
    return dump_line({"file": place.file, "line": place.line, "unsaid": unsaid, "lacks": lacks})
