"""Lets what works on the store finish before it is stopped.

To cancel in the middle of a statement breaks the connection off; its thread then tells its result to an event loop that may be closed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine

_PATIENCE_SECONDS = 5.0
"""How long a step may go on once it is to stop: a store that does not answer holds up the end no longer."""


async def undisturbed(step: Coroutine[object, object, None], *, patience: float = _PATIENCE_SECONDS) -> None:
    """Do a step; whoever is cancelled meanwhile is so only after its end, and the step itself only where it takes too long."""
    doing = asyncio.create_task(step)
    try:
        await asyncio.shield(doing)
    except asyncio.CancelledError:
        await asyncio.wait({doing}, timeout=patience)
        doing.cancel()
        await asyncio.gather(doing, return_exceptions=True)
        raise
