"""Lines are cut from chunks the same way however the chunks were cut, and no line holds more than its limit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.lines import Lines


def cut(chunks: list[bytes], limit: int) -> list[bytes | None]:
    lines = Lines(limit)
    found = [line for chunk in chunks for line in lines.feed(chunk)]
    return [*found, *lines.end()]


@given(
    st.lists(st.lists(st.sampled_from([b"a", b"bc", b"\n", b"\r\n", b"defgh"]), max_size=6).map(b"".join), max_size=8), st.integers(1, 12)
)
def test_chunks_do_not_matter(chunks: list[bytes], limit: int) -> None:
    whole = b"".join(chunks)
    expected = [line if len(line) <= limit else None for line in whole.split(b"\n")]
    if not whole or whole.endswith(b"\n"):
        expected.pop()
    assert cut(chunks, limit) == expected


def test_nothing_of_an_overlong_line_is_kept() -> None:
    lines = Lines(limit=1000)
    for _ in range(10_000):
        assert list(lines.feed(b"x" * 1000)) == []
    assert len(lines._held) == 0  # noqa: SLF001 - what is held in between is what this is about
    assert list(lines.feed(b"\nnext\n")) == [None, b"next"]
