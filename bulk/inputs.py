"""Reading: files, folders and standard input as blocks of bytes, whatever they are compressed with."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, cast

from bulk.compression import DAMAGES, decompressed
from bulk.exits import Failure
from bulk.outputs import WORKING_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from io import RawIOBase

STDIN = "-"
BLOCK = 1 << 16
"""Bytes asked for at a time: what a pipe holds on Linux."""


class DamagedInputError(Exception):
    """An input cannot be read any further; what was read before stands."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An input being read."""

    stream: BufferedReader

    def blocks(self) -> Iterator[bytes]:
        """Yield the decompressed content as it comes in: a block is whatever is there, never waited for until it is full.

        Raises:
            DamagedInputError: Compressed data are cut short or damaged, or the medium fails.
        """
        readable = decompressed(self.stream)
        try:
            while block := readable.read1(BLOCK):
                yield block
        except (*DAMAGES, OSError) as fault:
            raise DamagedInputError(f"the input cannot be read further: {fault}") from fault

    def position(self) -> int:
        """How many bytes of the file, as it lies there, were taken so far; 0 where it has no position."""
        try:
            return self.stream.tell()
        except OSError:
            return 0


@contextmanager
def open_input(name: str) -> Iterator[Opened]:
    """Open a file, or standard input where the name is ``-``.

    Raises:
        OSError: It is not there, or may not be read.
        Failure: There is no standard input.
    """
    if name == STDIN:
        if sys.stdin is None:
            raise Failure("standard input is closed")
        stdin = sys.stdin.buffer
        # A caller inside this process may have put any binary stream in its place.
        yield Opened(stdin if isinstance(stdin, BufferedReader) else BufferedReader(cast("RawIOBase", stdin)))
        return
    with Path(name).open("rb") as stream:
        yield Opened(stream)


def expand(names: Iterable[str], leave_out: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """List the files that the inputs stand for: a folder is all files in and below it, by name, hidden ones left out.

    Args:
        names: Files, folders, or ``-``.
        leave_out: Real paths that a folder does not stand for: the output, which may lie in it.
    """
    return tuple(found for name in names for found in (_walk(Path(name), leave_out) if Path(name).is_dir() else (name,)))


def size(names: Iterable[str]) -> int | None:
    """How many bytes the inputs have, together; None where one of them cannot tell."""
    sizes = [Path(name).stat().st_size if name != STDIN and Path(name).is_file() else None for name in names]
    return None if None in sizes else sum(filter(None, sizes))


def _walk(folder: Path, leave_out: frozenset[str]) -> Iterator[str]:
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(".") or entry.name.endswith(WORKING_SUFFIXES) or os.path.realpath(entry) in leave_out:
            continue
        if entry.is_dir():
            yield from _walk(entry, leave_out)
        elif entry.is_file():
            yield str(entry)
