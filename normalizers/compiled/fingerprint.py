"""One number for everything that the answers of a registry depend on: if none of it has changed, neither have the answers."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

LIBRARIES = (
    *("babel", "daachorse", "ftfy", "isocodes", "langcodes", "language_data", "license-expression", "marisa-trie", "marshmallow"),
    *("msgspec", "orjson", "python-stdnum", "PyYAML", "RapidFuzz", "spacy"),
)
"""Distributions whose tables or rules go into a registry: all that this package imports, and what those take their tables from."""

_TABLES = (("babel", "locale-data"), ("isocodes", "share"), ("language_data", "data"), ("spacy", "lang"))
"""Folders of tables in them. Whoever packs an image may prune these, and the version stays the same."""


SIZE = 32
"""Bytes of a fingerprint."""


def fingerprint(folders: Iterable[Path]) -> bytes:
    """Give a number that differs if any file in these folders does, code and data alike, or any library or version behind them.

    Files may stand among the folders.
    Our own files count by their content; those of libraries by their names, for a library is replaced whole.
    """
    digest = blake2b(digest_size=SIZE)
    for fact in (*versions(), *_tables()):
        digest.update(fact.encode() + b"\n")
    for folder in folders:
        digest.update(f"{folder}\n".encode())
        for path in (folder, *sorted(folder.rglob("*"))):
            if path.is_file() and path.suffix != ".pyc":
                content = path.read_bytes()
                digest.update(f"{path.relative_to(folder)} {len(content)}\n".encode())
                digest.update(content)
    return digest.digest()


def versions() -> Iterator[str]:
    """Name the interpreter, the machine, and the version of every distribution that counts."""
    yield from (sys.version, platform.platform(), sys.byteorder)
    yield from (f"{name} {version(name)}" for name in ("drets", *LIBRARIES))


def _tables() -> Iterator[str]:
    for package, folder in _TABLES:
        spec = find_spec(package)
        for root in spec.submodule_search_locations or () if spec else ():
            for place, folders, names in os.walk(Path(root, folder)):
                folders[:] = sorted(set(folders) - {"__pycache__"})
                yield f"{place} {sorted(names)}"
