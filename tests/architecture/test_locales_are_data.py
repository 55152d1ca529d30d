"""The locales are data, and the code knows no language."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest


def python_files(checkout: Path, *packages: str) -> list[Path]:
    return sorted(path for package in packages for path in (checkout / package).rglob("*.py"))


def test_locales_hold_no_code(checkout: Path) -> None:
    for path in python_files(checkout, "locales"):
        statements = ast.parse(path.read_text(encoding="utf-8")).body
        assert all(isinstance(statement, ast.Expr) for statement in statements), path


def compared_texts(tree: ast.AST) -> set[str]:
    """Collect the texts that a module compares something with, or matches as a case."""
    operands: list[ast.expr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            operands += [node.left, *node.comparators]
        elif isinstance(node, ast.MatchValue):
            operands.append(node.value)
    members = [member for operand in operands for member in getattr(operand, "elts", [operand])]
    return {member.value for member in members if isinstance(member, ast.Constant) and isinstance(member.value, str)}


@pytest.mark.parametrize("source", ["if tag == 'ca': pass", "x in ('es', 'ca')", "match tag:\n  case 'ca': pass"])
def test_a_comparison_with_a_language_is_seen(source: str) -> None:
    assert "ca" in compared_texts(ast.parse(source))


# Two letters that mean something else in code, and the tag of a language besides.
OTHER_MEANINGS = {
    "sa": "the licence element ShareAlike",
    "br": "a line break of HTML",
    "li": "an item of a list of HTML",
    "ba": "either of two letters, for before and after",
    "ia": "either of two letters, for in and about",
    "id": "the identifier of an element, in XML and HTML",
}


def test_no_code_asks_for_a_language_by_name(checkout: Path) -> None:
    tags = {path.stem for path in (checkout / "locales").glob("*.yaml")} - {"root", *OTHER_MEANINGS}
    assert tags
    found = {
        path.relative_to(checkout).as_posix(): named
        for path in python_files(checkout, "normalizers", "bulk", "service")
        if (named := compared_texts(ast.parse(path.read_text(encoding="utf-8"))) & tags)
    }
    assert found == {}
