"""The answer for one record: what was read and where it went, held as it was read, and written as JSON when it is asked for.

Whoever counts answers looks at the results themselves; nobody has to take the JSON apart again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

from msgspec import Struct

from normalizers.records.model import Place, RawField, Remark
from normalizers.results import Candidate, Issue, Result, as_json, dump, dump_json

ROOT = "/metadata"

PLACES = 16_384
"""Places of values whose JSON is kept: those of one record are met again in the next one of its kind."""

LONGEST_PLACE = 500
"""Characters of the longest of these."""


class Decision(NamedTuple):
    """What became of one value: the answer, and the place in the answer's metadata where it went, if it went anywhere."""

    raw: RawField
    result: Result
    pointer: str | None


make_decision: Callable[[tuple[RawField, Result, str | None]], Decision] = partial(tuple.__new__, Decision)
"""Makes a decision in half the time that its class takes: there is one for every value of every record."""


class RecordIssue(NamedTuple):
    """An issue of the record as a whole, with the place in the metadata that it is about, and what may be meant there instead."""

    issue: Issue
    pointer: str
    candidates: tuple[Candidate, ...] = ()


class RecordAnswer(Struct, frozen=True):
    """What a record says. It may share its parts with other answers, so it is for reading only.

    ``metadata`` is the clean record in JSON types; ``decisions`` are in the order of the record, ``open_ones`` those of them
    that leave something to decide, with their numbers; ``left`` is what was not read.
    """

    metadata: Mapping[str, Any]
    decisions: Sequence[Decision]
    open_ones: Sequence[tuple[int, Decision]]
    left: Sequence[RawField]
    remarks: Sequence[Remark]
    issues: Sequence[RecordIssue]
    versions: Mapping[str, str]

    def codes(self) -> Iterator[str]:
        """Give the codes of the issues of the record as a whole."""
        for remark in self.remarks:
            yield remark.issue.code
        for found in self.issues:
            yield found.issue.code

    def written(self) -> bytes:
        """Give the answer as JSON."""
        issues = [*map(_remark, self.remarks), *map(_issue, self.issues)]
        unresolved = [_unresolved(number, found) for number, found in self.open_ones]
        return b'{"metadata":%b,"decisions":[%b],"unresolved":[%b],"unparsed":[%b],"issues":%b,"versions":%b}' % (
            dump_json(self.metadata),
            b",".join([_way(pointer, raw.place, raw.name, raw.rule) + result.members() for raw, result, pointer in self.decisions]),
            b",".join(unresolved),
            b",".join(map(_unparsed, self.left)),
            dump(issues),
            dump_json(self.versions),
        )

    def as_json(self) -> dict[str, Any]:
        """Give the answer in JSON types, as a copy that shares nothing."""
        answer: dict[str, Any] = json.loads(self.written())  # not orjson, for which a whole number of more than 64 bits is a float
        return answer


def _unresolved(index: int, decision: Decision) -> bytes:
    raw, result, _ = decision
    kept = {name: getattr(result, name) for name in ("field", "text", "status", "candidates", "issues")}
    return b'{"decision":"/decisions/%d",%b,%b' % (index, _source(raw.place, raw.name, raw.rule), dump(kept)[1:])


def _unparsed(raw: RawField) -> bytes:
    candidates = {"candidates": raw.candidates} if raw.candidates else {}
    said = {"text": raw.value, "reason": raw.reason or "not_used", **candidates}
    return b"{%b,%b" % (_source(raw.place, raw.name, raw.rule), dump_json(said)[1:])


def _way(pointer: str | None, place: Place, name: str, rule: str) -> bytes:
    """Say where a value came from and where it went, as the first members of its decision."""
    # A pointer ends with the name; where the value went is told in words of ours.
    is_long = len(place.pointer or name) > LONGEST_PLACE
    return _write_way(pointer, place, name, rule) if is_long else _kept_way(pointer, place, name, rule)


def _write_way(pointer: str | None, place: Place, name: str, rule: str) -> bytes:
    return b'{"pointer":%b,%b,' % (dump_json(pointer), _source(place, name, rule))


_kept_way = lru_cache(maxsize=PLACES)(_write_way)


def _source(place: Place, name: str, rule: str) -> bytes:
    """Say where a value came from: its place, the name it was given, and the rule that told its field."""
    source = {**place.as_json(), **({"name": name} if name else {}), **({"rule": rule} if rule else {})}
    return b'"source":%b' % dump_json(source)


def _remark(remark: Remark) -> dict[str, Any]:
    return {**as_json(remark.issue), "source": remark.place.as_json()}


def _issue(found: RecordIssue) -> dict[str, Any]:
    candidates = {"candidates": found.candidates} if found.candidates else {}
    return {**as_json(found.issue), "pointer": found.pointer, **candidates}
