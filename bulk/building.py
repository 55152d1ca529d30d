"""The registry of a process: read back where its tables are kept, else built by a process of its own.

Building takes some 600 MB, of which a process gives back little: what it then reads back needs a third. So the memory is left to end
with a process that does nothing else. That one is started as a new interpreter: a fork would copy the locks of whatever threads there
are, and the ways of ``multiprocessing`` without a fork run the main program again.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bulk.signals import held
from normalizers import DataFileError, build_registry

if TYPE_CHECKING:
    from normalizers import Registry

_PROGRAM = "import sys; sys.path[:] = {path!r}; from bulk.building import build_for_parent; build_for_parent(*{names!r})"
_NOTE = "drets: building the tables of the language data, which takes some ten seconds; they are kept for the next start\n"


class BuildingStoppedError(Exception):
    """The registry is no longer wanted."""


class Builder:
    """Gives a registry, and can be told by another thread that it is no longer wanted."""

    def __init__(self, locales: Path | None, data: Path | None, mapping: Path | None, *, cache: Path | None) -> None:
        self._sources = (locales, data, mapping)
        self._cache = cache
        self._process: subprocess.Popen[bytes] | None = None
        self._is_stopped = False

    def registry(self) -> Registry:
        """Build the registry, or take what is kept; what cannot be kept is built in this process.

        Raises:
            DataFileError: Files are faulty; it carries every fault.
            BuildingStoppedError: It was told to stop.
        """
        locales, data, mapping = self._sources
        return build_registry(locales, data, cache=self._cache, mapping=mapping, elsewhere=self._build_elsewhere)

    def stop(self) -> None:
        """End the process that builds, if there is one."""
        self._is_stopped = True
        if self._process is not None:
            self._process.kill()

    def _build_elsewhere(self) -> None:
        """Have the tables built and kept. Where that fails in any other way than by faulty files, this process is to build them itself."""
        if not sys.executable or hasattr(sys, "frozen"):
            return  # a program that holds its interpreter would start itself
        if sys.stderr is not None and sys.stderr.isatty():
            sys.stderr.write(_NOTE)
            sys.stderr.flush()
        told = b""
        with suppress(OSError):
            told = self._run()
        if self._is_stopped:
            raise BuildingStoppedError
        if told:
            kind, faults = pickle.loads(told)  # noqa: S301 -- from a program of ours that we started
            raise kind(faults)

    def _run(self) -> bytes:
        names = tuple(str(path) if path else None for path in (*self._sources, self._cache))
        program = _PROGRAM.format(path=[str(place) for place in sys.path], names=names)
        # Whether a signal that goes to the whole group is to end it, this process decides. Closing its standard input ends it.
        with held(signal.SIGINT, signal.SIGTERM):
            process = subprocess.Popen(  # noqa: S603 -- our own program
                (sys.executable, "-P", "-c", program), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        with process:
            self._process = process
            if self._is_stopped:
                process.kill()
            return process.stdout.read() if process.stdout else b""


def build_for_parent(locales: str | None, data: str | None, mapping: str | None, cache: str) -> None:
    """Build the tables and keep them, then end this process; faults of the files are written to standard output."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    told = b""
    try:
        build_registry(_path(locales), _path(data), cache=Path(cache), mapping=_path(mapping))
    except DataFileError as found:
        told = pickle.dumps((type(found), found.faults))
    sys.stdout.buffer.write(told)
    sys.stdout.buffer.flush()
    os._exit(0)  # at once: to take the tables apart takes as long as reading them back


def _path(name: str | None) -> Path | None:
    return Path(name) if name else None


def _end_with_parent() -> None:
    """Wait until the parent closes our standard input, be it by its own end."""
    os.read(0, 1)
    os._exit(1)
