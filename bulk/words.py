"""The words of the languages, for commands that look at the files themselves; those that drets brings are read once a process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from normalizers.localedata import load_locales, load_sections
from normalizers.vocabularies import load_vocabularies

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from normalizers.localedata import Locale


def open_locales(folder: Path | None = None) -> Mapping[str, Locale]:
    """Read the locale files of a folder, or take those that drets brings. Raises LocaleDataError."""
    return _embedded() if folder is None else _read(folder)


@cache
def _embedded() -> Mapping[str, Locale]:
    return _read(None)


def _read(folder: Path | None) -> Mapping[str, Locale]:
    return load_locales(load_sections(load_vocabularies()), folder)
