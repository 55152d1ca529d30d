"""Where a run writes: the output, the rejects, what was left unsaid, and the journal beside them, always in step."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from bulk.forms import open_form, open_form_output
from bulk.journal import START, Checkpoint, Journal, journal_path
from bulk.outputs import give_name, is_lasting, open_output
from bulk.terminal import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bulk.chunks import ChunkAnswer
    from bulk.order import Order
    from bulk.outputs import Output
    from bulk.records import Reject
    from bulk.tally import Tally


@dataclass(slots=True)
class Sinks:
    """The open outputs of a run, what they account for, and ``tail``, which closes the output; ``token`` goes with a checkpoint."""

    output: Output
    rejects: Output | None
    unsaid: Output | None
    journal: Journal | None
    tail: bytes
    items: int
    rejected: int
    tally: Tally
    token: str = ""

    def write(self, answer: ChunkAnswer) -> None:
        """Write what became of some records, and note how far the run is, if the last note is long enough ago."""
        if answer.block:
            self.output.write(answer.block)
        if answer.rejects:
            self._write_rejects(answer.rejects)
        if self.unsaid and answer.unsaid:
            self.unsaid.write(answer.unsaid)
        self.items += answer.items
        self.rejected += len(answer.rejects)
        self.tally.add(answer.tally)
        if self.journal and self.journal.is_due:
            self.note()

    def note(self) -> None:
        """Note how far the run is, if there is a journal."""
        if self.journal:
            self.journal.note(self._checkpoint(complete=False), self.tally)

    def finish(self) -> None:
        """Give the outputs their names. A run that is stopped in the middle of this can be resumed, too."""
        if self.tail:
            self.output.write(self.tail)
        if self.journal:
            self.journal.note(self._checkpoint(complete=True), self.tally)
        for output in filter(None, (self.unsaid, self.rejects, self.output)):
            output.finish()
        if self.journal:
            self.journal.remove()

    def close(self) -> None:
        """Let go of everything, finished or not."""
        for output in filter(None, (self.output, self.rejects, self.unsaid)):
            output.close()

    def _checkpoint(self, *, complete: bool) -> Checkpoint:
        rejects = self.rejects.sync() if self.rejects else 0
        unsaid = self.unsaid.sync() if self.unsaid else 0
        return Checkpoint(self.items, self.rejected, self.output.sync(), rejects, unsaid, complete, self.token)

    def _write_rejects(self, rejects: tuple[Reject, ...]) -> None:
        if self.rejects:
            self.rejects.write(b"".join(reject.as_json() for reject in rejects))
        else:
            for reject in rejects:
                click.echo(visible(f"drets: {reject}"), err=True)


@contextmanager
def open_sinks(order: Order, start: Checkpoint, tally: Tally, identity: dict[str, Any]) -> Iterator[Sinks]:
    """Open what a run writes to, cut back to the checkpoint from which it starts.

    Only an output that is a file, and of a form that can be gone on with, has a journal. It is opened first: once it is empty,
    nothing speaks any more of the files of an earlier run.
    """
    output, form = order.output, order.treatment.form
    journal = Journal(journal_path(output), identity, start) if output and order.can_resume else None
    opened = open_form_output(form, output, keep=start.output)
    sinks = Sinks(
        opened,
        open_output(order.rejects, keep=start.rejects) if order.rejects else None,
        open_output(order.unsaid, keep=start.unsaid) if order.unsaid else None,
        journal,
        open_form(form).tail,
        start.items,
        start.rejected,
        tally,
        start.token,
    )
    if start == START and open_form(form).head:
        opened.write(open_form(form).head)
    try:
        yield sinks
    finally:
        sinks.close()


def complete_names(order: Order) -> None:
    """Finish what a run did not get to that had written everything: its names, and its journal."""
    for path in filter(None, (order.unsaid, order.rejects, order.output)):
        give_name(path)
    if order.output and is_lasting(order.output):
        journal_path(order.output).unlink()
