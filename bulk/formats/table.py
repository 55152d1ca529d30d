"""Every format by its name, and the records of all inputs in their order."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from bulk.formats.bibtex import read_bibtex
from bulk.formats.delimited import read_delimited
from bulk.formats.detection import recognize
from bulk.formats.encoding import in_utf8
from bulk.formats.json_records import read_json
from bulk.formats.marc21 import read_marc21
from bulk.formats.markup import SCHEMAS, read_markup
from bulk.formats.ndjson import read_ndjson
from bulk.formats.parquet import read_parquet
from bulk.formats.ris import read_ris
from bulk.formats.text import read_text
from bulk.formats.text_detection import Knows, knows_name
from bulk.formats.whole import read_whole
from bulk.inputs import DamagedInputError, open_input
from bulk.records import Item, Place, Reader, Reject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FORMATS: Mapping[str, Reader] = MappingProxyType(
    {
        "bibtex": read_bibtex,
        "csv": read_delimited,
        "html": partial(read_whole, engine_format="html"),
        "json": read_json,
        "marc21": read_marc21,
        "ndjson": read_ndjson,
        "parquet": read_parquet,
        "ris": read_ris,
        "text": read_text,
        "tsv": partial(read_delimited, delimiter="\t"),
        **{schema: partial(read_markup, schema=schema) for schema in SCHEMAS},
    }
)
"""The formats that ``--from`` takes."""

_BINARY = frozenset({"parquet", "marc21", "html", *SCHEMAS})
"""Formats that are no text, or that say themselves in which encoding they are."""

_UNREADABLE = MappingProxyType(
    {
        "binary": "it is no text in a known encoding: there are null bytes in it",
    }
)


def read_records(
    names: Iterable[str], format_name: str | None = None, encoding: str | None = None, knows: Knows = knows_name
) -> Iterator[tuple[Item | Reject, int]]:
    """Yield the records of all inputs in their order, each with the number of bytes taken so far from all of them.

    What cannot be read becomes a reject with its place, and the reading goes on behind it or with the next input.

    Args:
        names: Files, or ``-`` for standard input.
        format_name: A key of ``FORMATS``; None recognizes the format of each input by itself.
        encoding: Of all inputs that are text; None is UTF-8, or what a byte order mark says.
        knows: Tells whether a name stands for a field; it is asked only where the shape of a text leaves its format open.
    """
    before = 0
    for name in names:
        last = Place(name, 0)
        taken = 0
        try:
            with open_input(name) as opened:
                blocks, found = opened.blocks(), format_name
                if found is None:
                    found, blocks = recognize(blocks, encoding, knows)
                for item in _split(name, blocks, found, encoding):
                    last, taken = item.place, opened.position()
                    yield item, before + taken
        except DamagedInputError as damage:
            yield Reject(Place(name, last.line + 1), "Damaged input", str(damage)), before + taken
        except OSError as fault:
            yield Reject(last, "Cannot be read", fault.strerror or str(fault)), before + taken
        before += taken


def _split(name: str, blocks: Iterator[bytes], format_name: str, encoding: str | None) -> Iterator[Item | Reject]:
    if format_name in _UNREADABLE:
        return iter((Reject(Place(name, 1), "Unknown format", _UNREADABLE[format_name]),))
    return FORMATS[format_name](name, blocks if format_name in _BINARY else in_utf8(blocks, encoding))
