"""Writing: standard output, or a file that has its name only once it is complete."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from bulk.compression import packer
from bulk.exits import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTIAL = ".partial"
JOURNAL = ".journal"
WORKING_SUFFIXES = (PARTIAL, JOURNAL, f"{JOURNAL}.new")


class Output(Protocol):
    """Somewhere to write blocks to."""

    def write(self, block: bytes) -> None:
        """Write a block, and let whoever reads along have it."""

    def sync(self) -> int:
        """Bring everything to the disk, and tell how many bytes lie there."""

    def finish(self) -> None:
        """Give the output its name: it is complete."""

    def close(self) -> None:
        """Let go of it; without ``finish`` before, it stays unfinished."""


class StreamOutput:
    """Standard output, a pipe or a device: what is written is gone. One that has a path is ours to close."""

    def __init__(self, stream: BinaryIO, path: Path | None = None) -> None:
        self._stream = stream
        self._is_ours = path is not None
        self._pack = packer(path) if path else bytes

    def write(self, block: bytes) -> None:
        """Write a block and flush, so that a program which waits for the answer gets it."""
        self._stream.write(self._pack(block))
        self._stream.flush()

    def sync(self) -> int:
        """Nothing to bring anywhere."""
        return 0

    def finish(self) -> None:
        """Nothing to name."""

    def close(self) -> None:
        """Close the stream if it is ours."""
        if self._is_ours:
            self._stream.close()


class FileOutput:
    """A file that is written beside its name, and takes it when it is complete.

    ``keep`` is how many bytes of an earlier, interrupted run stay; what lies behind them is cut off.
    """

    def __init__(self, path: Path, *, keep: int = 0) -> None:
        # Through a symbolic link: the file it points to is replaced, not the link.
        self.path = Path(os.path.realpath(path))
        self.partial = partial_path(path)
        self._pack = packer(self.path)
        self._file = self.partial.open("r+b" if keep else "wb")
        if self._file.seek(0, os.SEEK_END) < keep:
            self._file.close()
            raise Failure(f"cannot resume: {self.partial} is shorter than its journal says; start anew without --resume")
        self._file.seek(keep)
        self._file.truncate()

    def write(self, block: bytes) -> None:
        """Write a block."""
        self._file.write(self._pack(block))

    def sync(self) -> int:
        """Bring everything to the disk, and tell how many bytes lie there."""
        self._file.flush()
        os.fsync(self._file.fileno())
        return self._file.tell()

    def finish(self) -> None:
        """Let the file replace whatever had its name, in one step."""
        self.sync()
        self._file.close()
        give_name(self.path)

    def close(self) -> None:
        """Let go of the file, finished or not."""
        self._file.close()


def partial_path(path: Path) -> Path:
    """Where a file lies until it is complete: beside its name, through a symbolic link."""
    real = Path(os.path.realpath(path))
    return real.with_name(real.name + PARTIAL)


def give_name(path: Path) -> None:
    """Let a complete file replace whatever had its name; one that has it already is left alone."""
    if (partial := partial_path(path)).exists():
        partial.replace(os.path.realpath(path))


def is_lasting(path: Path | None) -> bool:
    """Tell whether what is written there is a file, not standard output, a device or a pipe."""
    return path is not None and str(path) != "-" and (path.is_file() or not path.exists())


def open_output(path: Path | None, *, keep: int = 0) -> Output:
    """Open a file, or standard output where the path is None or ``-``; a device or a named pipe is written to as it is."""
    if path is None or str(path) == "-":
        if sys.stdout is None:
            raise Failure("standard output is closed")
        return StreamOutput(sys.stdout.buffer)
    return FileOutput(path, keep=keep) if is_lasting(path) else StreamOutput(path.open("wb"), path)


@contextmanager
def whole_output(path: Path | None) -> Iterator[Output]:
    """Open an output that is finished when all goes well, and leaves nothing behind when it does not."""
    partial = partial_path(path) if path is not None and is_lasting(path) else None
    output: Output | None = None
    try:
        # Within the block, so that Ctrl-C while the file is being opened leaves none either.
        output = open_output(path)
        yield output
        output.finish()
    finally:
        if output is not None:
            output.close()
        if partial is not None:
            partial.unlink(missing_ok=True)
