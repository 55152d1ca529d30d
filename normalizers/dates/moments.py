"""Points and stretches of time as EDTF writes them (ISO 8601-2:2019, level 1).

A value is possible or is not made: ``moment`` refuses the 30th of February.
"""

from __future__ import annotations

import calendar

from msgspec import Struct
from msgspec.structs import replace

_SEASONS = range(21, 25)
_MONTHS = range(1, 13)
_LONG_YEAR = 5
_LEAP_YEAR = 2000


class ImpossibleDateError(ValueError):
    """A date that no calendar has; it never leaves the reader."""


class Moment(Struct, frozen=True):
    """A year, month, day or season. ``year`` is written as EDTF does: "1989", "198X", "-0001", "Y-12345"."""

    year: str
    month: int | None = None
    day: int | None = None
    uncertain: bool = False
    approximate: bool = False

    @property
    def edtf(self) -> str:
        """The moment as EDTF writes it."""
        parts = [self.year]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        mark = "%" if self.uncertain and self.approximate else "?" if self.uncertain else "~" if self.approximate else ""
        return "-".join(parts) + mark

    def precedes(self, other: Moment) -> bool:
        """Tell whether the moment lies before another one wherever the two can be compared."""
        pairs = [(self._year("9"), other._year("0")), (self.month, other.month), (self.day, other.day)]
        for own, others in pairs:
            if own is None or others is None:
                return False
            if own != others:
                return own < others
        return False

    def _year(self, unknown: str) -> int:
        negative = "-" in self.year
        digits = self.year.replace("X", "0" if negative and unknown == "9" else "9" if negative else unknown)
        return int(digits.lstrip("Y"))

    def marked(self, *, uncertain: bool = False, approximate: bool = False) -> Moment:
        """Add doubt to what is there."""
        if not (uncertain or approximate):
            return self
        return replace(self, uncertain=self.uncertain or uncertain, approximate=self.approximate or approximate)


class Span(Struct, frozen=True):
    """A stretch from one moment to another; an end that is null is open."""

    start: Moment | None
    end: Moment | None

    @property
    def edtf(self) -> str:
        """The stretch as EDTF writes it."""
        return "/".join(moment.edtf if moment else ".." for moment in (self.start, self.end))


When = Moment | Span


def moment(year: str, month: int | None = None, day: int | None = None) -> Moment:
    """Make a moment; raises ImpossibleDateError where the calendar has none."""
    if month is not None and month not in _MONTHS and (month not in _SEASONS or day is not None):
        raise ImpossibleDateError(f"there is no month {month}")
    if day is not None and month is not None:
        known = int(year) if year.isdecimal() and int(year) else _LEAP_YEAR
        if not 1 <= day <= calendar.monthrange(known, month)[1]:
            raise ImpossibleDateError(f"month {month} of {year} has no day {day}")
    return Moment(year, month, None if month is None else day)


def span(start: Moment | None, end: Moment | None) -> Span:
    """Make a stretch; raises ImpossibleDateError where its end lies before its start."""
    if start and end and end.precedes(start):
        raise ImpossibleDateError(f"{end.edtf} lies before {start.edtf}")
    return Span(start, end)


def year_text(year: int) -> str:
    """Write a year of the astronomical count as EDTF does: four digits, more with a leading Y.

    >>> year_text(-1), year_text(-12345)
    ('-0001', 'Y-12345')
    """
    digits = f"{abs(year):04d}"
    sign = "-" if year < 0 else ""
    return f"Y{sign}{digits}" if len(digits) >= _LONG_YEAR else f"{sign}{digits}"


def before_christ(year: int) -> str:
    """Write a year counted backwards from the Christian era: 1 BCE is the year 0.

    >>> before_christ(1), before_christ(2)
    ('0000', '-0001')
    """
    return year_text(1 - year)


def century(number: int) -> Moment:
    """Give a century as the years that share its first digits: the 19th is 18XX."""
    return Moment(f"{number - 1:02d}XX")
