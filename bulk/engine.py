"""The engine of this process: built once, whoever asks first."""

from __future__ import annotations

import os
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from bulk.building import Builder
from bulk.cache_folder import cache_folder
from bulk.exits import Failure
from normalizers import MappingFileError, MissingExtraError, NormalizerError
from normalizers.collector import set_aside

if TYPE_CHECKING:
    from pathlib import Path

    from bulk.chunks import Treatment
    from normalizers import Override, Registry


def open_engine(locales: Path | None = None, data: Path | None = None, mapping: Path | None = None) -> Registry:
    """Build the registry, or take the compiled one, once a process, pair of folders of data and file of own names.

    Raises:
        Failure: The locale or vocabulary files are faulty, or the mapping file; every fault is in the message.
    """
    return _open(locales, data, mapping)


@cache
def _open(locales: Path | None, data: Path | None, mapping: Path | None) -> Registry:
    """Build it: the arguments that a caller leaves out are no other engine than those that are given as null."""
    try:
        built = Builder(locales, data, mapping, cache=cache_folder(os.environ)).registry()
    except MappingFileError as fault:
        raise Failure(f"the mapping file is faulty\n{fault}") from fault
    except NormalizerError as fault:
        raise Failure(f"the language files are faulty\n{fault}") from fault
    set_aside()
    return built


@lru_cache(maxsize=2)
def overridden_engine(named: tuple[Path | None, Path | None, Path | None], overrides: tuple[Override, ...]) -> Registry:
    """Give the registry that a treatment names with decisions laid over it; while they stay the same, so does it."""
    engine = open_engine(*named)
    return engine.with_overrides(overrides) if overrides else engine


def engine_versions(treatment: Treatment) -> dict[str, str]:
    """Say which versions of drets, its vocabularies and layers the engine of this process has, and of the detector if it is used.

    Raises:
        Failure: The files are faulty, or what detects languages is not installed.
    """
    engine = open_engine(*treatment.engine)
    try:
        return {**engine.versions, **(engine.detector.versions if treatment.detect else {})}
    except MissingExtraError as missing:
        raise Failure(str(missing)) from missing


def knows_name(treatment: Treatment, name: str) -> bool:
    """Tell whether a name stands for a field of a record, for the engine of this process."""
    return open_engine(*treatment.engine).knows_name(name)
