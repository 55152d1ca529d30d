"""The same fault ends every command with the same code, whichever package the command is of."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from bulk import cli, engine
from bulk.exits import MEANINGS, Exit
from service.commands import serve, store, terms
from service.keys.commands import keys
from tests.processes import only

OF_THE_SERVICE: tuple[click.Command, ...] = (serve, store, terms, keys)


def leaves(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Give the way to every command that does something."""
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            below = command.get_command(click.Context(command), name)
            assert below is not None
            yield from leaves(below, (*path, name))
    else:
        yield path


COMMANDS = sorted({*leaves(cli.main), *(path for command in OF_THE_SERVICE for path in leaves(command, (str(command.name),)))})
NAMES = [" ".join(path) for path in COMMANDS]


def run(*arguments: object, given: str = "", **settings: str) -> Result:
    return CliRunner().invoke(cli.main, [str(argument) for argument in arguments], input=given, env=only(**settings))


@pytest.fixture(autouse=True)
def whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the commands of the service, also where the checkout is used without having been installed."""
    for command in OF_THE_SERVICE:
        monkeypatch.setitem(cli.main.commands, str(command.name), command)


@pytest.mark.parametrize("path", COMMANDS, ids=NAMES)
def test_an_option_that_there_is_not_is_answered_with_2(path: tuple[str, ...]) -> None:
    assert run(*path, "--nonsense").exit_code == Exit.USAGE


@pytest.mark.parametrize("path", COMMANDS, ids=NAMES)
def test_help_is_answered_with_0(path: tuple[str, ...]) -> None:
    assert run(*path, "--help").exit_code == Exit.DONE


def test_the_help_lists_what_each_code_means() -> None:
    said = " ".join(run("--help").stdout.split())
    assert [code for code, meaning in MEANINGS.items() if f"{code.value} {meaning}" not in said] == []


WITH_A_STORE: tuple[tuple[str, ...], ...] = (
    ("store", "migrate"),
    ("terms", "export", "--locale", "ca"),
    ("keys", "list"),
    ("keys", "create", "--name", "x"),
    ("keys", "revoke", "x"),
)


@pytest.mark.parametrize("arguments", [("serve",), *WITH_A_STORE], ids=" ".join)
def test_a_setting_that_makes_no_sense_is_answered_with_2(arguments: tuple[str, ...]) -> None:
    done = run(*arguments, DRETS_COLOUR="blue")
    assert (done.exit_code, "DRETS_COLOUR" in done.stderr) == (Exit.USAGE, True)


# What stops `serve` itself is shown by processes of it, in test_process.py and test_store.py.
@pytest.mark.parametrize("arguments", WITH_A_STORE, ids=" ".join)
def test_a_store_that_cannot_be_had_is_answered_with_3(arguments: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = run(*arguments, DRETS_STATE=str(tmp_path / "file"))
    assert (done.exit_code, done.stdout) == (Exit.FAILED, "")
    assert done.stderr.endswith("file (DRETS_STATE) cannot be written: File exists\n")


SKOS = '<https://a.example/1> <http://www.w3.org/2004/02/skos/core#prefLabel> "a"@en .\n'


@pytest.mark.parametrize(
    ("module", "arguments"),
    [
        ("oaipmh_scythe", ("harvest", "http://127.0.0.1:1/")),
        ("lingua", ("normalize", "--detect")),
        ("pyarrow", ("normalize", "--to", "parquet", "-o", "out.parquet")),
        ("pyarrow", ("normalize", "in.parquet")),
        ("pyspark", ("spark", "in", "out")),
        ("rdflib", ("vocabularies", "import", "in.ttl", "--data", "data")),
    ],
)
def test_an_extra_that_is_missing_is_answered_with_3(
    module: str, arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.parquet").write_bytes(b"PAR1")
    (tmp_path / "in.ttl").write_text(SKOS, encoding="utf-8")
    for name in [name for name in sys.modules if name.partition(".")[0] == module]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delitem(engine.open_engine(None, None).__dict__, "_loaded_detector", raising=False)
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (Exit.FAILED, ""), done.stderr
    assert "drets[" in done.stderr


def test_a_fault_of_ours_is_told_from_one_of_the_input(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(cli.main.commands, "broken", click.Command("broken", callback=fail))
    done = run("broken")
    assert (done.exit_code, "ZeroDivisionError" in done.stderr) == (Exit.FAILED, True)
