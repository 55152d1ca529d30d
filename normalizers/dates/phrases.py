"""Dates in words: the tokens of a text, each turned into a letter, are matched against the shapes that dates have.

n: one or two digits, y: four, v: any other number, M: month, S: season, R: Roman numeral, h: century, d: decade, e and g: eras
before and after Christ, c: about, b: until, a: from, i: between, r: to, k: copyright, m: the word "month", Z: a date in digits,
u: no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product
from types import MappingProxyType

from normalizers.dates.lexicon import Token, Word
from normalizers.dates.moments import ImpossibleDateError, Moment, Span, When, before_christ, century, moment, span, year_text
from normalizers.dates.ranges import read_digits

_LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "month": "M", "season": "S", "century": "h", "decade": "d", "bce": "e", "ce": "g", "circa": "c", "before": "b", "after": "a",
        "between": "i", "range": "r", "copyright": "k", "undated": "u", "month_word": "m", "weekday": "", "joining": "",
    }
)  # fmt: skip
_MARKS: Mapping[str, str] = MappingProxyType({"-": "-", "/": "-", "|": "-", "?": "?", "~": "c", "©": "k", "℗": "k"})
_IGNORED_MARKS = frozenset(".,;:[]()'’º°ª\"")
_ROMAN = re.compile(r"(?i:M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))(?=[a-zà-ÿ]{0,4}$)")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_LAST_CENTURY = 21
_FIRST_ROMAN_YEAR = 1000
_ENDING = 4
_MOST_COMBINATIONS = 64
_MOST_TOKENS = 24
_SHAPES = {
    shape: tuple(parts)
    for shape, parts in {
        "nMy": ("day", "month", "year"), "Mny": ("month", "day", "year"), "yMn": ("year", "month", "day"), "ynM": ("year", "day", "month"),
        "My": ("month", "year"), "yM": ("year", "month"), "nM": ("day", "month"), "Mn": ("month", "day"), "M": ("month",),
        "y": ("year",), "v": ("year",), "n": ("day",), "ynn": ("year", "month", "day"), "yn": ("year", "month"),
        "Sy": ("month", "year"), "yS": ("year", "month"), "S": ("month",),
        "ny": ("day", "year"), "mny": ("", "month", "year"), "nmny": ("day", "", "month", "year"), "ynm": ("year", "month", ""),
        "ynmn": ("year", "month", "", "day"), "nm": ("month", ""), "nmn": ("month", "", "day"), "mn": ("", "month"),
        "nh": ("century", ""), "hn": ("", "century"), "Rh": ("century", ""), "hR": ("", "century"), "R": ("roman",),
        "dy": ("", "decade"), "yd": ("decade", ""),
    }.items()
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """A token under one of the letters that it can stand for."""

    letter: str
    token: Token
    word: Word | None = None
    whens: tuple[When, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """The parts of one date, before those that the other end of a stretch states are filled in."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    century: int | None = None
    decade: int | None = None
    era: str = ""
    uncertain: bool = False
    approximate: bool = False
    whens: tuple[When, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a phrase means, and the word that decided; ``undated`` is true where it says that there is no date."""

    whens: tuple[When, ...]
    word: Word | None = None
    undated: bool = False

    def or_else(self, other: Phrase) -> Phrase:
        """Add what the words mean when one of them is taken for another month."""
        return replace(self, whens=tuple(dict.fromkeys((*self.whens, *other.whens))))


def read_phrase(tokens: Sequence[Token], text: str) -> Phrase | None:
    """Read tokens as a date; nothing if any word among them is not one of dates. Raises ImpossibleDateError."""
    if len(tokens) > _MOST_TOKENS:
        return None
    fault = None
    for entries in (tokens, _joined(tokens, text)):
        try:
            phrase = _read_tokens(tuple(entries))
        except ImpossibleDateError as error:
            fault = fault or error
        else:
            if phrase:
                return phrase
    if fault:
        raise fault
    return None


def _read_tokens(tokens: Sequence[Token | Item]) -> Phrase | None:
    choices = list(_choices(tokens))
    if not choices or any(not choice for choice in choices):
        return None
    fault, first, shape = None, None, ""
    for combination in islice(product(*choices), _MOST_COMBINATIONS):
        items = [item for item in combination if item.letter]
        letters = "".join(item.letter for item in items)
        if first and letters != shape:
            continue
        try:
            phrase = _read_items(items, letters)
        except ImpossibleDateError as error:
            fault = fault or error
        else:
            if phrase:
                first, shape = phrase if first is None else first.or_else(phrase), letters
    if fault and first is None:
        raise fault
    return first


def _joined(tokens: Sequence[Token], text: str) -> Iterator[Token | Item]:
    """Take what is written in digits alone as one date, where it is one."""
    index = 0
    while index < len(tokens):
        end = index
        while end < len(tokens) and tokens[end].kind != "word":
            end += 1
        run = _trimmed(tokens[index:end])
        if sum(token.kind == "number" for token in run) > 1:
            reading = read_digits(text[run[0].start : run[-1].end])
            if reading:
                yield Item("Z", run[0], whens=reading.whens)
                index = end
                continue
        yield from tokens[index : max(end, index + 1)]
        index = max(end, index + 1)


def _trimmed(tokens: Sequence[Token]) -> Sequence[Token]:
    numbers = [place for place, token in enumerate(tokens) if token.kind == "number"]
    return tokens[numbers[0] : numbers[-1] + 1] if numbers else ()


def _choices(tokens: Sequence[Token | Item]) -> Iterator[list[Item]]:
    previous: Token | None = None
    for entry in tokens:
        if isinstance(entry, Item):
            yield [entry]
            previous = None
            continue
        attached = previous is not None and previous.kind == "number" and previous.end == entry.start
        yield list(_items(entry, attached=attached))
        previous = entry


def _items(token: Token, *, attached: bool) -> Iterator[Item]:
    if token.kind == "number":
        yield Item({1: "n", 2: "n", 4: "y"}.get(len(token.text), "v"), token)
    elif token.kind == "mark":
        if token.text in _MARKS or token.text in _IGNORED_MARKS:
            yield Item(_MARKS.get(token.text, ""), token)
    else:
        yield from _word_items(token, attached=attached)


def _word_items(token: Token, *, attached: bool) -> Iterator[Item]:
    """What a word can be, most telling first. An ending written to a number ("1st", "3r", "2012ko") tells nothing."""
    found = [Item(_LETTERS[word.kind], token, word) for word in token.words if word.kind in _LETTERS]
    found.sort(key=lambda item: not item.letter)
    yield from found
    roman = _ROMAN.match(token.text)
    if roman and roman[0] and token.text[roman.end() :].islower() | (roman.end() == len(token.text)):
        yield Item("R", replace(token, text=roman[0]))
    if attached and len(token.text) <= _ENDING and not any(item.letter in {"M", "e", "g"} for item in found):
        yield Item("", token)


def _read_items(items: Sequence[Item], letters: str) -> Phrase | None:
    if letters == "u":
        return Phrase((), items[0].word, undated=True)
    if not letters or "u" in letters:
        return None
    word = next((item.word for item in items if item.word), None)
    for reading in (_single, _bounded, _stretch):
        whens = reading(items, letters)
        if whens:
            return Phrase(whens, word)
    return None


def _single(items: Sequence[Item], _letters: str) -> tuple[When, ...]:
    side = _side(items)
    return _whens(side) if side else ()


def _bounded(items: Sequence[Item], letters: str) -> tuple[When, ...]:
    """Until a date, or from a date."""
    if letters[0] in "ba":
        side, opening = _side(items[1:]), letters[0]
    elif letters[-1] == "a":
        side, opening = _side(items[:-1]), "a"
    else:
        return ()
    moments = [when for when in (_whens(side) if side else ()) if isinstance(when, Moment)]
    return tuple(Span(None, when) if opening == "b" else Span(when, None) for when in moments)


def _stretch(items: Sequence[Item], letters: str) -> tuple[When, ...]:
    if letters[0] in "ia":
        items, letters = items[1:], letters[1:]
    for place, letter in enumerate(letters):
        if letter in "-rb":
            first, last = _side(items[:place]), _side(items[place + 1 :])
            if first and last:
                whens = _ends(*_completed(first, last))
                if whens:
                    return whens
    return ()


def _side(items: Sequence[Item]) -> Side | None:
    """Read the parts of one date; marks of doubt and eras may stand at either end."""
    marks: set[str] = set()
    items = list(items)
    while items and items[0].letter in "?ckeg":
        marks.add(items.pop(0).letter)
    while items and items[-1].letter in "?ceg":
        marks.add(items.pop().letter)
    shape = "".join(item.letter for item in items)
    era = "bce" if "e" in marks else "ce" if "g" in marks else ""
    if shape == "Z":
        return Side(whens=items[0].whens, era=era, uncertain="?" in marks, approximate="c" in marks)
    if era and shape == "n":
        shape = "v"
    parts = _parts(shape, items) if shape in _SHAPES and (shape != "v" or era) else None
    if parts is None:
        return None
    return Side(
        year=parts.get("year"),
        month=parts.get("month"),
        day=parts.get("day"),
        century=parts.get("century"),
        decade=parts.get("decade"),
        era=era,
        uncertain="?" in marks,
        approximate="c" in marks,
    )


def _parts(shape: str, items: Sequence[Item]) -> dict[str, int] | None:
    parts: dict[str, int] = {}
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


def _completed(first: Side, last: Side) -> tuple[Side, Side]:
    """Give each end what only the other states: "3-5 June 2012", "1990-1989 BC", "15th-16th century"."""
    if first.era == "" and last.era == "bce":
        first = replace(first, era="bce")
    if last.century and first.century is None and first.day and not first.month:
        first = replace(first, century=first.day, day=None)
    if first.approximate and not last.approximate:
        last = replace(last, approximate=True)
    year = first.year if last.year is None else last.year
    first, last = (replace(side, year=year) if side.year is None and _is_dated(side) else side for side in (first, last))
    if first.day and not first.month:
        first = replace(first, month=last.month)
    if last.day and not last.month:
        last = replace(last, month=first.month)
    return first, last


def _is_dated(side: Side) -> bool:
    return bool(side.month or side.day)


def _ends(first: Side, last: Side) -> tuple[When, ...]:
    starts, ends = _whens(first), _whens(last)
    if len(starts) != 1 or len(ends) != 1:
        return ()
    start, end = starts[0], ends[0]
    return (span(start, end),) if isinstance(start, Moment) and isinstance(end, Moment) else ()


def _whens(side: Side) -> tuple[When, ...]:
    if side.whens:
        return () if side.era == "bce" else tuple(_marked(when, side) for when in side.whens)
    if side.century is not None:
        return () if side.era == "bce" or side.day or side.year else (_marked(century(side.century), side),)
    if side.decade is not None:
        return (_marked(Moment(f"{side.decade:04d}"[:3] + "X"), side),) if side.decade % 10 == 0 else ()
    if side.year is None or (side.day and not side.month):
        return ()
    year = before_christ(side.year) if side.era == "bce" else year_text(side.year)
    return (_marked(moment(year, side.month, side.day), side),)


def _marked(when: When, side: Side) -> When:
    if isinstance(when, Moment):
        return when.marked(uncertain=side.uncertain, approximate=side.approximate)
    start, end = (part.marked(uncertain=side.uncertain, approximate=side.approximate) if part else None for part in (when.start, when.end))
    return Span(start, end)
