"""What a change of data does to answers: each distinct value is read with both states, and what differs is kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bulk.value_lines import LineFault, parse_request
from normalizers import as_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bulk.lines import Line
    from normalizers import Registry, Result

_BESIDE_THE_ANSWER = frozenset({"evidence", "layers", "broader", "crosswalks"})
"""Members of details that say how an answer was read, or follow from its identifier: they make no other answer."""

Value = tuple[str, str, str | None]
"""A field, a text, and the tag of its language where the line gives one."""


@dataclass(frozen=True, slots=True)
class Change:
    """A value whose answer differs, on how many lines it stands, and both answers as far as they count."""

    field: str
    text: str
    locale: str | None
    count: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """Give the change in JSON types; ``locale`` is left out where the lines have none."""
        place = {"locale": self.locale} if self.locale else {}
        return {"field": self.field, "text": self.text, **place, "count": self.count, "before": self.before, "after": self.after}


@dataclass(slots=True)
class Impact:
    """Counts the lines of each distinct value; memory grows with the distinct values, not with the lines."""

    before: Registry
    after: Registry
    lines: int = 0
    faults: list[tuple[int, LineFault]] = field(default_factory=list)
    _counts: Counter[Value] = field(default_factory=Counter)
    _changed: dict[Value, tuple[Mapping[str, Any], Mapping[str, Any]]] = field(default_factory=dict)

    @property
    def values(self) -> int:
        """How many distinct values there were."""
        return len(self._counts)

    def replay(self, lines: Iterable[Line]) -> int:
        """Read lines of ``{"id", "field", "text"}`` with both states; gives how many there were, blank ones left out."""
        read = 0
        for line in lines:
            if not line.raw.strip():
                continue
            read += 1
            request = parse_request(line, self.before.fields)
            if isinstance(request, LineFault):
                self.faults.append((line.number, request))
                continue
            value = request.field, request.text, request.locale
            if value not in self._counts:
                self._compare(value)
            self._counts[value] += 1
        self.lines += read
        return read

    def changes(self) -> list[Change]:
        """List the answers that change, those that stand on most lines first."""
        found = [Change(*value, self._counts[value], *answers) for value, answers in self._changed.items()]
        return sorted(found, key=lambda change: (-change.count, change.field, change.text, change.locale or ""))

    def _compare(self, value: Value) -> None:
        name, text, locale = value
        # Not through the cache: a distinct value is read once.
        pair = [state.normalize_uncached(name, text, locale=locale) for state in (self.before, self.after)]
        before, after = map(essence, pair)
        if before != after:
            self._changed[value] = before, after


def essence(result: Result) -> dict[str, Any]:
    """Give what an answer says, in JSON types, without how it was read: no method, locale, evidence, versions or wording of issues."""
    answer = {
        "status": result.status.value,
        "identifiers": list(result.identifiers),
        "candidates": sorted({candidate.identifier for candidate in result.candidates}),
        "issues": sorted({issue.code for issue in result.issues}),
    }
    stated = {"license": as_json(result.license), "details": _stated(as_json(result.details))}
    return {**answer, **{name: member for name, member in stated.items() if member}}


def _stated(member: Any) -> Any:
    if isinstance(member, dict):
        return {name: _stated(inner) for name, inner in member.items() if name not in _BESIDE_THE_ANSWER}
    return [_stated(inner) for inner in member] if isinstance(member, list) else member
