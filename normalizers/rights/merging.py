"""Joins the readings that say the same licence, so that what is left are the licences that compete."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from operator import attrgetter

from msgspec.structs import replace

from normalizers.results import Evidence
from normalizers.rights.model import LATER, Reading

_place_of = attrgetter("start", "end")
_all_of = attrgetter("start", "end", "text", "rule", "yields")


def merge(readings: Sequence[Reading], is_kind_of: Callable[[str, str], bool]) -> list[Reading]:
    """Join equal readings, in the order of the text; one that says more (a version, a port, a kind) takes in one that says less."""
    groups: list[Reading] = []
    for reading in sorted(_distinct(readings), key=lambda item: (item.version is None, item.port is None, item.start)):
        for index, group in enumerate(groups):
            if _says_no_more(reading, group, is_kind_of):
                groups[index] = _join(group, [reading])
                break
            if _says_no_more(group, reading, is_kind_of):
                groups[index] = _join(reading, [group])
                break
        else:
            groups.append(reading)
    return sorted(groups, key=lambda item: item.start)


def _distinct(readings: Sequence[Reading]) -> list[Reading]:
    """Join the readings that say exactly the same, so that a text that says one thing a thousand times is read in good time."""
    same: dict[tuple[str, bool, str | None, str | None], list[Reading]] = {}
    for reading in readings:
        same.setdefault((reading.unit, reading.other, reading.version, reading.port), []).append(reading)
    return [_join(first, rest) if rest else first for first, *rest in same.values()]


def in_order(*groups: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Give all evidence once, in the order of the text."""
    # The key tells two apart as their equality does; a hash of each would take four times as long.
    return tuple(sorted({_all_of(item): item for item in chain.from_iterable(groups)}.values(), key=_place_of))


def _says_no_more(reading: Reading, group: Reading, is_kind_of: Callable[[str, str], bool]) -> bool:
    if group.other != reading.other:
        return False
    if group.unit != reading.unit:
        return group.other and is_kind_of(group.unit, reading.unit)
    if group.other and group.port == LATER and reading.version and group.version and reading.version >= group.version:
        return True
    return reading.version in {None, group.version} and reading.port in {None, group.port}


def _join(group: Reading, others: Sequence[Reading]) -> Reading:
    issues = tuple(issue for issue in group.issues if all(issue in other.issues for other in others))
    return replace(group, evidence=in_order(group.evidence, *(other.evidence for other in others)), issues=issues)
