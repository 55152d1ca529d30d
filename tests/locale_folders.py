"""Folders of few locales, for tests that need a registry of their own: one of all locales takes ten seconds to build, one of three takes two to three.

Most of those two or three go to the names that languages have in all others, which the libraries bring; without them it takes one.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from babel import localedata

EMBEDDED = Path(__file__).resolve().parents[1] / "locales"
FEW = ("root", "en", "ca")


def few_locales(folder: Path, *tags: str) -> Path:
    """Put some of the locales that drets brings into a folder, which is made where it is missing; three that tell of most, unless told which."""
    folder.mkdir(exist_ok=True)
    for tag in tags or FEW:
        shutil.copy(EMBEDDED / f"{tag}.yaml", folder)
    return folder


@contextmanager
def few_names() -> Iterator[None]:
    """Leave to the libraries the names of languages, months and days in few languages, as where whoever packs an image pruned their tables.

    What is kept of a registry does not say that it was built so; that of the embedded locales is for everybody, and must not be.
    """
    from bulk.building import Builder  # noqa: PLC0415 - a package that cannot be imported fails its own tests, and no others
    from normalizers import registry  # noqa: PLC0415 - the same
    from normalizers.languages import sources  # noqa: PLC0415 - the same

    build = registry._wire  # noqa: SLF001 - the one place that builds

    def build_of_few(locales: Path | None, *others: Any) -> Any:
        assert locales is not None, "the embedded locales are not to be built with few names"
        return build(locales, *others)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(localedata, "locale_identifiers", lambda: list(FEW[1:]))
        patch.setattr(sources, "load_translations", lambda _part: ())
        patch.setattr(registry, "_wire", build_of_few)
        patch.setattr(Builder, "_build_elsewhere", lambda _builder: None)  # another process would know nothing of this
        yield
