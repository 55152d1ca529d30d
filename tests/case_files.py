"""Reads the files of ``tests/cases``, where each case is an entry of a list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

CASES = Path(__file__).parent / "cases"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class CaseEntry:
    """A case, the name of its file below its folder without the ending, and its place there."""

    file: str
    number: int
    case: dict[str, Any]

    @property
    def is_known_failure(self) -> bool:
        return Path(self.file).name == "known_failures"

    def parameter(self, *values: Any, name: str) -> Any:
        """Make a test parameter of ``values``; a known failure must fail, for the reason that it states."""
        marks = [pytest.mark.xfail(strict=True, reason=self.case["reason"])] if self.is_known_failure else []
        return pytest.param(*values, id=name, marks=marks)


@cache
def load_cases(path: Path) -> Any:
    """Load one file, with the parser in C where there is one: there are two megabytes of cases, and each worker reads them all."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER) or []  # noqa: S506 - it is a safe one


def read_cases(folder: str) -> Iterator[CaseEntry]:
    """Give the cases of a folder of ``tests/cases`` and of those below it, in the order of the files."""
    for path in sorted((CASES / folder).rglob("*.yaml")):
        file = str(path.relative_to(CASES / folder).with_suffix(""))
        for number, case in enumerate(load_cases(path)):
            yield CaseEntry(file, number, case)
