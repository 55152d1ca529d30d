"""Signals that a process which is started is to leave to this one."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def held(*numbers: signal.Signals) -> Iterator[None]:
    """Hold signals back, so that processes which are started meanwhile leave them to this one from their first instruction on.

    They inherit the mask of this thread and never lift it. Ignoring a signal once they run would come too late: under load a
    process is a second old before it runs any code of ours, and until then Ctrl-C ends it with a traceback. Windows has no masks.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
