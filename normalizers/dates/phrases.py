"""Dates in words: the tokens of a text, each turned into a letter, are matched against the shapes that dates have.

n: one or two digits, y: four, v: any other number, M: month, S: season, R: Roman numeral, O: Roman numeral with an ending,
h: century, d: decade, l: either by the number, e and g: eras before and after Christ, c: about, b: until, a: from, i: between, r: to,
k: copyright, m: the word "month", Z: a date in digits, u: no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from normalizers.dates.lexicon import Token, Word
from normalizers.dates.moments import ImpossibleDateError, Moment, Span, When
from normalizers.dates.ranges import read_digits
from normalizers.dates.sides import Item, complete, ends_of, read_side, whens_of

_LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "month": "M", "season": "S", "century": "h", "decade": "d", "years_from": "l", "bce": "e", "ce": "g", "circa": "c", "before": "b",
        "after": "a", "between": "i", "range": "r", "copyright": "k", "undated": "u", "uncertain": "?", "month_word": "m", "weekday": "",
        "joining": "",
    }
)  # fmt: skip
_MARKS: Mapping[str, str] = MappingProxyType({"-": "-", "/": "-", "|": "-", "?": "?", "~": "c", "±": "c", "©": "k", "℗": "k"})
_IGNORED_MARKS = frozenset(".,;:[]()'’º°ª\"،؛、，。")
_ROMAN = re.compile(r"(?ai:M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))(?=[a-zà-ÿ]{0,4}$)")
_DASHED = frozenset({"n-M-y", "y-M-n", "M-n-y", "n-My", "M-y", "y-M", "y-d", "y-dd", "y-l", "hR-", "R-h"})
_YEARS_OF_A_STRETCH = re.compile(r"dy[-r]y|y[-r]yd")
_ENDING = 4
_MOST_COMBINATIONS = 64
_MOST_TOKENS = 24


class Phrase(Struct, frozen=True):
    """What a phrase means, and the word that decided; ``undated`` is true where it says that there is no date."""

    whens: tuple[When, ...]
    word: Word | None = None
    undated: bool = False

    def or_else(self, other: Phrase) -> Phrase:
        """Add what the words mean when one of them is taken for another month."""
        return replace(self, whens=tuple(dict.fromkeys((*self.whens, *other.whens))))


def read_phrase(tokens: Sequence[Token], text: str) -> Phrase | None:
    """Read tokens as a date; nothing if any word among them is not one of dates. Raises ImpossibleDateError."""
    if len(tokens) > _MOST_TOKENS or any(token.kind == "word" and not _is_explained(token, text) for token in tokens):
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
        if (first and letters != shape) or not _explains_weekdays(combination, letters):
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


def _is_explained(token: Token, text: str) -> bool:
    """Tell whether a word can be part of a date at all; an ending written to a number can."""
    return any(True for _ in _word_items(token, attached=text[max(token.start - 1, 0) : token.start].isdecimal()))


def _explains_weekdays(items: Sequence[Item], letters: str) -> bool:
    """A day of the week stands beside a day and a month, and nowhere else."""
    return "M" in letters or "Z" in letters or not any(item.word and item.word.kind == "weekday" for item in items)


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
        yield Item("R" if roman.end() == len(token.text) else "O", replace(token, text=roman[0]))
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


def _single(items: Sequence[Item], letters: str) -> tuple[When, ...]:
    if letters in _DASHED:
        items = [item for item in items if item.letter != "-"]
    side = read_side(items)
    return whens_of(side) if side else ()


def _bounded(items: Sequence[Item], letters: str) -> tuple[When, ...]:
    """Until a date, or from a date."""
    if letters[0] in "ba":
        side, opening = read_side(items[1:]), letters[0]
    elif letters[-1] == "a":
        side, opening = read_side(items[:-1]), "a"
    else:
        return ()
    moments = [when for when in (whens_of(side) if side else ()) if isinstance(when, Moment)]
    return tuple(Span(None, when) if opening == "b" else Span(when, None) for when in moments)


def _stretch(items: Sequence[Item], letters: str) -> tuple[When, ...]:
    """From a date to a date. "The years 1990-1995" are years, not a decade and a year."""
    if _YEARS_OF_A_STRETCH.fullmatch(letters):
        items = [item for item in items if item.letter != "d"]
        letters = letters.replace("d", "")
    if letters[0] in "ia":
        items, letters = items[1:], letters[1:]
    for place, letter in enumerate(letters):
        if letter in "-rb":
            first, last = read_side(items[:place], beside=letters[place:]), read_side(items[place + 1 :], beside=letters[:place])
            if first and last:
                whens = ends_of(*complete(first, last))
                if whens:
                    return whens
    return ()
