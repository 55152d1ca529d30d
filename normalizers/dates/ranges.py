"""Stretches of time written in digits: two dates with a mark between them, either of which may be open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from msgspec import Struct

from normalizers.dates.moments import ImpossibleDateError, Moment, Span, When, span
from normalizers.dates.numeric import Numeric, Order, read_numeric

_OPEN = frozenset({"", "?", "-", ".."})
_BETWEEN = (re.compile(r"\|"), re.compile(r"\s[-/](?=\s|$)"), re.compile(r"/"), re.compile(r"\s"), re.compile(r"-"))
_LAST_DIGITS = re.compile(r"(?P<digits>\d\d)(?P<mark>[?~%])?")
_TWO_YEARS = re.compile(r"(?P<first>\d{4})/(?P<last>\d{2})")
_FULL_YEAR = 4


class Reading(Struct, frozen=True):
    """What a text may mean: one time, or several of which nothing decides; ``order`` is what decided between day and month."""

    whens: tuple[When, ...]
    order: Order | None = None


def read_digits(text: str, order: Order | None = None) -> Reading | None:
    """Read a date or a stretch written in digits and marks alone; raises ImpossibleDateError."""
    fault = None
    try:
        single = read_numeric(text, order)
    except ImpossibleDateError as error:
        fault, single = error, None
    if single:
        return Reading((*single.moments, *_split_year(text)), single.order)
    for left, right in _splits(text):
        try:
            reading = _read_ends(left, right, order)
        except ImpossibleDateError as error:
            fault = fault or error
        else:
            if reading:
                return reading
    if fault:
        raise fault
    return None


def _split_year(text: str) -> Iterator[Span]:
    """Two years in a row, such as 2008/09, may be a month too."""
    found = _TWO_YEARS.fullmatch(text)
    if found and int(found["last"]) == (int(found["first"]) + 1) % 100:
        yield Span(Moment(found["first"]), Moment(f"{int(found['first']) + 1:04d}"))


def _splits(text: str) -> Iterator[tuple[str, str]]:
    for mark in _BETWEEN:
        for found in mark.finditer(text):
            yield text[: found.start()].strip(), text[found.end() :].strip()


def _read_ends(left: str, right: str, order: Order | None) -> Reading | None:
    if left in _OPEN or right in _OPEN:
        return _open(left, right, order)
    first = read_numeric(left, order, short_year=True)
    if first is None:
        return None
    last = _last_digits(right, first) or read_numeric(right, order, short_year=True)
    if last is None:
        return None
    decided = first.order or last.order
    if decided and not order and (len(first.moments) > 1 or len(last.moments) > 1):
        return _read_ends(left, right, decided)
    return Reading(_pairs(first, last), decided)


def _open(left: str, right: str, order: Order | None) -> Reading | None:
    side = right if left in _OPEN else left
    known = None if side in _OPEN else read_numeric(side, order)
    if known is None:
        return None
    return Reading(tuple(Span(None, when) if left in _OPEN else Span(when, None) for when in known.moments), known.order)


def _last_digits(text: str, first: Numeric) -> Numeric | None:
    """Complete the second of two years that is shortened to its last two digits."""
    found = _LAST_DIGITS.fullmatch(text)
    start = first.moments[0]
    if not found or start.month or not start.year.isdecimal():
        return None
    year = int(start.year) // 100 * 100 + int(found["digits"])
    year += 100 if found["digits"] == "00" else 0
    mark = found["mark"] or ""
    return Numeric((Moment(f"{year:04d}").marked(uncertain=mark in {"?", "%"}, approximate=mark in {"~", "%"}),))


def _pairs(first: Numeric, last: Numeric) -> tuple[Span, ...]:
    """Pair what each end may be; where both could change day and month, both do or none does."""
    if len(first.moments) == len(last.moments):
        pairs = list(zip(first.moments, last.moments, strict=True))
    else:
        pairs = list(product(first.moments, last.moments))
    possible = [Span(start, end) for start, end in pairs if not end.precedes(start)]
    return tuple(possible) or (span(*pairs[0]),)
