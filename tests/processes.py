"""The service as a process of its own, for tests that end it in any way they like."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any


@dataclass(slots=True)
class Process:
    """A service in a process of its own, and what it wrote so far."""

    running: subprocess.Popen[str]
    written: list[str] = field(default_factory=list)

    def collect(self) -> None:
        assert self.running.stderr is not None
        for line in self.running.stderr:
            self.written.append(line)

    async def line(self, pattern: str) -> re.Match[str]:
        """Wait for a line that matches."""
        for _ in range(2400):  # two minutes: a busy machine may take one to start it
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

    async def ended(self, seconds: float = 20) -> int:
        return await asyncio.wait_for(asyncio.to_thread(self.running.wait), seconds)

    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.written if line.startswith("{")]


def only(**settings: str) -> dict[str, str | None]:
    """Give an environment for a command that is called here, in which no variable of whoever runs the tests is a setting."""
    return {**dict.fromkeys(name for name in os.environ if name.startswith("DRETS_")), **settings}


Launch = Callable[..., Process]


@contextmanager
def launching(home: Path) -> Iterator[Launch]:
    started: list[tuple[Process, Thread]] = []
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("DRETS_")}

    def start(*arguments: str, **settings: str) -> Process:
        environment = {**inherited, "DRETS_PORT": "0", **{f"DRETS_{name.upper()}": value for name, value in settings.items()}}
        command = [sys.executable, "-m", "service", *arguments]
        running = subprocess.Popen(command, cwd=home, env=environment, stderr=subprocess.PIPE, encoding="utf-8")  # noqa: S603 - our own
        process = Process(running)
        thread = Thread(target=process.collect)
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
