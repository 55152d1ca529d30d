"""What was compiled is reused for exactly as long as it is what a new build would give, and no file is believed that is not ours."""

from __future__ import annotations

import ast
import os
import pickle
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import normalizers
from normalizers.compiled import build_or_reuse, files, fingerprint
from normalizers.localedata import Label, LabelKind

OURS = {"normalizers", "locales"}
AT_WORK = {"bibtexparser", "lingua", "lxml", "pylatexenc", "pymarc", "rdflib", "rispy"}
"""Libraries that read while records are read, or files for us; no table of a registry holds anything of them."""


@dataclass
class Workshop:
    """Sources in two folders, a cache, and a builder that counts how often it was asked."""

    home: Path
    builds: int = 0
    after: Callable[[], object] = field(default=lambda: None)

    @property
    def sources(self) -> tuple[Path, ...]:
        return self.home / "code", self.home / "words"

    @property
    def cache(self) -> Path:
        return self.home / "cache"

    @property
    def kept(self) -> Path:
        (path,) = self.cache.iterdir()
        return path

    def build(self) -> dict[str, Label]:
        self.builds += 1
        built = {
            path.name: Label(path.read_text(), LabelKind.PREF, 1) for folder in self.sources for path in folder.rglob("*") if path.is_file()
        }
        self.after()
        return built

    def open(self) -> dict[str, Label]:
        return build_or_reuse(self.cache, self.sources, dict, self.build)


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    for name in ("code/reader.py", "code/deep/down/table.yaml", "code/schema.json", "words/ca.yaml", "words/es.yaml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"content of {name}")
    return Workshop(tmp_path)


def test_the_second_time_nothing_is_built(workshop: Workshop) -> None:
    first = workshop.open()

    assert workshop.open() == first
    assert workshop.builds == 1


def look(folder: Path, name: str, mark: bytes) -> bytes | None:
    found = files.look_up(folder, name, mark)
    if found is None:
        return None
    with found:
        return found.read()


def changes(home: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    for path in sorted(path for path in home.rglob("*") if path.is_file()):
        content = path.read_bytes()
        yield f"a byte of {path.name}", partial(path.write_bytes, content[:-1] + b"!")
        yield f"a byte more in {path.name}", partial(path.write_bytes, content + b"!")
        yield f"no {path.name}", path.unlink
    yield "a new file", lambda: (home / "words" / "fr.yaml").write_text("new")
    yield "another name", lambda: (home / "words" / "fr.yaml").rename(home / "words" / "it.yaml")


def test_any_change_of_any_source_builds_anew(workshop: Workshop) -> None:
    workshop.open()
    for number, (change, make) in enumerate(list(changes(workshop.home)), start=2):
        make()
        assert workshop.open() == workshop.build(), change
        workshop.builds -= 1
        assert workshop.builds == number, change


def test_what_changed_while_it_was_built_is_not_kept(workshop: Workshop) -> None:
    workshop.after = lambda: (workshop.home / "words" / "ca.yaml").write_text("newer")
    stale = workshop.open()
    workshop.after = lambda: None

    assert workshop.open() != stale
    assert workshop.builds == 2


def test_another_version_of_anything_builds_anew(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {"drets", *fingerprint.LIBRARIES} == {fact.split(" ")[0] for fact in list(fingerprint.versions())[3:]}
    workshop.open()
    versions = list(fingerprint.versions())
    for place in range(len(versions)):
        monkeypatch.setattr(fingerprint, "versions", lambda place=place: [*versions[:place], "another", *versions[place + 1 :]])
        workshop.open()
        assert workshop.builds == place + 2


def test_every_library_of_the_package_counts() -> None:
    imported: set[str] = set()
    for path in Path(normalizers.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported.update(alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.split(".")[0])
    distributions = packages_distributions()
    theirs = imported - OURS - AT_WORK - sys.stdlib_module_names
    assert {distributions[name][0] for name in theirs} <= set(fingerprint.LIBRARIES), "does a registry hold anything of these?"


def damages(content: bytes) -> Iterator[tuple[str, bytes]]:
    yield "nothing in it", b""
    yield "cut off", content[: len(content) // 2]
    yield "one byte short", content[:-1]
    yield "one byte more", content + b"."
    yield "a bit turned at the end", content[:-5] + bytes([content[-5] ^ 1]) + content[-4:]
    yield "a bit turned at the start", bytes([content[0] ^ 1]) + content[1:]
    yield "another program's", b"\x00" * len(content)


def test_a_damaged_file_is_replaced(workshop: Workshop) -> None:
    expected = workshop.open()
    content = workshop.kept.read_bytes()
    for number, (damage, damaged) in enumerate(damages(content), start=2):
        workshop.kept.write_bytes(damaged)
        assert workshop.open() == expected, damage
        assert (workshop.builds, workshop.kept.read_bytes()) == (number, content), damage


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_file_that_others_may_write_is_not_believed(workshop: Workshop) -> None:
    workshop.open()
    assert workshop.kept.stat().st_mode & 0o777 == 0o600
    assert workshop.cache.stat().st_mode & 0o777 == 0o700
    for number, mode in enumerate((0o620, 0o602, 0o666), start=2):
        workshop.kept.chmod(mode)
        workshop.open()
        assert workshop.builds == number


class Trap:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return os.mkdir, (str(self.path),)


def test_a_file_with_a_command_in_it_is_refused_before_it_runs(workshop: Workshop) -> None:
    expected = workshop.open()
    trap = workshop.home / "trapped"
    name, mark = workshop.kept.name, fingerprint.fingerprint(workshop.sources)
    files.keep(workshop.cache, name, mark, pickle.dumps({"x": Trap(trap)}))
    assert look(workshop.cache, name, mark)

    assert workshop.open() == expected
    assert (workshop.builds, trap.exists()) == (2, False)


def test_a_file_of_something_else_is_not_taken_for_a_registry(workshop: Workshop) -> None:
    expected = workshop.open()
    files.keep(workshop.cache, workshop.kept.name, fingerprint.fingerprint(workshop.sources), pickle.dumps(["a list"]))

    assert workshop.open() == expected


def test_no_folder_to_write_to_does_no_harm(workshop: Workshop) -> None:
    workshop.cache.write_text("a file where the folder should be")

    assert workshop.open() == workshop.open()
    assert workshop.builds == 2


def test_whoever_reads_while_others_write_gets_something_whole(tmp_path: Path) -> None:
    contents = [bytes([number]) * 200_000 for number in range(4)]
    writers = [threading.Thread(target=files.keep, args=(tmp_path, "x.tables", b"mark", content)) for content in contents * 5]
    files.keep(tmp_path, "x.tables", b"mark", contents[0])
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        assert look(tmp_path, "x.tables", b"mark") in contents
    assert [path.name for path in tmp_path.iterdir()] == ["x.tables"]


def test_a_file_in_use_outlives_those_written_after_it(tmp_path: Path) -> None:
    files.keep(tmp_path, "used.tables", b"mark", b"content")
    os.utime(tmp_path / "used.tables", (1, 1))
    for number in range(8):
        files.keep(tmp_path, f"{number}.tables", b"mark", b"content")
        os.utime(tmp_path / f"{number}.tables", (number + 2, number + 2))
        assert look(tmp_path, "used.tables", b"mark") == b"content"

    assert {path.name for path in tmp_path.iterdir()} == {"used.tables", *(f"{number}.tables" for number in range(1, 8))}


def test_old_files_go(tmp_path: Path) -> None:
    for number in range(20):
        files.keep(tmp_path, f"{number}.tables", b"mark", b"content")
        os.utime(tmp_path / f"{number}.tables", (number, number))
    (tmp_path / "somebody's.txt").touch()
    files.keep(tmp_path, "last.tables", b"mark", b"content")

    assert {path.name for path in tmp_path.iterdir()} == {
        "somebody's.txt",
        "last.tables",
        *(f"{number}.tables" for number in range(13, 20)),
    }


def test_what_another_process_keeps_meanwhile_is_used(workshop: Workshop) -> None:
    another = Workshop(workshop.home)

    assert build_or_reuse(workshop.cache, workshop.sources, dict, workshop.build, another.open) == another.open()
    assert (another.builds, workshop.builds) == (1, 0)


def test_where_another_process_keeps_nothing_it_is_built_here(workshop: Workshop) -> None:
    asked: list[str] = []
    for _ in range(2):
        assert build_or_reuse(workshop.cache, workshop.sources, dict, workshop.build, lambda: asked.append("once"))
    assert (asked, workshop.builds) == (["once"], 1)


def test_what_another_process_tells_is_raised(workshop: Workshop) -> None:
    def fail() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        build_or_reuse(workshop.cache, workshop.sources, dict, workshop.build, fail)
    assert workshop.builds == 0


def test_no_other_process_is_asked_where_nothing_can_be_kept(workshop: Workshop) -> None:
    workshop.cache.write_text("a file where the folder should be")

    assert build_or_reuse(workshop.cache, workshop.sources, dict, workshop.build, lambda: 1 / 0)
    assert workshop.builds == 1
