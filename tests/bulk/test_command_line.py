"""Exit codes, pipes and signals: what other programs see of `drets`."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from importlib.metadata import EntryPoint, EntryPoints, version
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from bulk import cli
from bulk.exits import MEANINGS, Exit

if TYPE_CHECKING:
    from normalizers import Registry
    from tests.bulk.conftest import Drets, Launch

LINE = b'{"id": "a", "field": "license", "text": "CC BY 4.0"}\n'
slow = pytest.mark.slow


def test_the_list_of_commands_says_what_each_says_of_itself(drets: Drets) -> None:
    run = drets("--help")
    assert run.exit_code == Exit.DONE
    for name, (_, short) in cli.BUILT_IN.items():
        command = cli.main.get_command(click.Context(cli.main), name)
        assert command is not None
        assert command.get_short_help_str(1000) == short
        assert name in run.stdout


def test_every_exit_code_command_and_field_is_documented(checkout: Path, registry: Registry) -> None:
    page = (checkout / "docs" / "command-line.md").read_text(encoding="utf-8")
    codes = page.split("## Exit codes")[1].split("\n## ")[0]
    told = dict(re.findall(r"^\| (\d+) \| ([^:(\n|]*\w)", codes, re.MULTILINE))
    assert {Exit(int(code)): meaning for code, meaning in told.items()} == MEANINGS
    assert [name for name in cli.BUILT_IN if f"`drets {name}`" not in page] == []
    assert [name for name in registry.fields if f"`{name}`" not in page] == []


def test_the_list_of_commands_needs_no_engine() -> None:
    program = (
        "import sys; from bulk.cli import BUILT_IN, main; import contextlib\nwith contextlib.suppress(SystemExit): main(['--version'])\n"
    )
    check = "sys.exit('normalizers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program + check], check=False).returncode == 0  # noqa: S603 - our own program


def test_the_version_is_that_of_the_package(drets: Drets) -> None:
    assert drets("--version").stdout == f"drets, version {version('drets')}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("values", "--nonsense"),
        ("values", "not-there.ndjson"),
        ("normalize", "--from", "nonsense"),
        ("explain", "license"),
        ("locales", "new", "!"),
    ],
)
def test_a_call_that_makes_no_sense_is_answered_with_2(drets: Drets, arguments: tuple[str, ...]) -> None:
    run = drets(*arguments)
    assert (run.exit_code, run.stdout) == (Exit.USAGE, "")
    assert "Error" in run.stderr


def test_an_output_that_cannot_be_written_is_answered_with_3(drets: Drets, tmp_path: Path) -> None:
    run = drets("values", "-o", tmp_path / "no" / "folder", given=LINE)
    assert (run.exit_code, run.stdout) == (Exit.FAILED, "")
    assert run.stderr.startswith("drets: ")
    assert str(tmp_path / "no") in run.stderr


def test_faulty_language_files_are_answered_with_3(drets: Drets, tmp_path: Path) -> None:
    (tmp_path / "xx.yaml").write_text("locale: xx\nnonsense: true\n")
    run = drets("values", "--locales", tmp_path, given=LINE)
    assert (run.exit_code, run.stdout) == (Exit.FAILED, "")
    assert "xx.yaml:2" in run.stderr


@click.command("extra", help="Do more.")
def extra() -> None:
    """Stand in for a command of another package."""
    click.echo("done")


def plug_in(monkeypatch: pytest.MonkeyPatch, **commands: str) -> None:
    """Install entry points, as another package's metadata would."""
    found = EntryPoints(EntryPoint(name, value, cli.PLUGINS) for name, value in commands.items())
    monkeypatch.setattr(cli, "entry_points", found.select)


def test_a_command_of_another_package_is_found(drets: Drets, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "plugin", sys.modules[__name__])
    plug_in(monkeypatch, extra="plugin:extra")
    assert drets("extra").stdout == "done\n"
    assert "Do more." in drets("--help").stdout


def test_a_command_that_does_not_load_harms_no_other(drets: Drets, monkeypatch: pytest.MonkeyPatch) -> None:
    plug_in(monkeypatch, extra="no_such_module:extra")
    listed = drets("--help")
    assert listed.exit_code == Exit.DONE
    assert "(does not load)" in listed.stdout
    called = drets("extra")
    assert called.exit_code == Exit.FAILED
    assert "no_such_module" in called.stderr


@slow
@pytest.mark.parametrize("closed", ["0<&-", "1>&-"])
def test_a_closed_stream_is_answered_with_3(tmp_path: Path, closed: str) -> None:
    shell = subprocess.run(["/bin/sh", "-c", f'"{sys.executable}" -m bulk values {closed}'], cwd=tmp_path, capture_output=True, check=False)  # noqa: S603 - our own program
    assert shell.returncode == Exit.FAILED
    assert shell.stderr.startswith(b"drets: standard ")


@slow
def test_a_full_disk_is_answered_with_3(launch: Launch) -> None:
    with Path("/dev/full").open("wb") as full, launch("values", stdout=full.fileno()) as process:
        _, said = process.communicate(LINE)
    assert (process.returncode, said) == (Exit.FAILED, b"drets: No space left on device\n")


@slow
def test_a_program_that_waits_for_each_answer_gets_it(launch: Launch) -> None:
    with launch("values") as process:
        assert process.stdin
        assert process.stdout
        for number in range(3):
            process.stdin.write(json.dumps({"id": number, "field": "license", "text": "CC0"}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
    assert process.returncode == Exit.DONE


@slow
def test_a_reader_who_leaves_is_no_fault_to_speak_of(launch: Launch, tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(LINE * 50_000)
    with launch("values", "in") as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == Exit.PIPE_CLOSED


@slow
def test_ctrl_c_stops_with_130_and_leaves_nothing_half_written(launch: Launch, tmp_path: Path) -> None:
    with launch("values", "-o", "out") as process:
        assert process.stdin
        assert process.stderr
        process.stdin.write(LINE)
        process.stdin.flush()
        wait_for(tmp_path / "out.partial")
        process.send_signal(signal.SIGINT)
        assert process.stderr.read().strip() == b"drets: stopped"
    assert process.returncode == Exit.INTERRUPTED
    assert list(tmp_path.iterdir()) == []


@slow
def test_a_bar_is_drawn_on_a_terminal_and_none_in_a_pipe(launch: Launch, tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(LINE * 2000)
    terminal, theirs = pty.openpty()
    with launch("values", "in", "-o", "out", stderr=theirs) as process:
        os.close(theirs)
        drawn = read_terminal(terminal)
    assert process.returncode == Exit.DONE
    assert "values" in drawn
    with launch("values", "in", "-o", "out") as process:
        _, said = process.communicate()
    assert (process.returncode, said) == (Exit.DONE, b"")


def wait_for(path: Path) -> None:
    end = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < end, f"{path} did not appear"
        time.sleep(0.05)


def read_terminal(descriptor: int) -> str:
    """Read what is written to a terminal until the program behind it ends, which a terminal tells by an error."""
    drawn = b""
    try:
        while block := os.read(descriptor, 4096):
            drawn += block
    except OSError:
        pass
    os.close(descriptor)
    return drawn.decode()
