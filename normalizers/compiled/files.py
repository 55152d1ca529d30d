"""Keeps snapshots as files of a folder: written whole or not at all, and believed only where nobody else can have written them.

Nothing here raises: where a file cannot be read or written, the registry is built as if there were no folder.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

_MAGIC = b"drets compiled 1\n"
_DIGEST_SIZE = 32
_OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH
_MOST_FILES = 8
"""Each installation and pair of folders has a file of its own; the ones used last stay."""


def look_up(folder: Path, name: str, fingerprint: bytes) -> BinaryIO | None:
    """Open what was kept under a name for sources of this fingerprint; None if there is no such file, or it is damaged or not ours.

    The content is read twice, for its digest and for its use, rather than held: it is as large as many a process.
    """
    try:
        file = (folder / name).open("rb")
    except OSError:
        return None
    if _is_trusted(os.fstat(file.fileno())) and file.read(len(_MAGIC) + len(fingerprint)) == _MAGIC + fingerprint:
        digest, start = file.read(_DIGEST_SIZE), file.tell()
        if digest == hashlib.file_digest(file, _blake).digest():
            with suppress(OSError):
                os.utime(folder / name)
            file.seek(start)
            return file
    file.close()
    return None


def keep(folder: Path, name: str, fingerprint: bytes, content: bytes) -> None:
    """Keep bytes under a name, in place of what was there; whoever reads meanwhile gets the one or the other."""
    with suppress(OSError):
        _make(folder)
        # Files that are made so are readable and writable for their owner alone.
        handle, unfinished = tempfile.mkstemp(prefix=f".{name}.", dir=folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_MAGIC + fingerprint + _digest(content))
                file.write(content)
            Path(unfinished).replace(folder / name)
        except OSError:
            Path(unfinished).unlink()
        _thin_out(folder, Path(name).suffix)


def can_keep(folder: Path) -> bool:
    """Tell whether a folder can be written to; it is made where there is none."""
    with suppress(OSError):
        _make(folder)
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


def _make(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _blake() -> hashlib.blake2b:
    return hashlib.blake2b(digest_size=_DIGEST_SIZE)


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGEST_SIZE).digest()


def _is_trusted(state: os.stat_result) -> bool:
    """Tell whether only we, or the administrator, can have written a file."""
    if not hasattr(os, "geteuid"):
        return True
    return state.st_uid in {os.geteuid(), 0} and not state.st_mode & _OTHERS_MAY_WRITE


def _thin_out(folder: Path, suffix: str) -> None:
    files = sorted(folder.glob(f"*{suffix}"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[_MOST_FILES:]:
        path.unlink()
