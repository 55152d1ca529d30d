"""The names of months, days and eras in all languages of CLDR, from the files of Babel.

Only what a language states itself is read, not what it inherits: that keeps the reading of all languages within half a second. The files
are read past Babel's cache, which would keep all of them in memory and give others the halves that are read here for the whole.
"""

from __future__ import annotations

import pickle
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from babel import localedata
from babel.core import get_global
from msgspec import Struct

from normalizers.dates.numeric import Order

_QUOTED = re.compile(r"'([^']*)'")
_LETTERS = re.compile(r"[^\W\d_]+")
_UNQUOTED = re.compile(r"[^\W\d_A-Za-z]+")
_PARTS = ("months", "days", "eras", "date_formats", "languages")
_MANY_LANGUAGES = 200
_ERAS = {0: "bce", 1: "ce"}


class CalendarName(Struct, frozen=True):
    """A word or phrase of a language. ``kind`` is month, month_word, weekday, bce, ce or joining; ``wide`` tells a full name of a month."""

    label: str
    kind: str
    locale: str
    month: int = 0
    wide: bool = False


class CalendarNames(Struct, frozen=True):
    """All names, and the order of day and month in each language that has one."""

    names: tuple[CalendarName, ...]
    orders: Mapping[str, Order]


def load_calendar_names() -> CalendarNames:
    """Read CLDR once."""
    entries = {tag: _entry(tag) for tag in localedata.locale_identifiers()}
    names = tuple(
        name for tag, entry in entries.items() for name in _names(tag.replace("_", "-"), entry) if name.wide or _is_covered(tag, entries)
    )
    return CalendarNames(names, MappingProxyType(_orders(entries)))


def _entry(tag: str) -> Mapping[str, Any]:
    content: dict[str, Any] = pickle.loads(Path(localedata.resolve_locale_filename(tag)).read_bytes())  # noqa: S301 - Babel's own files
    return {key: content[key] for key in _PARTS if key in content}


def _is_covered(tag: str, entries: Mapping[str, Mapping[str, Any]]) -> bool:
    """Tell whether CLDR describes a language at length, by the languages that it names.

    The abbreviations of the others would make dates of words that stand in records for something else ("Vol" is March in Swazi).
    """
    return len(entries.get(tag.split("_", maxsplit=1)[0], {}).get("languages", ())) >= _MANY_LANGUAGES


def _names(tag: str, entry: Mapping[str, Any]) -> Iterator[CalendarName]:
    for context, width, names in _forms(entry.get("months")):
        for number, label in names.items():
            yield from _month(tag, label, number, wide=width == "wide")
        if context == "format":
            yield from (CalendarName(label, "month", tag, number, wide=width == "wide") for number, label in _inflected(entry, names))
    for _, _, names in _forms(entry.get("days")):
        yield from (CalendarName(label, "weekday", tag) for label in names.values())
    for width, names in entry.get("eras", {}).items():
        if width != "narrow" and isinstance(names, Mapping):
            yield from (CalendarName(label, _ERAS[number], tag) for number, label in names.items() if number in _ERAS)
    for pattern in _patterns(entry):
        yield from (CalendarName(word, "joining", tag) for word in _literals(pattern))


def _forms(contexts: Mapping[str, Any] | None) -> Iterator[tuple[str, str, Mapping[int, str]]]:
    for context, widths in (contexts or {}).items():
        if isinstance(widths, Mapping):
            for width, names in widths.items():
                if width in {"wide", "abbreviated"} and isinstance(names, Mapping):
                    yield context, width, names


def _month(tag: str, label: str, number: int, *, wide: bool) -> Iterator[CalendarName]:
    """A month that a language numbers ("tháng 11") gives the word beside the number."""
    if not any(map(str.isdecimal, label)):
        yield CalendarName(label, "month", tag, number, wide=wide)
    else:
        yield from (CalendarName(word, "month_word", tag) for word in _LETTERS.findall(label))


def _inflected(entry: Mapping[str, Any], names: Mapping[int, str]) -> Iterator[tuple[int, str]]:
    """Months with what the patterns of a language write to them: an ending (Basque "azaroaren"), a particle (Hebrew "in")."""
    patterns = tuple(_patterns(entry))
    endings = {ending for pattern in patterns for ending in re.findall(r"MMMM'([^\s']+)'", pattern)}
    particles = {particle for pattern in patterns for particle in re.findall(r"([^\W\d_A-Za-z]+)MMM", pattern)}
    for number, label in names.items():
        yield from ((number, label + ending) for ending in sorted(endings))
        yield from ((number, particle + label) for particle in sorted(particles))


def _patterns(entry: Mapping[str, Any]) -> Iterator[str]:
    for width in ("full", "long", "medium"):
        pattern = getattr(entry.get("date_formats", {}).get(width), "pattern", None)
        if pattern:
            yield pattern


def _literals(pattern: str) -> Iterator[str]:
    """The words that a pattern writes as they stand; letters that are not Latin need no quotes in CLDR ("y年M月d日")."""
    for literal in _QUOTED.findall(pattern):
        yield from _LETTERS.findall(literal)
    yield from _UNQUOTED.findall(_QUOTED.sub(" ", pattern))


def _orders(entries: Mapping[str, Mapping[str, Any]]) -> dict[str, Order]:
    """The order of each locale; a language alone has one if the territories that state their own mostly write as it does.

    English has none: CLDR's plain English is that of the United States, and most other territories put the day first.
    """
    own = {tag: order for tag, entry in entries.items() if (order := _order(entry))}
    votes: dict[str, Counter[Order]] = {}
    for tag, order in own.items():
        votes.setdefault(tag.split("_")[0], Counter())[order] += 1
    found = {tag: _inherited(tag, own, entries) for tag in entries}
    return {
        tag.replace("_", "-").casefold(): order
        for tag, order in found.items()
        if order and ("_" in tag or tag not in votes or votes[tag].most_common(1)[0][0] is order)
    }


def _inherited(tag: str, own: Mapping[str, Order], entries: Mapping[str, Mapping[str, Any]]) -> Order | None:
    """The order that a locale states or takes from its parent; none where the nearest statement puts the year first."""
    parents: Mapping[str, str] = get_global("parent_exceptions")
    while tag and tag != "root":
        if "short" in entries.get(tag, {}).get("date_formats", {}):
            return own.get(tag)
        tag = parents.get(tag) or tag.rpartition("_")[0]
    return None


def _order(entry: Mapping[str, Any]) -> Order | None:
    pattern = getattr(entry.get("date_formats", {}).get("short"), "pattern", "")
    letters = re.sub(r"[^yMd]", "", _QUOTED.sub("", pattern))
    if not letters.endswith("y"):
        return None
    return Order.DAY_FIRST if letters.startswith("d") else Order.MONTH_FIRST
