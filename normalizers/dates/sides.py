"""The parts of one date in words, and how the two ends of a stretch complete each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from normalizers.dates.lexicon import Token, Word
from normalizers.dates.moments import Moment, Span, When, before_christ, century, moment, span, year_text

_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_SHORTEST_CENTURY = 2
"""Beside digits; a letter that stands for a century (Polish "w", Russian "в") says so beside a Roman numeral only."""

_LAST_CENTURY = 21
_LONGEST_YEAR = 999_999_999
_FIRST_ROMAN_YEAR = 1000
_SHAPES: Mapping[str, tuple[str, ...]] = MappingProxyType({
    shape: tuple(parts)
    for shape, parts in {
        "nMy": ("day", "month", "year"), "Mny": ("month", "day", "year"), "yMn": ("year", "month", "day"), "ynM": ("year", "day", "month"),
        "My": ("month", "year"), "yM": ("year", "month"), "nM": ("day", "month"), "Mn": ("month", "day"), "M": ("month",),
        "y": ("year",), "v": ("year",), "n": ("day",),
        "Sy": ("month", "year"), "yS": ("year", "month"), "S": ("month",),
        "ny": ("day", "year"), "mny": ("", "month", "year"), "nmny": ("day", "", "month", "year"), "ynm": ("year", "month", ""),
        "ynmn": ("year", "month", "", "day"), "nm": ("month", ""), "nmn": ("month", "", "day"), "mn": ("", "month"),
        "nh": ("century", ""), "hn": ("", "century"), "Rh": ("century", ""), "hR": ("", "century"), "R": ("roman",),
        "Oh": ("century", ""), "hO": ("", "century"), "O": ("century",),
        "dy": ("", "decade"), "yd": ("decade", ""), "ydd": ("decade", "", ""), "yl": ("years_from", ""),
    }.items()
})  # fmt: skip


class Item(Struct, frozen=True):
    """A token under one of the letters that it can stand for."""

    letter: str
    token: Token
    word: Word | None = None
    whens: tuple[When, ...] = ()


class Side(Struct, frozen=True):
    """The parts of one date, before those that the other end of a stretch states are filled in."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    century: int | None = None
    decade: int | None = None
    years_from: int | None = None
    era: str = ""
    uncertain: bool = False
    approximate: bool = False
    whens: tuple[When, ...] = ()


def read_side(items: Sequence[Item], *, beside: str = "") -> Side | None:
    """Read the parts of one date; marks of doubt may stand at either end, eras anywhere.

    ``beside`` holds the letters of the other end, where there is one: an era or the word "century" there counts here too
    ("218-201 BC", "XVe-XVIe siècle").
    """
    marks = {item.letter for item in items if item.letter in "eg"}
    items = [item for item in items if item.letter not in "eg"]
    while items and items[0].letter in "?ck":
        marks.add(items.pop(0).letter)
    while items and items[-1].letter in "?c":
        marks.add(items.pop().letter)
    shape = "".join(item.letter for item in items)
    era = "bce" if "e" in marks else "ce" if "g" in marks else ""
    if shape == "Z":
        return Side(whens=items[0].whens, era=era, uncertain="?" in marks, approximate="c" in marks)
    with_era = bool(era) or "e" in beside or "g" in beside
    if with_era and shape == "n":
        shape = "v"
    states_too_little = (shape == "v" and not with_era) or (shape == "O" and "h" not in beside)
    parts = _parts(shape, items) if shape in _SHAPES and not states_too_little else None
    if parts is None:
        return None
    return Side(
        year=parts.get("year"),
        month=parts.get("month"),
        day=parts.get("day"),
        century=parts.get("century"),
        decade=parts.get("decade"),
        years_from=parts.get("years_from"),
        era=era,
        uncertain="?" in marks,
        approximate="c" in marks,
    )


def _parts(shape: str, items: Sequence[Item]) -> dict[str, int] | None:
    parts: dict[str, int] = {}
    if shape in {"hn", "nh"} and any(item.letter == "h" and len(item.token.text) < _SHORTEST_CENTURY for item in items):
        return None
    for part, item in zip(_SHAPES[shape], items, strict=True):
        number = item.word.number if item.letter in "MS" and item.word else _number(item.token.text) if part else 0
        named = _roman_part(item.token.text, number) if part == "roman" else part
        if named is None or (named == "century" and not 1 <= number <= _LAST_CENTURY):
            return None
        parts[named] = number
    return parts


def _roman_part(text: str, number: int) -> str | None:
    """A Roman numeral alone is a century, or the year of a title page, if it is written in capitals."""
    if text != text.upper():
        return None
    return "century" if number <= _LAST_CENTURY else "year" if number >= _FIRST_ROMAN_YEAR else None


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    values = [_ROMAN_VALUES[letter] for letter in text.upper()]
    return sum(-value if value < max(values[place:], default=0) else value for place, value in enumerate(values))


def complete(first: Side, last: Side) -> tuple[Side, Side]:
    """Give each end what only the other states: "3-5 June 2012", "1990-1989 BC", "15th-16th century"."""
    if first.era == "" and last.era == "bce":
        first = replace(first, era="bce")
    if last.century and first.century is None and first.day and not first.month:
        first = replace(first, century=first.day, day=None)
    if first.approximate and not last.approximate:
        last = replace(last, approximate=True)
    # What is filled in must belong there: a year alone completes no month, and a month no lonely day.
    if (first.year is None and not _is_dated(last)) or (last.year is None and not _is_dated(first)):
        return first, last
    if first.day and not first.month and not last.day:
        return first, last
    year = first.year if last.year is None else last.year
    first, last = (replace(side, year=year) if side.year is None and _is_dated(side) else side for side in (first, last))
    if first.day and not first.month:
        first = replace(first, month=last.month)
    if last.day and not last.month:
        last = replace(last, month=first.month)
    return first, last


def _is_dated(side: Side) -> bool:
    return bool(side.month or side.day)


def ends_of(first: Side, last: Side) -> tuple[When, ...]:
    """Join two completed ends into a stretch, if each says one thing."""
    starts, ends = whens_of(first), whens_of(last)
    if len(starts) != 1 or len(ends) != 1:
        return ()
    start, end = starts[0], ends[0]
    return (span(start, end),) if isinstance(start, Moment) and isinstance(end, Moment) else ()


def whens_of(side: Side) -> tuple[When, ...]:
    """Make the time that the parts state; none where they state too little.

    A century before Christ and a doubtful year of more than four digits are left, because EDTF has no form for them.
    """
    if side.whens:
        return () if side.era == "bce" else tuple(_marked(when, side) for when in side.whens)
    if side.century is not None:
        return () if side.era == "bce" or side.day or side.year else (_marked(century(side.century), side),)
    start = side.decade if side.years_from is None else side.years_from
    if start is not None:
        known = 2 if side.years_from is not None and start % 100 == 0 else 3
        return (_marked(Moment(f"{start:04d}"[:known].ljust(4, "X")), side),) if start % 10 == 0 else ()
    if side.year is None or (side.day and not side.month):
        return ()
    year = before_christ(side.year) if side.era == "bce" else year_text(side.year)
    if year.startswith("Y") and (side.month or side.uncertain or side.approximate or side.year > _LONGEST_YEAR):
        return ()
    return (_marked(moment(year, side.month, side.day), side),)


def _marked(when: When, side: Side) -> When:
    if isinstance(when, Moment):
        return when.marked(uncertain=side.uncertain, approximate=side.approximate)
    start, end = (part.marked(uncertain=side.uncertain, approximate=side.approximate) if part else None for part in (when.start, when.end))
    return Span(start, end)
