"""Documents that can be wrong are checked: their links, and the examples in docstrings and in the README."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import normalizers

LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)")
PYTHON_BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
CONSOLE_BLOCK = re.compile(r"^```console\n\$ (drets [^\n]*)\n([^$].*?)^```", re.MULTILINE | re.DOTALL)
CHECKOUT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*CHECKOUT.glob("*.md"), *CHECKOUT.glob("docs/**/*.md"), *CHECKOUT.glob("locales/*.md")])
MODULES = ["normalizers", *(module.name for module in pkgutil.walk_packages(normalizers.__path__, "normalizers."))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(CHECKOUT).as_posix())
def test_links_lead_somewhere(document: Path) -> None:
    targets = LINK.findall(document.read_text(encoding="utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples_hold(name: str) -> None:
    outcome = doctest.testmod(importlib.import_module(name))
    assert outcome.failed == 0


@pytest.mark.usefixtures("kept")
def test_readme_examples_hold() -> None:
    blocks = PYTHON_BLOCK.findall((CHECKOUT / "README.md").read_text(encoding="utf-8"))
    assert blocks
    examples = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "README.md", "README.md", 0)
    assert examples.examples
    assert doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(examples).failed == 0


def test_readme_shows_what_the_command_line_answers() -> None:
    blocks = CONSOLE_BLOCK.findall((CHECKOUT / "README.md").read_text(encoding="utf-8"))
    assert blocks
    for command, shown in blocks:
        program, *arguments = shlex.split(command)
        answer = subprocess.run(  # noqa: S603 - a command that stands in our own README
            [Path(sys.executable).with_name(program), *arguments], cwd=CHECKOUT, capture_output=True, encoding="utf-8", check=False
        )
        assert answer.returncode == 0, answer.stderr
        assert doctest.OutputChecker().check_output(shown, answer.stdout, doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE), answer.stdout
