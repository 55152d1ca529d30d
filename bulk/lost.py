"""Workers that were killed while they told an answer.

The executor of the standard library notices a process that ends, but not while it waits for the rest of that process's answer, which
it does for as long as another process holds the same pipe. Nothing but its private parts leads to those processes and that pipe.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing.connection import wait
from time import monotonic

_NOTICED_SECONDS = 5.0
"""Within this the executor has noticed that a worker ended, if it ever will."""


class LostWorkers:
    """Watches the workers of an executor."""

    def __init__(self, executor: ProcessPoolExecutor) -> None:
        self._executor = executor
        self._gone_since: float | None = None

    def are_there(self) -> bool:
        """Tell whether a worker has been gone for some seconds, and the executor has not noticed; to be asked again and again."""
        workers = (self._executor._processes or {}).values()  # noqa: SLF001 - nothing else tells of them
        gone = not self._executor._broken and wait([worker.sentinel for worker in workers], 0)  # noqa: SLF001 - the same
        self._gone_since = (self._gone_since or monotonic()) if gone else None
        return self._gone_since is not None and monotonic() - self._gone_since > _NOTICED_SECONDS

    def give_up(self) -> None:
        """End all workers and the pipe of their answers, so that whoever awaits one hears that the pool is broken."""
        self._executor._result_queue._writer.close()  # type: ignore[attr-defined]  # noqa: SLF001 - the same
        for worker in list((self._executor._processes or {}).values()):  # noqa: SLF001 - the same
            worker.kill()
