"""Where a run writes: the output, the rejects, and the journal beside them, always in step."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from bulk.journal import Checkpoint, Journal, journal_path
from bulk.outputs import give_name, is_lasting, open_output
from bulk.terminal import visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bulk.outputs import Output
    from bulk.records import Reject


@dataclass(slots=True)
class Sinks:
    """The open outputs of a run, and how many records they account for."""

    output: Output
    rejects: Output | None
    journal: Journal | None
    items: int
    rejected: int

    def write(self, block: bytes, rejects: tuple[Reject, ...], items: int) -> None:
        """Write what became of so many records, and note how far the run is, if the last note is long enough ago."""
        if block:
            self.output.write(block)
        if rejects:
            self._write_rejects(rejects)
        self.items += items
        self.rejected += len(rejects)
        if self.journal and self.journal.is_due:
            self.journal.note(self._checkpoint(complete=False))

    def finish(self) -> None:
        """Give the outputs their names. A run that is stopped in the middle of this can be resumed, too."""
        if self.journal:
            self.journal.note(self._checkpoint(complete=True))
        for output in filter(None, (self.rejects, self.output)):
            output.finish()
        if self.journal:
            self.journal.remove()

    def close(self) -> None:
        """Let go of everything, finished or not."""
        for output in filter(None, (self.output, self.rejects)):
            output.close()
        if self.journal:
            self.journal.close()

    def _checkpoint(self, *, complete: bool) -> Checkpoint:
        rejects = self.rejects.sync() if self.rejects else 0
        return Checkpoint(self.items, self.rejected, self.output.sync(), rejects, complete)

    def _write_rejects(self, rejects: tuple[Reject, ...]) -> None:
        if self.rejects:
            self.rejects.write(b"".join(reject.as_json() for reject in rejects))
        else:
            for reject in rejects:
                click.echo(visible(f"drets: {reject}"), err=True)


@contextmanager
def open_sinks(output: Path | None, rejects: Path | None, start: Checkpoint, identity: dict[str, Any]) -> Iterator[Sinks]:
    """Open what a run writes to, cut back to the checkpoint from which it starts.

    Only an output that is a file has a journal. It is opened first: once it is empty, nothing speaks any more of the files
    of an earlier run.
    """
    journal = Journal(journal_path(output), identity, start) if output and is_lasting(output) else None
    sinks = Sinks(
        open_output(output, keep=start.output),
        open_output(rejects, keep=start.rejects) if rejects else None,
        journal,
        start.items,
        start.rejected,
    )
    try:
        yield sinks
    finally:
        sinks.close()


def complete_names(output: Path, rejects: Path | None) -> None:
    """Finish what a run did not get to that had written everything: its names, and its journal."""
    for path in filter(None, (rejects, output)):
        give_name(path)
    journal_path(output).unlink()
