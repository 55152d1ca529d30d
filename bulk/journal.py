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

EVERY = 2.0
"""Seconds between two checkpoints: each waits for the disk, and what lies behind the last is done again."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """So many records are dealt with, ``rejected`` of them turned away, and so many bytes of either file lie on the disk.

    ``complete`` means that there are no more records, and that only the names are to be given.
    """

    items: int = 0
    rejected: int = 0
    output: int = 0
    rejects: int = 0
    complete: bool = False


START = Checkpoint()


def journal_path(output: Path) -> Path:
    """Where the journal of an output lies: beside it, through a symbolic link."""
    real = Path(os.path.realpath(output))
    return real.with_name(real.name + JOURNAL)


def load_checkpoint(path: Path, order: dict[str, Any]) -> Checkpoint:
    """Read how far the earlier run came; the start, where there was none.

    Raises:
        Failure: That run was a different one: other inputs, other options, other data. Its records would not fit to ours.
    """
    if not path.exists():
        return START
    lines = [orjson.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]
    if not lines:
        return START
    header, *entries = lines
    differing = sorted(name for name in order.keys() | header.keys() if order.get(name) != header.get(name))
    if differing:
        raise Failure(f"cannot resume: {', '.join(differing)} changed since the interrupted run; start anew without --resume")
    return Checkpoint(**entries[-1]) if entries else START


class Journal:
    """Notes checkpoints, one a line, below a line that says what the run is; a line without its end was never written.

    A journal that starts anew empties the earlier one, before the output of that one is touched.
    """

    def __init__(self, path: Path, order: dict[str, Any], start: Checkpoint) -> None:
        self.path = path
        self._file = path.open("wb" if start == START else "ab")
        self._noted = time.monotonic()
        if start == START:
            self._append(order)

    @property
    def is_due(self) -> bool:
        """Tell whether the last checkpoint is long enough ago."""
        return time.monotonic() - self._noted >= EVERY

    def note(self, checkpoint: Checkpoint) -> None:
        """Note a checkpoint; what it speaks of must lie on the disk by now."""
        self._append(asdict(checkpoint))
        self._noted = time.monotonic()

    def close(self) -> None:
        """Leave the journal where it is."""
        self._file.close()

    def remove(self) -> None:
        """Let go of the journal: nothing is left to be resumed."""
        self._file.close()
        self.path.unlink()

    def _append(self, entry: dict[str, Any]) -> None:
        self._file.write(orjson.dumps(entry, option=orjson.OPT_APPEND_NEWLINE))
        self._file.flush()
        os.fsync(self._file.fileno())
