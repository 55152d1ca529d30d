"""Lines of a stream: numbered, of bounded length, and given away as soon as they are complete."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bulk.lines import Line, read_lines


def read(*blocks: bytes, limit: int = 1 << 20) -> list[Line]:
    return [line for lines in read_lines(blocks, limit=limit) for line in lines]


@given(content=st.binary(max_size=200).map(lambda text: text.replace(b"\xef", b"")), cuts=st.lists(st.integers(0, 200), max_size=5))
def test_where_blocks_are_cut_makes_no_difference(content: bytes, cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(content)]
    blocks = [content[start:end] for start, end in pairwise(edges)]
    expected = content.split(b"\n")
    if not expected[-1]:
        expected.pop()
    assert [(line.number, line.raw) for line in read(*blocks)] == list(enumerate(expected, 1))


def test_a_line_is_given_away_before_the_next_block_is_asked_for() -> None:
    asked = []

    def blocks() -> object:
        for block in (b"one\n", b"two\nthr", b"ee\n"):
            asked.append(block)
            yield block

    lines = read_lines(blocks())  # type: ignore[arg-type]  # a generator of bytes
    assert [line.raw for line in next(lines)] == [b"one"]
    assert asked == [b"one\n"]


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    assert read(b"\xef\xbb", b"\xbfone\ntwo")[0] == Line(1, b"one", 3)


def test_a_line_that_is_too_long_is_cut_and_the_next_one_is_whole() -> None:
    long, short = read(b"x" * 5000, b"x" * 5000 + b"\n", b"short", limit=6000)
    assert long.is_cut
    assert (long.length, len(long.raw)) == (10_000, 1024)
    assert (short.number, short.raw, short.is_cut) == (2, b"short", False)


def test_a_line_of_the_greatest_length_is_whole() -> None:
    assert not read(b"x" * 6000, limit=6000)[0].is_cut
