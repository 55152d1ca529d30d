"""Reads dates of any form into EDTF."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from normalizers.dates.calendar_names import load_calendar_names
from normalizers.dates.lexicon import DateLexicon, Word
from normalizers.dates.moments import ImpossibleDateError, Moment, When, moment
from normalizers.dates.numeric import Order
from normalizers.dates.phrases import read_phrase
from normalizers.dates.ranges import read_digits
from normalizers.localedata import Locale
from normalizers.reading import Query
from normalizers.results import Candidate, Issue, Method, Result, Status

_PLAIN = {
    **dict.fromkeys((*range(0x2010, 0x2016), 0x2212, 0xFF0D), "-"),
    **dict.fromkeys((0xA0, 0x200B, 0x200E, 0x200F, 0x2009, 0x202F, 0x3000, 0xFEFF), " "),
    0xFF0F: "/",
    0xFF0E: ".",
    0xFF1F: "?",
    0x301C: "~",
    0xFF5E: "~",
}
_ISO = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?")
# OpenAIRE writes the end of an embargo as a term of its vocabulary.
_NAMED = re.compile(r"info:eu-repo/date/[A-Za-z]{1,20}/")
_NEVER = "9999"
_PERIOD = re.compile(r"(?:^|;)\s*(?P<key>start|end)\s*=\s*(?P<value>[^;]*)", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?<=[\s,])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?:[.,]\d+)?(?:\s*[AaPp]\.?[Mm]\b\.?)?"
    r"(?:\s*\(?[A-Z]{1,5}\)?(?=\s|$))?(?:\s*[+-]\d{2}:?\d{2})?"
)
# "c2001" and "p2001", written together, are dates of copyright and of print in cataloguing rules (AACR2 1.4F6), not "circa".
_COPYRIGHT = re.compile(r"(?<![^\W_])[cp](?=\d{4}(?!\d))")
# Five letters in a row, or one that no date in digits has (unknown parts, clock times, Roman months).
_WORDS = re.compile(r"[^\W\d_]{5}|[^\W\d_XxUuTZzYCDEGIMPSV]")
_TWO_DIGIT_YEAR = re.compile(r"\d{1,2}([-./ ])\d{1,2}\1\d{2}")
_LISTED = re.compile(r"(?<![^;\n])[^;\n]*[^;\s][^;\n]*")
_WRAPPING = ' \t\r\n"“”«»'
_PAIRS = {"[": "]", "(": ")", "<": ">"}
_LONGEST = 200
_BUDDHIST_YEARS = range(2400, 2650)
_BUDDHIST_START = 543


class _Piece(Struct, frozen=True):
    """One date of a text with its place: what it may mean, by which rule, and whether it says that there is no date."""

    start: int
    end: int
    whens: tuple[When, ...] = ()
    rule: str = ""
    word: Word | None = None
    undated: bool = False
    calendar: str = ""


class DateReader:
    """Reads a date, a stretch of time, or a list of them.

    A date is as precise as its text: parts that are unknown are left out, doubts are kept as EDTF marks. Where day and month could
    change places and neither the locale nor the number decides, the answer is ambiguous. A day that no calendar has is reported.
    Dates of other calendars are recognized and not converted. A text with any word that is none of dates is not read.
    """

    field: Final = "date"

    def __init__(self, locales: Mapping[str, Locale]) -> None:
        names = load_calendar_names()
        self._lexicon = DateLexicon(locales.values(), names.names)
        self._orders = names.orders

    def read(self, query: Query) -> Result:
        """Read a text into EDTF dates, in the order of the text."""
        prefix = _NAMED.match(query.text)
        found = _ISO.fullmatch(query.text, prefix.end() if prefix else 0)
        if found and found[1] == _NEVER:
            return query.unmatched(Issue("invalid_date", f"{_NEVER} stands for a date that is open or not known"))
        if found is None and len(query.text) > _LONGEST:
            return query.unmatched()
        try:
            pieces = (_iso(found),) if found else self._pieces(query)
        except ImpossibleDateError as error:
            return query.unmatched(Issue("invalid_date", str(error)))
        return _answer(query, pieces)

    def _pieces(self, query: Query) -> tuple[_Piece, ...]:
        text, order = _plain(query.text), self._order(query.locale)
        period = _period(text)
        if period:
            return (self._piece(period, 0, len(text), order, query.locale),)
        return tuple(self._piece(text, *self._dated(text, *found.span()), order, query.locale) for found in _LISTED.finditer(text))

    def _dated(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Take off what stands around a date, and the name of the event that it is the date of."""
        start, end = _core(text, start, end)
        if start < end and text[start].isalpha():
            behind = self._lexicon.after_event(text[start:end])
            start, end = _core(text, start + behind, end) if behind else (start, end)
        return start, end

    def _piece(self, text: str, start: int, end: int, order: Order | None, locale: str | None) -> _Piece:
        piece = text[start:end] if end <= len(text) else text
        digits = None if _WORDS.search(piece) else read_digits(piece, order)
        if digits:
            return _Piece(start, end, digits.whens, "digits" if digits.order is None else f"digits, {digits.order.value}")
        piece = _COPYRIGHT.sub(" ", _CLOCK.sub(lambda clock: " " * len(clock[0]), piece))
        tokens = self._lexicon.tokens(piece, locale)
        phrase = read_phrase(tokens, piece)
        if phrase:
            rule = f"{phrase.word.locale}:dates.{phrase.word.kind}" if phrase.word else "digits"
            return _Piece(start, end, phrase.whens, rule, phrase.word, phrase.undated)
        calendar = next((token.text for token in tokens if any(word.kind == "calendar" for word in token.words)), "")
        return _Piece(start, end, calendar=calendar)

    def _order(self, locale: str | None) -> Order | None:
        if not locale:
            return None
        tag = locale.casefold().replace("_", "-")
        return self._orders.get(tag)


def _iso(found: re.Match[str]) -> _Piece:
    return _Piece(*found.span(), (moment(found[1], *(int(part) if part else None for part in (found[2], found[3]))),), "digits")


def _plain(text: str) -> str:
    """Write dashes, spaces and digits in one way, each character for one, so that spans stay true."""
    plain = text.translate(_PLAIN)
    return plain if plain.isascii() else "".join(str(unicodedata.decimal(mark)) if mark.isdecimal() else mark for mark in plain)


def _period(text: str) -> str:
    """Give the stretch that a DCMI Period states ("name=...; start=1929; end=1939"), or nothing."""
    ends = {found["key"].casefold(): found["value"].strip() for found in _PERIOD.finditer(text)}
    return "|".join(ends.get(key) or ".." for key in ("start", "end")) if any(ends.values()) else ""


def _core(text: str, start: int, end: int) -> tuple[int, int]:
    """Take off what may stand around a date: spaces, quotes, the brackets of cataloguers, a full stop."""
    while start < end:
        first, last = text[start], text[end - 1]
        if first in _WRAPPING:
            start += 1
        elif last in _WRAPPING or (last in ".,:" and text[end - 2 : end - 1] not in {".", "-", "", " "}):
            end -= 1
        elif text[max(start, end - 2) : end] == "//":
            # RIS writes "2012///" for a year alone.
            end = start + len(text[start:end].rstrip("/"))
        elif _PAIRS.get(first) == last:
            start, end = start + 1, end - 1
        else:
            break
    return start, end


def _answer(query: Query, pieces: tuple[_Piece, ...]) -> Result:
    read = [_buddhist(piece) for piece in pieces if piece.whens]
    if not read:
        return _unread(query, pieces)
    rest = [query.text[piece.start : piece.end] for piece in pieces if not (piece.whens or piece.undated)]
    issues = [Issue("unread_part", f"{part!r} is no date") for part in rest]
    evidence = tuple(query.evidence(piece.start, min(piece.end, len(query.text)), piece.rule, piece.whens[0].edtf) for piece in read)
    candidates = [candidate for piece in read for candidate in _candidates(piece)]
    if any(len(piece.whens) > 1 for piece in read):
        issues.append(Issue("ambiguous_date", "the text allows several dates"))
        return query.ambiguous(tuple(candidates), *issues, evidence=evidence)
    return Result(
        field=query.field,
        text=query.text,
        status=Status.MATCHED,
        identifiers=tuple(dict.fromkeys(piece.whens[0].edtf for piece in read)),
        method=_method(read),
        locale=next((piece.word.locale for piece in read if piece.word and not piece.word.shared), None),
        issues=tuple(issues),
        evidence=evidence,
    )


def _buddhist(piece: _Piece) -> _Piece:
    """A year some 500 years ahead may be counted from the Buddha: in Thailand it is."""
    (when,) = piece.whens if len(piece.whens) == 1 else (None,)
    if not isinstance(when, Moment) or not when.year.isdecimal() or int(when.year) not in _BUDDHIST_YEARS:
        return piece
    return replace(piece, whens=(when, replace(when, year=f"{int(when.year) - _BUDDHIST_START}")))


def _candidates(piece: _Piece) -> tuple[Candidate, ...]:
    return tuple(Candidate(when.edtf) for when in piece.whens)


def _method(read: list[_Piece]) -> Method:
    return Method.LABEL if any(piece.word for piece in read) else Method.CODE


def _unread(query: Query, pieces: tuple[_Piece, ...]) -> Result:
    if pieces and all(piece.undated for piece in pieces):
        evidence = tuple(query.evidence(piece.start, piece.end, piece.rule, "undated") for piece in pieces)
        return Result(query.field, query.text, Status.NONE, method=Method.LABEL, evidence=evidence)
    calendars = [piece.calendar for piece in pieces if piece.calendar]
    if any(_TWO_DIGIT_YEAR.fullmatch(query.text[piece.start : piece.end]) for piece in pieces):
        return query.unmatched(Issue("two_digit_year", "the century of the year is not stated"))
    return query.unmatched(*(Issue("other_calendar", f"{name!r} counts years otherwise; it is not converted") for name in calendars))
