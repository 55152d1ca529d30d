"""Folders of few locales, for tests that need a registry of their own: one of all locales takes seven seconds to build, one of three takes one or two."""

from __future__ import annotations

import shutil
from pathlib import Path

EMBEDDED = Path(__file__).resolve().parents[1] / "locales"
FEW = ("root", "en", "ca")


def few_locales(folder: Path, *tags: str) -> Path:
    """Put some of the locales that drets brings into a folder, which is made where it is missing; three that tell of most, unless told which."""
    folder.mkdir(exist_ok=True)
    for tag in tags or FEW:
        shutil.copy(EMBEDDED / f"{tag}.yaml", folder)
    return folder
