"""Several processes that answer on one port: forked once the data is loaded, so that they share it, and replaced when they die."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
import traceback
from dataclasses import dataclass, field, replace
from typing import Protocol

from prometheus_client.multiprocess import mark_process_dead
from structlog.typing import FilteringBoundLogger

from bulk.exits import Exit
from service.settings import Settings

_HEEDED = (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD)
_YOUNG_SECONDS = 5.0
_MOST_YOUNG_DEATHS = 5
"""So often in a row a process may end right after its start; then the fault is not its own, and the whole service ends."""


class Serve(Protocol):
    """Serves in this process until it is told to stop, and gives the exit code."""

    def __call__(self, own: Settings, *, speaks: bool) -> Exit:
        """Serve by settings of its own; one of all processes says where."""


@dataclass(slots=True)
class Fleet:
    """The processes, by their ids, with the place that each has and when it was started.

    The first place works on jobs beside its requests; the others only take them. This process itself serves nobody and runs no
    thread, so that it can fork at any time.
    """

    settings: Settings
    listener: socket.socket
    logger: FilteringBoundLogger
    serve: Serve
    members: dict[int, tuple[int, float]] = field(default_factory=dict)
    young_deaths: int = 0
    has_spoken: bool = False
    has_failed: bool = False

    def run(self) -> Exit:
        """Keep as many processes as are set until a signal says to stop, then see them out; a second signal ends them at once."""
        signal.pthread_sigmask(signal.SIG_BLOCK, _HEEDED)
        lifeline, held = os.pipe()
        for place in range(self.settings.workers):
            self._fork(place, lifeline, held)
        while not self.has_failed:
            if signal.sigwait(_HEEDED) != signal.SIGCHLD:
                break
            for place in self._reap():
                self._fork(place, lifeline, held)
        # The members have the port still, and close it in an order that loses nothing.
        self.listener.close()
        self._send(signal.SIGTERM)
        while self.members:
            if signal.sigwait(_HEEDED) != signal.SIGCHLD:
                self._send(signal.SIGKILL)
            self._reap()
        return Exit.FAILED if self.has_failed else Exit.DONE

    def _fork(self, place: int, lifeline: int, held: int) -> None:
        pid = os.fork()
        if pid:
            self.members[pid] = (place, time.monotonic())
            self.has_spoken = True
            return
        status = Exit.FAILED
        try:
            os.close(held)
            status = self._member(place, lifeline)
        except BaseException:  # noqa: BLE001 -- nothing may return into the loop of the parent
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(status)

    def _member(self, place: int, lifeline: int) -> Exit:
        self.members.clear()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _HEEDED)
        threading.Thread(target=_stop_with_parent, args=(lifeline,), daemon=True).start()
        return self.serve(self.settings if place == 0 else replace(self.settings, job_workers=0), speaks=not self.has_spoken)

    def _reap(self) -> list[int]:
        """See out those that ended; give the places that are free."""
        free: list[int] = []
        while self.members:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                break
            if pid not in self.members:
                continue
            place, started = self.members.pop(pid)
            mark_process_dead(pid)  # type: ignore[no-untyped-call]  # the library has no types there
            ended = os.waitstatus_to_exitcode(status)
            self.young_deaths = self.young_deaths + 1 if time.monotonic() - started < _YOUNG_SECONDS else 0
            # One that ends by itself with a fault has told it, and it is the fault of all.
            self.has_failed |= ended > 0 or self.young_deaths >= _MOST_YOUNG_DEATHS
            self.logger.info("process ended", place=place, pid=pid, status=ended)
            free.append(place)
        return free

    def _send(self, number: signal.Signals) -> None:
        for pid in self.members:
            os.kill(pid, number)


def _stop_with_parent(lifeline: int) -> None:
    """Stop in good order when the parent is gone: then nobody replaces this process, and nobody would tell it to stop."""
    os.read(lifeline, 1)
    os.kill(os.getpid(), signal.SIGTERM)
