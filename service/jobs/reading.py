"""The input of a job: fetched where it is an object in a store, and cut into chunks from where the last one ended."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from fsspec.core import url_to_fs

from bulk.chunks import Chunk, Portion, cut_chunks
from bulk.formats import read_records
from bulk.records import Item, Place, Reject, reject
from service.jobs.files import JobFiles
from service.jobs.model import Job

CAREFUL_ITEMS = 512
"""After a worker ended over a chunk, so many records are asked one by one, by a worker that no other job has: a chunk holds fewer,
so the one at fault is among them."""

_FORBIDDEN = ("\\", "\0", "::", "://")


class ObjectError(Exception):
    """An object cannot be had; the message may be shown to the client."""


def check_object_name(name: str) -> None:
    """Refuse a name that could lead out of the store, or that fsspec would read as more than a name.

    Raises:
        ObjectError: It is one.
    """
    steps = name.split("/")
    if not name or any(part in name for part in _FORBIDDEN) or any(step in {"", ".", ".."} for step in steps):
        raise ObjectError("An object is named by its path below the configured store, without '..', '::', '\\' or a scheme.")


def size_of_object(base: str, name: str) -> int:
    """Tell how many bytes an object has. Raises ObjectError where there is none."""
    filesystem, path = _locate(base, name)
    try:
        found: dict[str, Any] = filesystem.info(path)
    except (OSError, ValueError) as fault:
        raise ObjectError("There is no such object.") from fault
    if found.get("type") != "file":
        raise ObjectError("There is no such object.")
    return int(found.get("size") or 0)


def fetch_object(base: str, job: Job, files: JobFiles, most: int) -> None:
    """Bring an object into the folder of a job, whole or not at all. Raises ObjectError."""
    filesystem, path = _locate(base, job.object or "")
    draft = files.draft(files.input, job.epoch)
    taken = 0
    try:
        with filesystem.open(path, "rb") as source, draft.open("wb") as target:
            while block := source.read(1 << 20):
                taken += len(block)
                if taken > most:
                    raise ObjectError(f"The object has more than {most:,} bytes.")
                target.write(block)
            target.flush()
            os.fsync(target.fileno())
    except (OSError, ValueError) as fault:
        raise ObjectError("The object could not be fetched.") from fault
    draft.replace(files.input)


def read_chunks(job: Job, files: JobFiles, *, attempts: int) -> Iterator[Chunk]:
    """Cut the rest of a job's input into chunks.

    Where a worker ended over what comes next, these are single records, of which only ``CAREFUL_ITEMS`` should be taken; where that
    happened ``attempts`` times, the first is turned away unread, for it is the one that ends workers.
    """
    items = islice(read_records((str(files.input),), job.format), job.items, None)
    named: Iterator[tuple[Item | Reject, int]] = ((_named(item, job.name), position) for item, position in items)
    if job.attempts >= attempts:
        named = _without_first(named, attempts)
    return cut_chunks(named, Portion(items=1) if job.attempts else Portion())


def _locate(base: str, name: str) -> tuple[Any, str]:
    check_object_name(name)
    filesystem, root = url_to_fs(base)
    path = str(PurePosixPath(root) / name)
    if "file" in filesystem.protocol and not Path(path).resolve().is_relative_to(Path(root).resolve()):
        raise ObjectError("There is no such object.")
    return filesystem, path


def _named(item: Item | Reject, name: str) -> Item | Reject:
    """Have a record say the name of the client's file, not where it lies here."""
    return replace(item, place=Place(name, item.place.line))


def _without_first(items: Iterable[tuple[Item | Reject, int]], attempts: int) -> Iterator[tuple[Item | Reject, int]]:
    for number, (item, position) in enumerate(items):
        if number == 0 and isinstance(item, Item):
            yield reject(item, "Internal error", f"a worker process ended {attempts} times over this record"), position
        else:
            yield item, position
