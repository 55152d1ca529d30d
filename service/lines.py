"""Lines of a stream, cut from chunks of any size in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator


class Lines:
    r"""Cuts chunks into lines; a line longer than the limit is given as None, and nothing of it is kept.

    >>> lines = Lines(limit=4)
    >>> list(lines.feed(b"one\nfar too long\ntw")), list(lines.feed(b"o\n")), list(lines.end())
    ([b'one', None], [b'two'], [])
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held = bytearray()
        self._overlong = False

    def feed(self, chunk: bytes) -> Iterator[bytes | None]:
        """Take a chunk, and give the lines that it completes."""
        *complete, rest = chunk.split(b"\n")
        for part in complete:
            self._hold(part)
            yield self._close()
        self._hold(rest)

    def end(self) -> Iterator[bytes | None]:
        """Give what follows the last line break, if anything does."""
        if self._held or self._overlong:
            yield self._close()

    def _hold(self, part: bytes) -> None:
        if self._overlong or len(self._held) + len(part) > self._limit:
            self._overlong = True
            self._held.clear()
        else:
            self._held += part

    def _close(self) -> bytes | None:
        line = None if self._overlong else bytes(self._held)
        self._held.clear()
        self._overlong = False
        return line
