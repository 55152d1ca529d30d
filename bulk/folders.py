"""A folder as output: for each input a file in it, with the name of the input and the ending of the form."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from bulk.compression import is_packed
from bulk.inputs import STDIN, expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bulk.order import Order

_ENDINGS = MappingProxyType({"csv": ".csv", "parquet": ".parquet", "openaire": ".xml", "oai_dc": ".xml"})
_LINES = ".ndjson"
"""How a file of a form is called; most forms are a document a line."""


def split_order(order: Order, inputs: Iterable[str], leave_out: frozenset[str]) -> tuple[Order, ...]:
    """Make a run of each input of an order whose outputs are folders; what lies below an input lies below the output in the same way.

    Raises:
        click.UsageError: Two inputs would be written to the same file, or one has no name.
    """
    orders: dict[Path, Order] = {}
    for source, name in _named(inputs, leave_out):
        if source == STDIN:
            raise click.UsageError("standard input has no name that a file in a folder could have; name a file")
        place = _without_packing(name).with_suffix(_ENDINGS.get(order.treatment.form.to, _LINES))
        if place in orders:
            raise click.UsageError(f"{orders[place].sources[0]} and {source} would both be written to {place}; name one file for all")
        lines = place.with_suffix(_LINES)
        orders[place] = replace(
            order,
            sources=(source,),
            output=order.output and order.output / place,
            rejects=order.rejects and order.rejects / lines,
            unsaid=order.unsaid and order.unsaid / lines,
        )
    return tuple(orders.values())


def make_folders(order: Order) -> None:
    """Make the folders that a run writes into."""
    for path in filter(None, (order.output, order.rejects, order.unsaid)):
        path.parent.mkdir(parents=True, exist_ok=True)


def _named(inputs: Iterable[str], leave_out: frozenset[str]) -> Iterator[tuple[str, Path]]:
    """Give every file that the inputs stand for, with its name below what was named."""
    for name in inputs:
        below = Path(name) if Path(name).is_dir() else Path(name).parent
        for source in expand((name,), leave_out):
            yield source, Path(os.path.relpath(source, below))


def _without_packing(name: Path) -> Path:
    return name.with_suffix("") if is_packed(name) else name
