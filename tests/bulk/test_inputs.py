"""Inputs: files and folders, plain and compressed, whole and damaged."""

from __future__ import annotations

import gzip
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bulk.inputs import DamagedInputError, expand, open_input, size

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

CONTENT = b"".join(b"%d %s\n" % (number, os.urandom(8).hex().encode()) for number in range(20_000))


def read(path: Path) -> bytes:
    with open_input(str(path)) as opened:
        return b"".join(opened.blocks())


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstd.compress])
def test_compression_is_seen_by_content_whatever_the_name(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "records.txt"
    path.write_bytes(pack(CONTENT))
    assert read(path) == CONTENT


@pytest.mark.parametrize("pack", [gzip.compress, zstd.compress])
def test_several_members_are_one_input(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "records"
    path.write_bytes(pack(b"one\n") + pack(b"two\n"))
    assert read(path) == b"one\ntwo\n"


@pytest.mark.parametrize("pack", [gzip.compress, zstd.compress])
def test_compressed_data_that_end_early_are_damage_behind_what_could_be_read(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "records"
    path.write_bytes(pack(CONTENT)[:-100])
    blocks: list[bytes] = []
    with open_input(str(path)) as opened, pytest.raises(DamagedInputError, match="cannot be read further"):
        blocks.extend(opened.blocks())
    assert CONTENT.startswith(b"".join(blocks))


@pytest.mark.parametrize("pack", [gzip.compress, zstd.compress])
def test_garbage_behind_compressed_data_is_damage(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "records"
    path.write_bytes(pack(CONTENT) + b"garbage")
    with pytest.raises(DamagedInputError):
        read(path)


def test_an_empty_input_has_no_blocks(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert read(tmp_path / "empty") == b""


def test_a_folder_is_its_files_by_name_without_hidden_and_unfinished_ones(tmp_path: Path) -> None:
    for name in ("b.json", "a/2.json", "a/1.json", ".hidden", "a/.git/x", "out.ndjson", "out.ndjson.partial", "out.ndjson.journal"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{}")
    out = os.path.realpath(tmp_path / "out.ndjson")
    found = [Path(name).relative_to(tmp_path).as_posix() for name in expand((str(tmp_path),), frozenset({out}))]
    assert found == ["a/1.json", "a/2.json", "b.json"]


def test_the_size_is_known_only_where_all_inputs_are_files(tmp_path: Path) -> None:
    (tmp_path / "five").write_bytes(b"12345")
    assert size([str(tmp_path / "five")] * 2) == 10
    assert size([str(tmp_path / "five"), "-"]) is None


def test_the_position_is_that_in_the_file_as_it_lies_there(tmp_path: Path) -> None:
    path = tmp_path / "records.gz"
    path.write_bytes(gzip.compress(CONTENT))
    with open_input(str(path)) as opened:
        assert sum(map(len, opened.blocks())) == len(CONTENT)
        assert opened.position() == path.stat().st_size
