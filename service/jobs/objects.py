"""Objects of a store that an operator configured: found, measured and fetched by fsspec, and never anything outside of that store."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote, urlsplit

from fsspec import get_filesystem_class
from fsspec.core import url_to_fs

from service.jobs.files import JobFiles
from service.jobs.model import Job

_FORBIDDEN = ("\\", "\0", "::", "://")
_NO_OBJECT = (FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError, ValueError)
"""What drivers raise for a name at which there is nothing to be had; the rest is the fault of the store or of the way to it."""


class ObjectError(Exception):
    """An object cannot be had; the message may be shown to the client."""


class ObjectsAwayError(Exception):
    """The store of objects does not answer, or does not let us in."""


class DriverError(Exception):
    """There is no driver for the kind of store that is configured."""


def check_driver(base: str) -> None:
    """Refuse a store for which no driver is installed.

    Raises:
        DriverError: The message names the package that is missing, or the kind of store that nobody knows.
    """
    try:
        get_filesystem_class(urlsplit(base).scheme)
    except (ImportError, ValueError) as missing:
        raise DriverError(f"objects cannot be read (DRETS_OBJECTS): {missing}") from missing


def check_object_name(name: str) -> None:
    """Refuse a name that could lead out of the store, or that fsspec would read as more than a name.

    Raises:
        ObjectError: It is one.
    """
    steps = name.split("/")
    if not name or any(part in name for part in _FORBIDDEN) or any(step in {"", ".", ".."} for step in steps):
        raise ObjectError("An object is named by its path below the configured store, without '..', '::', '\\' or a scheme.")


def size_of_object(base: str, name: str) -> int:
    """Tell how many bytes an object has.

    Raises:
        ObjectError: There is none, or the store does not tell how large it is.
        ObjectsAwayError: The store does not answer.
    """
    check_object_name(name)
    with _asking(gone="There is no such object."):
        filesystem, path = _locate(base, name)
        found: dict[str, Any] = filesystem.info(path)
    if found.get("type") != "file":
        raise ObjectError("There is no such object.")
    if found.get("size") is None:
        raise ObjectError("The store does not tell how large the object is.")
    return int(found["size"])


def fetch_object(base: str, job: Job, files: JobFiles, most: int) -> None:
    """Bring an object into the folder of a job, whole or not at all.

    Raises:
        ObjectError: It is gone or longer than may be.
        ObjectsAwayError: The store does not answer.
    """
    name = job.object or ""
    check_object_name(name)
    draft = files.draft(files.input, job.epoch)
    with _asking(gone="The object is no longer there."):
        filesystem, path = _locate(base, name)
        with filesystem.open(path, "rb") as source, draft.open("wb") as target:
            _copy(source, target, most)
    draft.replace(files.input)


@contextmanager
def _asking(*, gone: str) -> Iterator[None]:
    """Tell of what the driver of a store raises: that the object is not there, or that the store does not answer."""
    try:
        yield
    except _NO_OBJECT as fault:
        raise ObjectError(gone) from fault
    except ObjectError:
        raise
    except Exception as fault:  # each driver has errors of its own
        raise ObjectsAwayError from fault


def _copy(source: BinaryIO, target: BinaryIO, most: int) -> None:
    taken = 0
    while block := source.read(1 << 20):
        taken += len(block)
        if taken > most:
            raise ObjectError(f"The object has more than {most:,} bytes.")
        target.write(block)
    target.flush()
    os.fsync(target.fileno())


def _locate(base: str, name: str) -> tuple[Any, str]:
    filesystem, root = url_to_fs(base)
    if "http" in filesystem.protocol:
        # A path of the web is read once more: what looks like an escape or a query there is part of the name here.
        name = quote(name)
    path = f"{str(root).rstrip('/')}/{name}"
    if "file" in filesystem.protocol and not Path(path).resolve().is_relative_to(Path(str(root)).resolve()):
        raise ObjectError("There is no such object.")
    return filesystem, path
