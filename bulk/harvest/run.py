"""A harvest: answers of a server into an output, raw or normalized, with a way to go on after a stop.

After every answer the journal may note the token of the next one, so that a harvest that is resumed asks only for what it does not have.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from bulk.chunks import Chunk, ChunkAnswer, answer_chunk
from bulk.engine import engine_versions
from bulk.exits import Failure
from bulk.formats.markup import read_markup
from bulk.harvest.client import Answer, Patience, Question, fetch_answers, require_client
from bulk.journal import START, Checkpoint, journal_path, load_checkpoint
from bulk.progress import show_progress
from bulk.records import Item, Reject
from bulk.report import Outcome
from bulk.sinks import Sinks, complete_names, open_sinks
from bulk.tally import Tally
from bulk.terminal import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bulk.order import Order


@dataclass(frozen=True, slots=True)
class HarvestOrder:
    """What is harvested, how the server is treated, and what becomes of the answers; ``raw`` keeps them as they came."""

    question: Question
    patience: Patience
    order: Order
    raw: bool

    def identity(self) -> dict[str, Any]:
        """Say what the output depends on: a harvest that differs in any of it cannot go on with what is there."""
        versions = {} if self.raw else engine_versions(self.order.treatment)
        return {**self.order.identity(versions), "question": asdict(self.question), "raw": self.raw}


def run_harvest(harvest: HarvestOrder) -> Outcome:
    """Do a harvest, from its start or from where an interrupted one stopped.

    Raises:
        Failure: The server cannot be asked or refuses, or the interrupted harvest was a different one.
    """
    require_client()
    order, identity = harvest.order, harvest.identity()
    start, tally = START, Tally()
    if order.resume and order.output:
        start, tally = load_checkpoint(journal_path(order.output), identity)
        if start.complete:
            complete_names(order)
            return Outcome(tally, start.rejected)
    with open_sinks(order, start, tally, identity) as sinks:
        try:
            if start == START or start.token:
                _work(harvest, sinks, start)
        except Failure:
            sinks.note()
            raise
        except KeyboardInterrupt:
            if sinks.journal:
                click.echo("drets: what is done is kept; go on with --resume", err=True)
            raise
        sinks.finish()
    return Outcome(tally, sinks.rejected)


def _work(harvest: HarvestOrder, sinks: Sinks, start: Checkpoint) -> None:
    answers = fetch_answers(harvest.question, start.token, harvest.patience, _say)
    first = next(answers, None)
    if first is None:
        click.echo("drets: the server has no records that fit", err=True)
        return
    with show_progress("records", first.total, to_terminal=harvest.order.output is None) as progress:
        for answer in chain((first,), answers):
            done = _treat(harvest, answer)
            sinks.token = answer.token
            sinks.write(done)
            progress.advance(done.items, sinks.items)


def _treat(harvest: HarvestOrder, answer: Answer) -> ChunkAnswer:
    """Normalize the records of an answer, all at once: a checkpoint stands between two answers, never within one."""
    found = tuple(_records(harvest.question.url, answer))
    if not harvest.raw:
        return answer_chunk(harvest.order.treatment, Chunk(found, 0))
    items = sum(isinstance(item, Item) for item in found)
    return ChunkAnswer(answer.content.rstrip() + b"\n", (), b"", items, 0, Tally())


def _records(url: str, answer: Answer) -> Iterator[Item | Reject]:
    return read_markup(url, (answer.content,))


def _say(text: str) -> None:
    click.echo(visible(f"drets: {text}"), err=True)
