"""What the tests of the command line share: `drets` in this process, and as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bulk.cli import main

Drets = Callable[..., Result]
Launch = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def drets() -> Drets:
    """Run a command in this process; what it wrote to standard output and to standard error is kept apart."""

    def run(*arguments: object, given: str | bytes | None = None) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], input=given, catch_exceptions=False)

    return run


@pytest.fixture
def launch(tmp_path: Path) -> Launch:
    """Start a command as a process of its own, in a folder outside of the checkout, so that it is the installed one."""

    def start(*arguments: object, program: Sequence[str] = ("-m", "bulk"), **options: int) -> subprocess.Popen[bytes]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("DRETS_")}
        command = [sys.executable, *program, *(str(argument) for argument in arguments)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
        return subprocess.Popen(command, cwd=tmp_path, env=environment, **pipes)  # type: ignore[call-overload,no-any-return]  # noqa: S603 - our own program

    return start
