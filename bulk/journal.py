"""The journal beside an unfinished output: how far it is, so that the next run can go on from there."""

from __future__ import annotations

import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

from bulk.exits import Failure
from bulk.outputs import JOURNAL
from bulk.tally import Tally

EVERY = 2.0
"""Seconds between two checkpoints: each waits for the disk, and what lies behind the last is done again."""

_SHARE = 20
"""A checkpoint may take one second in so many: with many counts to note, they are rarer."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """So many records are dealt with, ``rejected`` of them turned away, and so many bytes of each file lie on the disk.

    ``complete`` means that there are no more records, and that only the names are to be given. ``token`` is what a server that is
    harvested asks to be given for what comes next.
    """

    items: int = 0
    rejected: int = 0
    output: int = 0
    rejects: int = 0
    unsaid: int = 0
    complete: bool = False
    token: str = ""


START = Checkpoint()


def journal_path(output: Path) -> Path:
    """Where the journal of an output lies: beside it, through a symbolic link."""
    real = Path(os.path.realpath(output))
    return real.with_name(real.name + JOURNAL)


def load_checkpoint(path: Path, order: dict[str, Any]) -> tuple[Checkpoint, Tally]:
    """Read how far the earlier run came, and what it had counted; the start, where there was none.

    Raises:
        Failure: That run was a different one: other inputs, other options, other data. Its records would not fit to ours.
    """
    if not path.exists():
        return START, Tally()
    header, *entry = [orjson.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]
    differing = sorted(name for name in order.keys() | header.keys() if order.get(name) != header.get(name))
    if differing:
        raise Failure(f"cannot resume: {', '.join(differing)} changed since the interrupted run; start anew without --resume")
    return (Checkpoint(**entry[0]), Tally.from_json(entry[1])) if entry else (START, Tally())


class Journal:
    """Says what the run is, how far it is, and what was counted. It is replaced as a whole, so that it is never half of one.

    A journal that starts anew replaces the earlier one, before the output of that one is touched.
    """

    def __init__(self, path: Path, order: dict[str, Any], start: Checkpoint) -> None:
        self.path = path
        self._order = order
        self._next = time.monotonic() + EVERY
        if start == START:
            self._replace(order)

    @property
    def is_due(self) -> bool:
        """Tell whether the last checkpoint is long enough ago."""
        return time.monotonic() >= self._next

    def note(self, checkpoint: Checkpoint, tally: Tally) -> None:
        """Note a checkpoint; what it speaks of must lie on the disk by now."""
        begun = time.monotonic()
        self._replace(self._order, asdict(checkpoint), tally.as_json())
        ended = time.monotonic()
        self._next = ended + max(EVERY, (ended - begun) * _SHARE)

    def remove(self) -> None:
        """Let go of the journal: nothing is left to be resumed."""
        self.path.unlink()

    def _replace(self, *entries: dict[str, Any]) -> None:
        beside = self.path.with_name(f"{self.path.name}.new")
        with beside.open("wb") as file:
            for entry in entries:
                file.write(orjson.dumps(entry, option=orjson.OPT_APPEND_NEWLINE))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.path)
