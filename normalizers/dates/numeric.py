"""Dates written in digits: one date, in any of the orders and marks that records use.

What stands for an unknown part ("XX", "UU", "--", "??") makes the date less precise. Where day and month could change places, and
nothing settles it, all possible dates are given.
"""

from __future__ import annotations

import re
from enum import Enum

from msgspec import Struct

from normalizers.dates.moments import Moment, moment, year_text

_BREAK = r"\s?[-/._\\,\s]\s?"
_YEAR = r"(?P<year>\d{4}|(?<!\?)-\d{4}|\d{3}[XxUu]|\d{3}[?-](?=\?|$|[\s/|])|\d{2}(?:XX|xx|UU|uu|--|\.\.|\?\?)|\d{3})"
_PART = r"\d{1,2}|XX|xx|UU|uu|--|\?\?"
_HEAD = r"(?P<before>\?)?"
_TAIL = r"(?P<after>[?~%])?"
_YEAR_FIRST = re.compile(rf"{_HEAD}{_YEAR}(?:{_BREAK}(?P<month>{_PART})(?:{_BREAK}(?P<day>{_PART}))?)?{_TAIL}")
_YEAR_LAST = re.compile(rf"{_HEAD}(?:(?P<first>{_PART})(?P<break>{_BREAK}))?(?P<second>{_PART}){_BREAK}{_YEAR}{_TAIL}")
_ROMAN = r"(?P<month>X?(?:IX|IV|V?I{0,3}))"
_ROMAN_MONTHS = (
    re.compile(rf"(?P<day>\d{{1,2}})[-./ ]\s?{_ROMAN}[-./ ]\s?(?P<year>\d{{4}})"),
    re.compile(rf"(?P<year>\d{{4}})[-./ ]\s?{_ROMAN}[-./ ]\s?(?P<day>\d{{1,2}})"),
)
_ROMANS = {name: number for number, name in enumerate(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"), 1)}
_LONG = re.compile(r"Y?(?P<year>-\d{5,12})|Y(?P<positive>\d{5,12})")
_TIME = r"(?:[01]?\d|2[0-4])(?::?[0-5]\d(?::?(?:[0-5]?\d|60)(?:[.,]\d+)?)?)?"
_ZONE = r"\s*(?:Z|z|[A-Z]{3,4})?\s*(?:[+-]\d{2}(?::?\d{2})?)?"
_CLOCK = re.compile(rf"(?P<date>\d{{4}}-\d\d?-\d\d?|\d{{8}})(?:T(?:{_TIME})?|\s+(?=\d\d?:\d\d){_TIME}){_ZONE}")
_THREE_DIGITS = re.compile(r"\d{3}")
_COMPACT = re.compile(r"\d{8}")
# What databases write where they know no date at all; the year 0000 alone is one of EDTF.
_NOTHING = re.compile(r"0000(?P<mark>[-./])00(?:(?P=mark)00)?")
# All signs that any of these shapes has: what holds another one, such as a bracket, has none of them, and need not be tried nine times.
_SIGNS = re.compile(r"[-A-Za-z\d?~%+:._,/\\\s]+")
_YEARS = range(1000, 2100)
_TWELVE = 12


class Order(Enum):
    """In which order a language writes day and month, where it writes the year last."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


class Numeric(Struct, frozen=True):
    """What a text in digits may mean: one moment, or several; ``order`` is what decided between day and month."""

    moments: tuple[Moment, ...]
    order: Order | None = None


def read_numeric(text: str, order: Order | None = None, *, short_year: bool = False) -> Numeric | None:
    """Read one date in digits; nothing where the text is none, ImpossibleDateError where the calendar has no such day.

    Three digits alone are a year only where ``short_year`` says that a year stands here.
    """
    return _read(text, order, short_year=short_year) if _SIGNS.fullmatch(text) else None


def _read(text: str, order: Order | None, *, short_year: bool) -> Numeric | None:
    clock = _CLOCK.fullmatch(text)
    if clock:
        text = clock["date"]
    if _NOTHING.fullmatch(text):
        return None
    if _COMPACT.fullmatch(text):
        return _compact(text, order)
    found = _YEAR_FIRST.fullmatch(text)
    if found and (short_year or found["month"] or not _THREE_DIGITS.fullmatch(found["year"])):
        return Numeric((_marked(moment(_year(found["year"]), *_month_and_day(found["month"], found["day"])), found),))
    found = _YEAR_LAST.fullmatch(text)
    if found:
        return _year_last(found, order)
    found = next((found for form in _ROMAN_MONTHS if (found := form.fullmatch(text))), None)
    if found and found["month"] in _ROMANS:
        return Numeric((moment(found["year"], _ROMANS[found["month"]], int(found["day"])),))
    found = _LONG.fullmatch(text)
    return Numeric((Moment(year_text(int(found["year"] or found["positive"]))),)) if found else None


def _compact(text: str, order: Order | None) -> Numeric | None:
    if int(text[:4]) in _YEARS and text[4:6] <= "12" and text[4:6] > "00":
        return Numeric((moment(text[:4], int(text[4:6]), int(text[6:])),))
    return _either_order(text[4:], int(text[:2]), int(text[2:4]), order) if int(text[4:]) in _YEARS else None


def _year_last(found: re.Match[str], order: Order | None) -> Numeric:
    year, first, second = _year(found["year"]), _known(found["first"]), _known(found["second"])
    if first is None or second is None:
        month = second if found["second"][0].isdecimal() else None
        return Numeric((_marked(moment(year, month), found),))
    if "." in found["break"]:
        # No language of CLDR writes the month first between dots (74 forms of dates put the day first).
        order = Order.DAY_FIRST
    numeric = _either_order(year, first, second, order)
    return Numeric(tuple(_marked(when, found) for when in numeric.moments), numeric.order)


def _either_order(year: str, first: int, second: int, order: Order | None) -> Numeric:
    if first == second:
        return Numeric((moment(year, first, second),))
    if first > _TWELVE or second > _TWELVE:
        day_first = first > _TWELVE
        when = moment(year, second, first) if day_first else moment(year, first, second)
        return Numeric((when,), Order.DAY_FIRST if day_first else Order.MONTH_FIRST)
    if order:
        return Numeric((moment(year, second, first) if order is Order.DAY_FIRST else moment(year, first, second),), order)
    return Numeric((moment(year, second, first), moment(year, first, second)))


def _month_and_day(month: str | None, day: str | None) -> tuple[int | None, int | None]:
    """Databases write zeros for parts that they do not know."""
    if day == "00":
        return None if month == "00" else _known(month), None
    known = _known(month)
    return known, None if known is None else _known(day)


def _known(part: str | None) -> int | None:
    return int(part) if part and part[0].isdecimal() else None


def _year(text: str) -> str:
    if text.startswith("-"):
        return text if int(text) else "0000"
    written = re.sub(r"[^\d]", "X", text)
    return written if len(written) == 4 else f"0{written}"  # noqa: PLR2004 - EDTF writes years with four digits


def _marked(when: Moment, found: re.Match[str]) -> Moment:
    marks = (found["before"] or "") + (found["after"] or "")
    return when.marked(uncertain="?" in marks or "%" in marks, approximate="~" in marks or "%" in marks)
