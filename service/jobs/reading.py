"""The input of a job, cut into chunks from where the last one ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from msgspec.structs import replace

from bulk.chunks import Chunk, Portion, cut_chunks
from bulk.formats import read_records
from bulk.records import Item, Place, Reject, reject
from service.jobs.files import JobFiles
from service.jobs.model import Job

CAREFUL_ITEMS = 512
"""After a worker ended over a chunk, so many records are asked one by one, by a worker that no other job has: a chunk holds fewer,
so the one at fault is among them."""


def read_chunks(job: Job, files: JobFiles, *, attempts: int) -> Iterator[Chunk]:
    """Cut the rest of a job's input into chunks.

    Where a worker ended over what comes next, these are single records, of which only ``CAREFUL_ITEMS`` should be taken; where that
    happened ``attempts`` times, the first is turned away unread, for it is the one that ends workers.
    """
    items = islice(read_records((str(files.input),), job.format), job.items, None)
    named: Iterator[tuple[Item | Reject, int]] = ((_named(item, job.name), position) for item, position in items)
    if job.attempts >= attempts:
        named = _without_first(named, attempts)
    return cut_chunks(named, Portion(items=1) if job.attempts else Portion())


def _named(item: Item | Reject, name: str) -> Item | Reject:
    """Have a record say the name of the client's file, not where it lies here."""
    return replace(item, place=Place(name, item.place.line))


def _without_first(items: Iterable[tuple[Item | Reject, int]], attempts: int) -> Iterator[tuple[Item | Reject, int]]:
    for number, (item, position) in enumerate(items):
        if number == 0 and isinstance(item, Item):
            yield reject(item, "Internal error", f"a worker process ended {attempts} times over this record"), position
        else:
            yield item, position
