"""Outputs: a file has its name only once it is complete."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from bulk.exits import Failure
from bulk.inputs import open_input
from bulk.outputs import FileOutput, open_output, whole_output


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_takes_its_name_when_it_is_complete(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"earlier")
    with whole_output(tmp_path / "out") as out:
        out.write(b"later")
        assert names(tmp_path) == ["out", "out.partial"]
        assert (tmp_path / "out").read_bytes() == b"earlier"
    assert names(tmp_path) == ["out"]
    assert (tmp_path / "out").read_bytes() == b"later"


def test_a_fault_leaves_what_was_there_and_nothing_else(tmp_path: Path) -> None:
    def fail() -> None:
        with whole_output(tmp_path / "out") as out:
            out.write(b"half")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert names(tmp_path) == []


@pytest.mark.parametrize("suffix", [".gz", ".zst", ".GZ"])
def test_a_file_is_compressed_by_its_name(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"out{suffix}"
    with whole_output(path) as out:
        out.write(b"one\n")
        out.write(b"two\n")
    assert path.read_bytes()[:2] == {".gz": b"\x1f\x8b", ".zst": b"\x28\xb5"}[suffix.lower()]
    with open_input(str(path)) as opened:
        assert b"".join(opened.blocks()) == b"one\ntwo\n"


def test_the_same_blocks_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.gz", "b.gz"):
        with whole_output(tmp_path / name) as out:
            out.write(b"block")
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()


def test_an_unfinished_file_is_cut_back_to_what_is_to_stay(tmp_path: Path) -> None:
    first = FileOutput(tmp_path / "out.gz")
    first.write(b"kept\n")
    kept = first.sync()
    first.write(b"to be done again\n")
    first.close()
    second = FileOutput(tmp_path / "out.gz", keep=kept)
    second.write(b"new\n")
    second.finish()
    assert gzip.decompress((tmp_path / "out.gz").read_bytes()) == b"kept\nnew\n"


def test_an_unfinished_file_that_lacks_what_is_to_stay_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out.partial").write_bytes(b"12345")
    with pytest.raises(Failure, match="shorter than its journal says"):
        FileOutput(tmp_path / "out", keep=6)
    assert (tmp_path / "out.partial").read_bytes() == b"12345"


def test_the_file_behind_a_symbolic_link_is_replaced_and_not_the_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"earlier")
    (tmp_path / "link").symlink_to("real")
    with whole_output(tmp_path / "link") as out:
        out.write(b"later")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"later"


def test_a_device_is_written_to_as_it_is() -> None:
    output = open_output(Path(os.devnull))
    output.write(b"gone")
    output.finish()
    output.close()
    assert not Path(os.devnull).is_file()
