"""The garbage collector, while tables are built and once they are."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG, MIDDLE, OLD = 50_000, 20, 50
"""How many new objects, and how many rounds over them, bring the next round about. Reading leaves hardly any garbage that has to be
looked for, while each look goes through all that the caches hold; Python's own figures are 700, 10 and 10."""


def set_aside() -> None:
    """Exempt what is loaded by now from garbage collection, and look for garbage less often: for programs that read from now on.

    A full round over all tables takes half a second. What an earlier call set aside is looked through once more, so that a registry
    that has been replaced does not stay for ever. A process that is forked later shares what was set aside.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep the garbage collector from walking a growing heap again and again while there is no garbage: it doubles the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
