"""The service as a process of its own, for tests that end it in any way they like."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any


@dataclass(slots=True)
class Process:
    """A service in a process of its own, and what it wrote so far."""

    running: subprocess.Popen[str]
    written: list[str] = field(default_factory=list)
    collector: Thread | None = None

    def collect(self) -> None:
        assert self.running.stderr is not None
        for line in self.running.stderr:
            self.written.append(line)

    async def line(self, pattern: str, *, seconds: float = 120) -> re.Match[str]:
        """Wait for a line that matches; a busy machine may take a minute to start it."""
        for _ in range(int(seconds / 0.05)):
            for line in self.written:
                if found := re.search(pattern, line):
                    return found
            assert self.running.poll() is None, self.written
            await asyncio.sleep(0.05)
        raise AssertionError(f"no line like {pattern!r} in {self.written}")

    async def url(self) -> str:
        return (await self.line(r"listens on (http://\S+)"))[1]

    async def ready(self) -> str:
        await self.line("^Try it: ")
        return await self.url()

    async def ended(self, seconds: float = 90) -> int:
        """Wait for the end of the process, and until all that it wrote is here."""
        # Not by a thread that waits: one that waits in vain would hold up the end of the test, and with it whoever ends the process.
        await until(lambda: self.running.poll() is not None, seconds=seconds)
        if self.collector is not None:
            await asyncio.to_thread(self.collector.join, 10)
        return self.running.returncode

    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.written if line.startswith("{")]


async def until(holds: Callable[[], bool], *, seconds: float = 60) -> None:
    """Wait until something holds, however busy the machine is; where it never does, the test fails."""
    for _ in range(int(seconds / 0.02)):
        if holds():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"not within {seconds:g} seconds")


def children(pid: int) -> list[int]:
    """List the processes that a process has started, whichever of its threads did; for systems that tell so in /proc."""
    found: list[int] = []
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # a thread that ended meanwhile
            found += map(int, (thread / "children").read_text(encoding="ascii").split())
    return found


def is_there(pid: int) -> bool:
    """Tell whether a process runs, or has ended and nobody took note of it yet; for systems with /proc."""
    return Path(f"/proc/{pid}").exists()


def only(**settings: str) -> dict[str, str | None]:
    """Give an environment for a command that is called here, in which no variable of whoever runs the tests is a setting."""
    return {**dict.fromkeys(name for name in os.environ if name.startswith("DRETS_")), **settings}


def was_sent(fault: Exception) -> bool:
    """Tell whether a request that got no answer was sent: one whose connection closed before it was written was accepted by nobody."""
    return "Can not write request body" not in str(fault)


def slowness() -> float:
    """Tell how many seconds one of work takes here at the moment, where others use the processors too."""
    began, used = time.monotonic(), time.process_time()
    while time.process_time() - used < 0.2:
        pass
    return max(1.0, (time.monotonic() - began) / 0.2)


Launch = Callable[..., Process]


@contextmanager
def launching(home: Path) -> Iterator[Launch]:
    started: list[tuple[Process, Thread]] = []
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("DRETS_")}

    def start(*arguments: str, **settings: str) -> Process:
        # Jobs stand back for requests; beside other tests they would wait for those as well.
        environment = {
            **inherited,
            "DRETS_PORT": "0",
            "DRETS_JOB_NICENESS": "0",
            **{f"DRETS_{name.upper()}": value for name, value in settings.items()},
        }
        command = [sys.executable, "-m", "service", *arguments]
        running = subprocess.Popen(command, cwd=home, env=environment, stderr=subprocess.PIPE, encoding="utf-8")  # noqa: S603 - our own
        process = Process(running)
        process.collector = thread = Thread(target=process.collect)
        thread.start()
        started.append((process, thread))
        return process

    try:
        yield start
    finally:
        for process, thread in started:
            process.running.kill()
            process.running.wait()
            thread.join()
            assert process.running.stderr is not None
            process.running.stderr.close()
