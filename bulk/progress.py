"""How far long work is: a bar for a person at a terminal, and nothing for anyone else."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress as Bar
    from rich.progress import TaskID


class Progress(Protocol):
    """Something that is told how far the work is."""

    def advance(self, items: int, position: int) -> None:
        """Tell that so many more items are done, and up to which byte of all inputs."""


class Silence:
    """Nobody looks."""

    def advance(self, items: int, position: int) -> None:
        """Do nothing."""


class TerminalProgress:
    """A bar with what is done, the rate and the time left."""

    def __init__(self, bar: Bar, task: TaskID) -> None:
        self._bar = bar
        self._task = task
        self._items = 0

    def advance(self, items: int, position: int) -> None:
        """Move the bar."""
        self._items += items
        self._bar.update(self._task, completed=position, items=self._items, rate=self._rate())

    def _rate(self) -> float:
        elapsed = self._bar.tasks[0].elapsed
        return self._items / elapsed if elapsed else 0.0


@contextmanager
def show_progress(unit: str, total: int | None, *, to_terminal: bool) -> Iterator[Progress]:
    """Show a bar on standard error while the work goes on, if a person can see it and it does not run into the results.

    Args:
        unit: What is counted, in the plural.
        total: Bytes of all inputs, if known: only then is there a time left.
        to_terminal: Whether results are written to standard output, which may be the same terminal.
    """
    if not sys.stderr.isatty() or (to_terminal and sys.stdout.isatty()):
        yield Silence()
        return
    # Imported here: rich takes as long as reading a thousand values, and in a pipe nobody needs it.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (BarColumn(), TextColumn("{task.fields[items]:,} " + unit), TextColumn("{task.fields[rate]:,.0f}/s"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield TerminalProgress(bar, bar.add_task(unit, total=total, items=0, rate=0.0))
