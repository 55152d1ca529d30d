"""What the keys of facets name, kept as JSON in one text and made when it is asked for."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple

import orjson

from normalizers.localedata import Entry, LabelKind
from normalizers.packed import PackedRows, join_lines, split_lines

_KINDS = tuple(LabelKind)


class FacetLabel(NamedTuple):
    """What one key names within one facet; ``by_code`` tells that an address or the code of a scheme was read, no word of a language.

    A tuple, for there is one for each of forty thousand keys.
    """

    section: str
    entries: tuple[Entry, ...]
    by_code: bool = False


class _Columns(NamedTuple):
    """A row of JSON for each key, and where it ends; the texts whose numbers stand there."""

    rows: bytes
    ends: array[int]
    pool: tuple[str, ...]


class _Rows(PackedRows[tuple[FacetLabel, ...]]):
    def __init__(self, columns: _Columns) -> None:
        super().__init__()
        self.columns = columns

    def make(self, number: int) -> tuple[FacetLabel, ...]:
        rows, ends, pool = self.columns
        found = orjson.loads(rows[ends[number - 1] if number else 0 : ends[number]])
        return tuple(
            [
                FacetLabel(
                    pool[section],
                    tuple([Entry(pool[concept], pool[locale], label, _KINDS[kind]) for concept, locale, label, kind in entries]),
                    by_code=by_code,
                )
                for section, entries, by_code in found
            ]
        )


class FacetLabels:
    """What each key names, in the order of the facets. Immutable."""

    def __init__(self, labels: Mapping[str, tuple[FacetLabel, ...]]) -> None:
        pool: dict[str, int] = {}
        rows = [orjson.dumps([_numbered(label, pool) for label in found]) for found in labels.values()]
        ends = array("I", accumulate(map(len, rows)))
        self._places = {key: place for place, key in enumerate(labels)}
        self._rows = _Rows(_Columns(b"".join(rows), ends, tuple(pool)))

    def __getstate__(self) -> tuple[tuple[str, ...], _Columns]:
        return join_lines(self._places), self._rows.columns

    def __setstate__(self, kept: tuple[tuple[str, ...], _Columns]) -> None:
        keys, columns = kept
        self._places = {key: place for place, key in enumerate(split_lines(keys))}
        self._rows = _Rows(columns)

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def get(self, key: str) -> tuple[FacetLabel, ...]:
        """Give what a key names; nothing where it names nothing."""
        place = self._places.get(key)
        return () if place is None else self._rows[place]


def _numbered(label: FacetLabel, pool: dict[str, int]) -> tuple[int, list[tuple[int, int, str, int]], bool]:
    def number(text: str) -> int:
        return pool.setdefault(text, len(pool))

    entries = [(number(entry.concept), number(entry.locale), entry.label, _KINDS.index(entry.kind)) for entry in label.entries]
    return number(label.section), entries, label.by_code
