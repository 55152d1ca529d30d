"""Shares the event loop: in each of its rounds there is work for a moment at most, so that in between it hears who has come.

If everybody worked at once, a round would last as long as all of them together, and whoever came meanwhile would be neither let in nor
turned away before its end.
"""

from __future__ import annotations

import asyncio
from collections import deque


class Rounds:
    """Lets work into the rounds of the event loop, in the order in which it asked.

    Args:
        length: Seconds of work in one round. The last piece that begins in a round may take it over that.
    """

    def __init__(self, length: float) -> None:
        self._length = length
        self._left = length
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._is_renewing = False

    async def place(self) -> None:
        """Wait for a place in a round; there is one at once unless others wait, or this round is spent."""
        if self._left > 0 and not self._waiting:
            return
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.append(waiter)
        await waiter

    def spend(self, seconds: float) -> None:
        """Count work that was done in this round."""
        self._left -= seconds
        if self._left <= 0 and not self._is_renewing:
            self._is_renewing = True
            asyncio.get_running_loop().call_soon(self._renew)

    def _renew(self) -> None:
        """Begin a round with whoever has waited longest. Between two rounds the event loop looks at its sockets."""
        self._left = self._length
        while self._waiting:
            waiter = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(None)
                break
        self._is_renewing = bool(self._waiting)
        if self._is_renewing:
            asyncio.get_running_loop().call_soon(self._renew)
