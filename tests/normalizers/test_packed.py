"""Packed rows are made when they are asked for, again and again the same, and few of them are held."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from normalizers.packed import MOST_MET, PackedRows, join_lines, split_lines
from normalizers.term_rows import pack_rows

WORDS = st.text(max_size=8)
SHARED = st.tuples(WORDS, WORDS, WORDS, st.lists(WORDS, max_size=3).map(tuple))


class Squares(PackedRows[int]):
    def make(self, number: int) -> int:
        return number * number


def test_no_more_rows_are_held_than_is_said() -> None:
    squares = Squares()
    for number in range(3 * MOST_MET):
        assert squares[number] == number * number
        assert len(squares) <= MOST_MET
    assert [squares[number] for number in range(10)] == [number * number for number in range(10)]


@given(st.lists(st.lists(SHARED, max_size=3), max_size=6))
def test_terms_are_unpacked_as_they_were(entries: list[list[tuple[str, str, str, tuple[str, ...]]]]) -> None:
    rows = pack_rows(entries)

    assert [rows[number] for number in range(len(entries))] == [tuple(found) for found in entries]


@given(st.lists(st.text(st.characters(exclude_characters="\n"))))
def test_lines_are_parted_where_they_were_joined(texts: list[str]) -> None:
    assert list(split_lines(join_lines(texts))) == texts


def test_many_lines_are_joined_by_thousands() -> None:
    joined = join_lines(map(str, range(10_000)))

    assert len(joined) == 3
    assert list(split_lines(joined)) == [str(number) for number in range(10_000)]
