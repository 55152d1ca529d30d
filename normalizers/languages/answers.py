"""Makes one answer of the parts of a text: doubles merged, shared names settled by the other values, every part accounted for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from normalizers.languages.model import Part, Reading
from normalizers.languages.resolution import without_doubles
from normalizers.reading import Query
from normalizers.results import Candidate, Evidence, Issue, Method, Result, Status, VocabularyStamp


def answer(query: Query, parts: Sequence[Part], names: dict[str, str] | Any, stamp: VocabularyStamp) -> Result:
    """Answer with the tags of all settled parts in their order, the candidates of the others, and what each part was."""
    if len(parts) == 1 and len(parts[0].readings) == 1 and not (parts[0].doubtful or parts[0].issues):
        (reading,) = parts[0].readings
        if len(reading.tags) == 1:
            return _plain(query, reading, stamp)
    settled = _settle(parts)
    readings = [reading for part in settled for reading in part.readings]
    identifiers = _identifiers(readings)
    candidates = tuple(_candidates(settled, names, set(identifiers)))
    status = Status.MATCHED if identifiers else Status.AMBIGUOUS if candidates else Status.UNMATCHED
    chosen = [reading for reading in readings if reading.settled]
    return Result(
        query.field,
        query.text,
        status,
        identifiers,
        method=_method(chosen),
        locale=next((reading.locale for reading in chosen if reading.locale), None),
        candidates=candidates,
        issues=tuple(dict.fromkeys(_issues(query.text, settled))),
        evidence=tuple(_evidence(query, chosen)),
        vocabulary=stamp,
        details=_details(query.text, settled),
    )


def _plain(query: Query, reading: Reading, stamp: VocabularyStamp) -> Result:
    """Answer with the one language that is named, as nearly all texts do: there is nothing to hold against it or to account for."""
    return Result(
        query.field,
        query.text,
        Status.MATCHED,
        reading.tags,
        reading.method,
        reading.locale,
        issues=tuple(dict.fromkeys(reading.issues)),
        evidence=(query.evidence(reading.start, reading.end, reading.rule, reading.tags[0]),),
        vocabulary=stamp,
    )


def _settle(parts: Sequence[Part]) -> list[Part]:
    """Let the settled values of a text decide what a shared name in it means, where just one of them can be meant."""
    known = {reading.settled for part in parts for reading in part.readings if reading.settled}
    return [replace(part, readings=tuple(_by_context(reading, known) for reading in part.readings)) for part in parts]


def _by_context(reading: Reading, known: set[str]) -> Reading:
    if reading.settled:
        base = reading.settled.partition("-")[0]
        variety_of_known = base != reading.settled and base in known and base in reading.meanings
        return replace(reading, tags=(base,)) if variety_of_known else reading
    named = sorted(tag for tag in reading.meanings if tag in known)
    if len(named) != 1:
        return reading
    issue = Issue("settled_by_context", f"a shared name; {named[0]} is named beside it")
    return replace(reading, tags=(named[0],), issues=(*reading.issues, issue), reason=None)


def _identifiers(readings: Iterable[Reading]) -> tuple[str, ...]:
    return without_doubles(reading.settled for reading in readings if reading.settled)


def _candidates(parts: Sequence[Part], names: Any, answered: set[str]) -> Iterator[Candidate]:
    seen = set(answered)
    for part in parts:
        open_readings = [(reading, reading.reason) for reading in part.readings if not reading.settled]
        doubtful = [(reading, "named, but what stands around it was not understood") for reading in part.doubtful]
        for reading, reason in (*open_readings, *doubtful):
            for tag in reading.tags:
                if tag not in seen:
                    seen.add(tag)
                    yield Candidate(tag, names.get(tag.partition("-")[0]), reason)


def _method(readings: Sequence[Reading]) -> Method | None:
    """Name the weakest way by which anything was read: whoever trusts no repairs must see that there was one."""
    methods = [reading.method for reading in readings]
    if Method.REPAIR in methods:
        return Method.REPAIR
    return methods[0] if methods else None


def _issues(text: str, parts: Sequence[Part]) -> Iterator[Issue]:
    for part in parts:
        yield from part.issues
        for reading in part.readings:
            yield from reading.issues
            if not reading.settled:
                yield Issue("ambiguous_label", f"{text[reading.start : reading.end]!r} may mean {', '.join(reading.tags)}")
        if not part.readings and len(parts) > 1:
            yield Issue("unread_part", f"{text[part.start : part.end]!r} was not understood")


def _evidence(query: Query, readings: Iterable[Reading]) -> Iterator[Evidence]:
    for reading in readings:
        yield query.evidence(reading.start, reading.end, reading.rule, reading.tags[0])


def _details(text: str, parts: Sequence[Part]) -> MappingProxyType[str, Any]:
    """Account for every part of a text that has more than one, and for what is doubtful in a single one."""
    described = [description for part in parts for description in _describe(text, part)]
    if len(described) < 2 and not any(part.doubtful for part in parts):  # noqa: PLR2004 - one part says no more than the answer itself
        return MappingProxyType({})
    return MappingProxyType({"parts": tuple(described)})


def _describe(text: str, part: Part) -> Iterator[MappingProxyType[str, Any]]:
    for reading in part.readings:
        status = Status.MATCHED if reading.settled else Status.AMBIGUOUS
        yield _description(text, reading.start, reading.end, status, reading.tags)
    if not part.readings:
        tags = tuple(tag for reading in part.doubtful for tag in reading.tags)
        yield _description(text, part.start, part.end, Status.UNMATCHED, tags)


def _description(text: str, start: int, end: int, status: Status, tags: tuple[str, ...]) -> MappingProxyType[str, Any]:
    identifiers, candidates = (tags, ()) if status is Status.MATCHED else ((), tags)
    return MappingProxyType(
        {"start": start, "end": end, "text": text[start:end], "status": status.value, "identifiers": identifiers, "candidates": candidates}
    )
