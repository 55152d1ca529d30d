"""Builds the parts of clean records, and keeps what became of those that say what an earlier one said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any

from msgspec import Struct

from normalizers.records.answer import Decision, RecordIssue, make_decision
from normalizers.records.desk import Desk, Readers
from normalizers.records.model import NOWHERE, RawField
from normalizers.records.sections import SECTIONS, Fields
from normalizers.results import Result, Status

KEPT = 8_192
"""Parts of records that are kept: combinations of the same few hundred values of a section."""

LONGEST_KEPT = 1_000
"""Characters of the values of the longest part that is kept; longer ones hardly repeat."""

_AMBIGUOUS = Status.AMBIGUOUS
_READ = tuple(tuple(sorted(section.reads)) for section in SECTIONS)
_said_of = attrgetter("name", "key", "value", "rule", "reason", "candidates")

Said = tuple[Any, ...]
"""What a field says apart from its place: its members, and what its parts say."""


class Part(Struct, frozen=True):
    """What became of one part: its members of the metadata, what was decided, and what is to be remarked on."""

    members: Mapping[str, Any]
    decisions: Sequence[Decision]
    issues: tuple[RecordIssue, ...]
    has_tie: bool
    is_ambiguous: bool


class _Kept(Struct, frozen=True):
    """A part without its places: each answer is to the value that stands so far among the values of the part."""

    members: Mapping[str, Any]
    answers: tuple[tuple[int, Result, str | None], ...]
    issues: tuple[RecordIssue, ...]
    has_tie: bool
    is_ambiguous: bool


class PartReader:
    """Builds parts of records with one set of readers. Safe to share between threads."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._kept = lru_cache(maxsize=KEPT)(self._read_said)

    def read(self, fields: Fields, hint: str | None = None, before: Mapping[int, Part] | None = None) -> dict[int, Part]:
        """Build all parts that the fields of a record have anything for, by their number.

        ``before`` are the parts that were built without the hint: those without a tie stay as they are.
        """
        if before:
            return {number: self._read(number, fields, hint) if part.has_tie else part for number, part in before.items()}
        return {number: self._read(number, fields, hint) for number in numbers_of(fields.keys)}

    def _read(self, number: int, fields: Fields, hint: str | None) -> Part:
        if not SECTIONS[number].repeats:
            return self._build(number, fields, hint)
        raws = fields.all(*_READ[number])
        leaves = list(_leaves(raws)) if fields.has_parts else raws
        if sum([len(leaf.value) for leaf in leaves if leaf.value]) > LONGEST_KEPT:
            return self._build(number, fields, hint)
        kept = self._kept(number, tuple(map(_say if fields.has_parts else _said_of, raws)), hint)
        decisions = [make_decision((leaves[at], result, to)) for at, result, to in kept.answers]
        return Part(kept.members, decisions, kept.issues, kept.has_tie, kept.is_ambiguous)

    def _read_said(self, number: int, said: tuple[Said, ...], hint: str | None) -> _Kept:
        raws = tuple(map(_unplaced, said))
        part = self._build(number, Fields(raws), hint)
        places = {id(leaf): at for at, leaf in enumerate(_leaves(raws))}
        answers = tuple((places[id(raw)], result, pointer) for raw, result, pointer in part.decisions)
        return _Kept(part.members, answers, part.issues, part.has_tie, part.is_ambiguous)

    def _build(self, number: int, fields: Fields, hint: str | None) -> Part:
        desk = Desk(self._readers, hint)
        members = SECTIONS[number].build(fields, desk)
        is_ambiguous = _AMBIGUOUS in [decision.result.status for decision in desk.decisions]
        return Part(members, desk.decisions, tuple(desk.issues), desk.has_tie, is_ambiguous)


@lru_cache(maxsize=4_096)
def numbers_of(keys: frozenset[str]) -> tuple[int, ...]:
    """Tell which parts have anything to say where a record has fields with these keys."""
    return tuple(number for number, section in enumerate(SECTIONS) if not section.reads.isdisjoint(keys))


def _say(raw: RawField) -> Said:
    return (*_said_of(raw), *map(_say, raw.parts)) if raw.parts else _said_of(raw)


def _unplaced(said: Said) -> RawField:
    name, key, value, rule, reason, candidates, *parts = said
    return RawField(name, key, value, NOWHERE, rule, reason, candidates, tuple(map(_unplaced, parts)))


def _leaves(raws: Iterable[RawField]) -> Iterator[RawField]:
    return (leaf for raw in raws for leaf in raw.leaves())
