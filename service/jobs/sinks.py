"""What a tenure writes: its own two files, appended to and brought to the disk before anyone hears of it; and the result in the end."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import orjson

from bulk.records import Place
from bulk.report import Outcome, write_report
from bulk.tally import Tally
from service.jobs.files import JobFiles, sync_folder
from service.jobs.model import Part

_BLOCK = 1 << 20


class Sinks:
    """The files of one epoch while it lasts."""

    def __init__(self, files: JobFiles, epoch: int) -> None:
        self._epoch = epoch
        # Never those of another epoch, even if the number was given before a disk lost its last writes.
        self._output = files.output_of(epoch).open("xb")
        self._rejects = files.rejects_of(epoch).open("xb")
        sync_folder(files.folder)

    def write(self, block: bytes, rejects: bytes) -> Part:
        """Append to both, wait until it is on the disk, and tell how long they are."""
        for file, more in ((self._output, block), (self._rejects, rejects)):
            if more:
                file.write(more)
                file.flush()
                os.fsync(file.fileno())
        return Part(self._epoch, self._output.tell(), self._rejects.tell())

    def close(self) -> None:
        """Let go of both."""
        self._output.close()
        self._rejects.close()


def publish(files: JobFiles, epoch: int, parts: list[Part], counted: Tally | None, rejected: int) -> None:
    """Put the parts together as the result, the rejects and the report, each under its name once it is complete.

    Doing it again does no harm. ``counted`` is what a tenure that wrote everything by itself has counted; where there were
    several, the report is made from the result.
    """
    for path, part_path in ((files.result, files.output_of), (files.rejects, files.rejects_of)):
        draft = files.draft(path, epoch)
        lengths = [(part_path(part.epoch), part.output if path == files.result else part.rejects) for part in parts]
        _join(draft, lengths, own=part_path(epoch))
        draft.replace(path)
    tally = counted if counted is not None else recount(files.result)
    draft = files.draft(files.report, epoch)
    write_report(Outcome(tally, rejected), draft)
    draft.replace(files.report)
    sync_folder(files.folder)


def tidy(files: JobFiles) -> None:
    """Remove what is of no more use once the result is there."""
    for path in files.folder.iterdir():
        if path not in {files.result, files.rejects, files.report}:
            path.unlink(missing_ok=True)


def recount(path: Path) -> Tally:
    """Count anew what a result holds; places are lines of the result."""
    tally = Tally()
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            tally.count_written(orjson.loads(line), Place("result.ndjson", number))
    return tally


def _join(target: Path, lengths: list[tuple[Path, int]], *, own: Path) -> None:
    """Write the first bytes of each file behind each other. One that is all of it and our own is only given a second name.

    That of another epoch is copied: whoever wrote it may not be dead, and go on writing.
    """
    target.unlink(missing_ok=True)
    counting = [(path, length) for path, length in lengths if length]
    if [path for path, _ in counting] == [own]:
        try:
            target.hardlink_to(counting[0][0])
        except OSError:  # a shared folder may know no second names
            pass
        else:
            return
    with target.open("wb") as joined:
        for path, length in counting:
            with path.open("rb") as source:
                joined.writelines(_first(source, length))
        joined.flush()
        os.fsync(joined.fileno())


def _first(source: BinaryIO, length: int) -> Iterator[bytes]:
    left = length
    while left and (block := source.read(min(_BLOCK, left))):
        left -= len(block)
        yield block
    if left:
        raise OSError(f"{source.name} is shorter than the store says")
