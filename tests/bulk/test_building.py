"""Tables that are to be kept are built by a process of its own, which leaves nothing behind, be it done, faulty or no longer wanted."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bulk.building import Builder, BuildingStoppedError
from normalizers import LocaleDataError, Registry, build_registry, registry
from tests.bulk.conftest import Launch
from tests.locale_folders import few_locales
from tests.processes import children

CHILDREN = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
linux = pytest.mark.skipif(not CHILDREN.exists(), reason="children are found in /proc")


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return few_locales(tmp_path_factory.mktemp("words") / "locales", "en")


@pytest.fixture
def forbid(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Make sure that this process builds nothing."""

    def refuse(*_: object) -> Registry:
        raise AssertionError("built in this process")

    return lambda: monkeypatch.setattr(registry, "_wire", refuse)


def until(holds: Callable[[], object]) -> None:
    for _ in range(2400):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("not within two minutes")


def child_of(waiting: subprocess.Popen[bytes], cache: Path) -> int:
    """Wait until a program has started the one that builds, which it does once there is a folder for its tables."""
    until(lambda: waiting.poll() is not None or (cache.exists() and children(waiting.pid)))
    return children(waiting.pid)[0]


def test_another_process_builds_what_this_one_reads_back(words: Path, tmp_path: Path, forbid: Callable[[], None]) -> None:
    forbid()
    built = Builder(words, None, None, cache=tmp_path / "cache").registry()
    assert built.locales == ("en",)
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_faults_are_those_of_this_process_and_searched_once(tmp_path: Path, forbid: Callable[[], None]) -> None:
    folder = few_locales(tmp_path / "locales", "en")
    (folder / "ca.yaml").write_text("locale: ca\nname: Catalan\nsources: [x]\nversions:\n  version of record: [published version, one]\n")
    with (folder / "en.yaml").open("a", encoding="utf-8") as file:
        file.write("colour: blue\n")
    with pytest.raises(LocaleDataError) as here:
        build_registry(folder)
    forbid()
    with pytest.raises(LocaleDataError) as told:
        Builder(folder, None, None, cache=tmp_path / "cache").registry()
    assert (told.value.faults, str(told.value)) == (here.value.faults, str(here.value))
    assert told.value.faults


@pytest.mark.parametrize("executable", ["", "/no/such/program", "/bin/false"])
def test_without_another_process_this_one_builds(words: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, executable: str) -> None:
    monkeypatch.setattr(sys, "executable", executable)
    monkeypatch.setattr(registry, "_wire", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        Builder(words, None, None, cache=tmp_path / "cache").registry()


@pytest.mark.parametrize("cache", [None, Path("/dev/null/cache")])
def test_what_cannot_be_kept_is_built_here(words: Path, cache: Path | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("started a process"))
    monkeypatch.setattr(registry, "_wire", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        Builder(words, None, None, cache=cache).registry()


@linux
def test_to_be_told_to_stop_ends_it_at_once(words: Path, tmp_path: Path, forbid: Callable[[], None]) -> None:
    forbid()
    builder, raised = Builder(words, None, None, cache=tmp_path / "cache"), list[BaseException]()

    def build() -> None:
        try:
            builder.registry()
        except BuildingStoppedError as stopped:
            raised.append(stopped)

    before = set(children(os.getpid()))
    thread = threading.Thread(target=build)
    thread.start()
    until(lambda: set(children(os.getpid())) - before)
    builder.stop()
    thread.join()
    assert raised
    assert set(children(os.getpid())) <= before
    with pytest.raises(BuildingStoppedError):
        builder.registry()


@linux
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_it_ends_with_whoever_waits_for_it(launch: Launch, words: Path, tmp_path: Path, number: signal.Signals) -> None:
    program = "import sys; from pathlib import Path; from bulk.building import Builder; Builder(Path(sys.argv[1]), None, None, cache=Path('c')).registry()"
    waiting = launch(words, program=("-c", program))
    child = child_of(waiting, tmp_path / "c")
    waiting.send_signal(number)
    _, written = waiting.communicate(timeout=60)
    assert waiting.returncode == -number
    assert written.count(b"Traceback") == (number == signal.SIGINT)
    until(lambda: not Path(f"/proc/{child}").exists())
    assert not list((tmp_path / "c").iterdir())


@linux
def test_a_signal_to_the_whole_group_is_for_the_parent_alone(
    launch: Launch, words: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    waiting = launch("values", "--locales", words, start_new_session=True)
    child_of(waiting, tmp_path / "drets")
    os.killpg(waiting.pid, signal.SIGINT)
    _, written = waiting.communicate(timeout=60)
    assert (waiting.returncode, b"Traceback" in written) == (130, False)


def test_a_program_without_a_file_runs_once(launch: Launch, words: Path, tmp_path: Path) -> None:
    # As a person at the prompt: there is no main module that another process could import.
    program = f"""
from pathlib import Path
from bulk.building import Builder
print(Builder(Path({str(words)!r}), None, None, cache=Path("c")).registry().locales)
"""
    written, told = launch(program=("-",)).communicate(program.encode(), timeout=120)
    assert (written, told) == (b"('en',)\n", b"")
    assert len(list((tmp_path / "c").iterdir())) == 1


def test_a_person_at_a_terminal_is_told_and_nobody_else(words: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bulk", "explain", "language", "cat", "--locales", str(words)]
    environment = {**os.environ, "DRETS_CACHE": str(tmp_path / "cache")}
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb", buffering=0) as terminal:
        for told in (True, False):
            subprocess.run(command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL, stderr=theirs, check=True)  # noqa: S603 - our own
            os.write(theirs, b"END\n")
            assert (b"building the tables of the language data" in terminal.read(10_000)) == told
    os.close(theirs)
