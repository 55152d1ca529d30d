"""Builds something from its sources, or takes what an earlier process built from the very same ones."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from normalizers.compiled.files import can_keep, keep, look_up
from normalizers.compiled.fingerprint import fingerprint
from normalizers.compiled.snapshot import SnapshotError, dump, load

T = TypeVar("T")


def build_or_reuse(
    folder: Path, sources: Sequence[Path], kind: type[T], build: Callable[[], T], elsewhere: Callable[[], object] | None = None
) -> T:
    """Give what ``build`` makes of the files in ``sources``, from a file in ``folder`` where that was made of the same sources.

    Whatever is wrong with the file or the folder, the answer is what ``build`` gives. What was built from sources that changed
    meanwhile is not kept. ``elsewhere`` is called where no file can be used and one can be written: it may have another process call
    this function, whose file is then used. What it raises is raised here.
    """
    name, before = _file_name(sources), fingerprint(sources)
    found = _reuse(folder, name, before, kind)
    if found is None and elsewhere is not None and can_keep(folder):
        elsewhere()
        found = _reuse(folder, name, before, kind)
    if found is not None:
        return found
    built = build()
    with suppress(SnapshotError):
        content = dump(built)
        if fingerprint(sources) == before:
            keep(folder, name, before, content)
    return built


def _reuse(folder: Path, name: str, before: bytes, kind: type[T]) -> T | None:
    kept = look_up(folder, name, before)
    if kept is not None:
        with kept, suppress(SnapshotError):
            found = load(kept)
            if isinstance(found, kind):
                return found
    return None


def _file_name(sources: Sequence[Path]) -> str:
    """Name the file after the places of the sources, so that a new state of them replaces the old one."""
    places = "\n".join((sys.version, *(str(path.absolute()) for path in sources)))
    return f"{blake2b(places.encode(), digest_size=8).hexdigest()}.tables"
