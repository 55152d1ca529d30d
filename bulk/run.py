"""A run over many records: inputs through the engine into an output, with rejects, progress, and a way to go on after a stop."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

import click

from bulk.chunks import ChunkAnswer, answer_chunk, cut_chunks
from bulk.engine import engine_versions, knows_name
from bulk.formats import read_records
from bulk.inputs import size
from bulk.journal import START, journal_path, load_checkpoint
from bulk.progress import show_progress
from bulk.report import Outcome
from bulk.sinks import Sinks, complete_names, open_sinks
from bulk.tally import Tally
from bulk.workers import Workers, open_workers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bulk.order import Order


def run(orders: Sequence[Order], workers: int) -> Outcome:
    """Do runs one after the other, each from its start or from where an interrupted one stopped; add up what they found.

    Raises:
        Failure: The engine cannot be built, a worker died, or the interrupted run was a different one.
    """
    tally, rejected = Tally(), 0
    with open_workers(workers) as staff:
        for order in orders:
            outcome = _run(order, staff)
            tally.add(outcome.tally)
            rejected += outcome.rejected
    return Outcome(tally, rejected)


def _run(order: Order, workers: Workers) -> Outcome:
    # Asked of a worker: with several, this process need not build an engine that it does not use.
    identity = order.identity(workers.ask(engine_versions, order.treatment))
    start, tally = START, Tally()
    if order.resume and order.output:
        start, tally = load_checkpoint(journal_path(order.output), identity)
        if start.complete:
            complete_names(order)
            return Outcome(tally, start.rejected)
    with open_sinks(order, start, tally, identity) as sinks:
        try:
            _work(order, workers, sinks)
        except KeyboardInterrupt:
            if sinks.journal:
                click.echo("drets: what is done is kept; go on with --resume", err=True)
            raise
        sinks.finish()
    return Outcome(tally, sinks.rejected)


def _work(order: Order, workers: Workers, sinks: Sinks) -> None:
    with show_progress("records", size(order.sources), to_terminal=order.output is None) as progress:
        for answer in _answers(order, workers, skip=sinks.items):
            sinks.write(answer)
            progress.advance(answer.items, answer.position)


def _answers(order: Order, workers: Workers, *, skip: int) -> Iterator[ChunkAnswer]:
    items = islice(read_records(order.sources, order.format, order.encoding, partial(knows_name, order.treatment)), skip, None)
    return workers.map(partial(answer_chunk, order.treatment), cut_chunks(items, order.portion))
