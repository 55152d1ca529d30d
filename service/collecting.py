"""Looks for unused objects when nobody waits.

The cache of answers holds a million objects once it is full, all of them in use. Python looks through all objects again whenever they
have grown by a quarter, which takes 0.4 seconds then, in which nobody is answered. Here that is done when nothing is in work; only young
objects, among which nearly all that is unused is found, are looked through at any time.
"""

from __future__ import annotations

import asyncio
import gc
from time import monotonic

from normalizers.collector import MIDDLE, YOUNG
from service.state import Engine

_YOUNG = (YOUNG, MIDDLE)
"""The thresholds for what is new."""

_NEVER = 2**31 - 1
_LOOK_SECONDS = 10.0
_WORTH_IT = 2
"""Times that young objects were looked through, since what is older was: the threshold from which Python looks through that as well."""

_REST_SECONDS = 300.0
"""So long after it was done it is not done again, so that one request in a thousand at most comes while it is."""

_LATEST_SECONDS = 3_600.0
"""Under load without a pause it must be done all the same, before what is unused adds up."""


async def collect_at_rest(engine: Engine, *, every: float = _LOOK_SECONDS, rest: float = _REST_SECONDS) -> None:
    """Take over from Python when old objects are looked through, until cancelled."""
    thresholds = gc.get_threshold()
    gc.set_threshold(*_YOUNG, _NEVER)
    done = monotonic()
    try:
        while True:
            await asyncio.sleep(every)
            since = monotonic() - done
            if gc.get_count()[2] >= _WORTH_IT and ((since > rest and not engine.active) or since > _LATEST_SECONDS):
                gc.collect()
                done = monotonic()
    finally:
        gc.set_threshold(*thresholds)
