"""Notices, before a request is answered, that it would be answered too late.

The event loop works in rounds: whatever came in since the last one is answered in this one, and what comes meanwhile waits for the
next. How long this round has taken already is therefore the least that a request in it has waited, and nearly all that the next will.
"""

from __future__ import annotations

import asyncio
from time import monotonic


class Rounds:
    """Measures how long the present round of the event loop has been answering requests.

    Args:
        longest: Seconds after which a round takes no more requests.
    """

    def __init__(self, longest: float) -> None:
        self._longest = longest
        self._began: float | None = None

    def is_full(self) -> bool:
        """Tell whether this round has taken its time; the first question of a round starts its clock."""
        moment = monotonic()
        if self._began is None:
            self._began = moment
            # What is called soon is called at the beginning of the next round.
            asyncio.get_running_loop().call_soon(self._end)
        return moment - self._began > self._longest

    def _end(self) -> None:
        self._began = None
