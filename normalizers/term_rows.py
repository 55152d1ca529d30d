"""The terms of each pattern, kept as numbers and one text: a tenth of the room that as many tuples take, and read back at once."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import NamedTuple

from normalizers.packed import PackedRows

Shared = tuple[str, str, str, tuple[str, ...]]
"""Concept, section and label of terms that differ in nothing but their locale, and the locales."""


class Columns(NamedTuple):
    """Rows of terms, column by column.

    ``ends`` says of each pattern behind which row its own end; ``labels`` are all labels in UTF-8, and ``label_ends`` says where each
    ends; ``concepts`` and ``locales`` number the rows of ``concept_pool``, which go with their section, and of ``locale_pool``.
    """

    ends: array[int]
    concepts: array[int]
    locales: array[int]
    label_ends: array[int]
    labels: bytes
    concept_pool: tuple[tuple[str, str], ...]
    locale_pool: tuple[tuple[str, ...], ...]


class TermRows(PackedRows[tuple[Shared, ...]]):
    """Gives the terms of a pattern by its number."""

    def __init__(self, columns: Columns) -> None:
        super().__init__()
        self._columns = columns

    def __reduce__(self) -> tuple[type[TermRows], tuple[Columns]]:
        """Keep the columns alone."""
        return TermRows, (self._columns,)

    def make(self, number: int) -> tuple[Shared, ...]:
        """Make the terms of a pattern."""
        ends = self._columns.ends
        return tuple([self._row(row) for row in range(ends[number - 1] if number else 0, ends[number])])

    def _row(self, number: int) -> Shared:
        columns, ends = self._columns, self._columns.label_ends
        label = columns.labels[ends[number - 1] if number else 0 : ends[number]].decode()
        concept, section = columns.concept_pool[columns.concepts[number]]
        return concept, section, label, columns.locale_pool[columns.locales[number]]


def pack_rows(entries: Iterable[Iterable[Shared]]) -> TermRows:
    """Write the rows of each pattern, one pattern after the other."""
    ends, concepts, locales, label_ends = (array("I") for _ in range(4))
    labels = bytearray()
    concept_pool: dict[tuple[str, str], int] = {}
    locale_pool: dict[tuple[str, ...], int] = {}
    for rows in entries:
        for concept, section, label, tags in rows:
            concepts.append(concept_pool.setdefault((concept, section), len(concept_pool)))
            locales.append(locale_pool.setdefault(tags, len(locale_pool)))
            labels += label.encode()
            label_ends.append(len(labels))
        ends.append(len(concepts))
    return TermRows(Columns(ends, concepts, locales, label_ends, bytes(labels), tuple(concept_pool), tuple(locale_pool)))
