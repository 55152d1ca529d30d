"""Functions and modules stay small enough to be read in one sitting."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

LONGEST_FUNCTION = 40
LONGEST_MODULE = 300


def sources(checkout: Path) -> Iterator[tuple[str, str]]:
    for package in ("normalizers", "bulk", "service", "drets"):
        for path in sorted((checkout / package).rglob("*.py")):
            yield path.relative_to(checkout).as_posix(), path.read_text(encoding="utf-8")


def test_modules_are_short(checkout: Path) -> None:
    lengths = {name: source.count("\n") for name, source in sources(checkout)}
    assert lengths
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_functions_are_short(checkout: Path) -> None:
    lengths = {
        f"{name}:{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for name, source in sources(checkout)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert lengths
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}
