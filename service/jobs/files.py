"""The folder of each job: the input, what each epoch wrote, and the result. Its name and theirs are ours, never a client's."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from dataclasses import dataclass
from pathlib import Path

_ID = re.compile(r"[0-9a-f]{32}")
_LONGEST_NAME = 200
_UNSAFE = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')


@dataclass(frozen=True, slots=True)
class JobFiles:
    """Where everything of one job lies."""

    folder: Path

    @property
    def input(self) -> Path:
        """What is normalized."""
        return self.folder / "input"

    @property
    def result(self) -> Path:
        """The clean records, once all are there."""
        return self.folder / "result.ndjson"

    @property
    def rejects(self) -> Path:
        """What could not be read, once all is known."""
        return self.folder / "rejects.ndjson"

    @property
    def report(self) -> Path:
        """What was found."""
        return self.folder / "report.json"

    def output_of(self, epoch: int) -> Path:
        """The clean records that one epoch wrote."""
        return self.folder / f"{epoch:06d}.output"

    def rejects_of(self, epoch: int) -> Path:
        """What one epoch could not read."""
        return self.folder / f"{epoch:06d}.rejects"

    def draft(self, path: Path, epoch: int) -> Path:
        """Where one epoch makes a file before the file has its name."""
        return path.with_name(f"{epoch:06d}.{path.name}")

    def remove(self) -> None:
        """Remove everything."""
        shutil.rmtree(self.folder, ignore_errors=True)


def files_of(state: Path, job_id: str) -> JobFiles:
    """Give the files of a job.

    Raises:
        ValueError: The id is none that we gave, and could name anything.
    """
    if not _ID.fullmatch(job_id):
        raise ValueError("no id of a job")
    return JobFiles(state / "jobs" / job_id)


def clean_name(name: str) -> str:
    r"""Make of the name that a client gave a name that can be shown and offered for saving; it is never used as a path.

    >>> clean_name("../../etc/passwd"), clean_name("C:\\temp\\set.xml"), clean_name("..")
    ('passwd', 'set.xml', 'upload')
    """
    last = re.split(r"[/\\]", name)[-1]
    visible = "".join(character for character in last if unicodedata.category(character)[0] != "C" or character == "\u200d")
    kept = _UNSAFE.sub("_", visible).strip(". ")[:_LONGEST_NAME]
    return kept or "upload"


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def has_room(folder: Path, free: int) -> bool:
    """Tell whether so many bytes are free where a folder lies."""
    return shutil.disk_usage(folder).free >= free
