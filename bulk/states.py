"""A state of the data that answers are given with: the words that drets brings or those of a folder, with or without layers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulk.engine import open_engine
from normalizers.layers import FOLDER

if TYPE_CHECKING:
    from pathlib import Path

    from normalizers import Registry


class NoStateError(ValueError):
    """The folder holds neither locale files nor layers."""


def open_state(folder: Path | None) -> Registry:
    """Build the engine of a state; None is what drets brings.

    A folder with locale files (``xx.yaml``) replaces those that drets brings, one with ``layers`` adds to them; it may do both.

    Raises:
        NoStateError: There is nothing in the folder that could change an answer.
        Failure: The files are faulty.
    """
    if folder is None:
        return open_engine()
    locales = folder if next(folder.glob("*.yaml"), None) else None
    layers = folder if (folder / FOLDER).is_dir() else None
    if locales is None and layers is None:
        raise NoStateError(f"{folder} holds neither locale files (xx.yaml) nor a folder {FOLDER!r}")
    return open_engine(locales, layers)
