"""Where a compiled registry is kept between two processes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLE = "DRETS_CACHE"
AUTO = "auto"
OFF = "off"


def cache_folder(environment: Mapping[str, str], setting: str | None = None) -> Path | None:
    """Give the folder, or None where nothing is to be kept.

    ``setting``, or else ``DRETS_CACHE``, is a folder, ``off``, or ``auto``: a folder of ours where the XDG Base Directory
    specification puts caches, which is none where it names no absolute path and there is no home.
    """
    wanted = setting or environment.get(VARIABLE) or AUTO
    if wanted == OFF:
        return None
    if wanted != AUTO:
        return Path(wanted)
    base = environment.get("XDG_CACHE_HOME", "")
    if Path(base).is_absolute():
        return Path(base, "drets")
    home = environment.get("HOME") or environment.get("USERPROFILE") or ""
    return Path(home, ".cache", "drets") if Path(home).is_absolute() else None
