"""Tells what lines without a label are, by their shape and by where they stand: title, persons, extent, identifier.

What is told so carries the rule that told it ("shape:title_line") and is remarked on, for no word of the record says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from normalizers.extents import ExtentReader
from normalizers.records.model import RawField, Record
from normalizers.results import Result, Status

TITLE_RULE = "shape:title_line"
OPEN_TITLE_RULE = "shape:title_line_with_more_below"
PERSON_RULE = "shape:person_line"
EXTENT_RULE = "shape:extent_line"
IDENTIFIER_RULE = "shape:identifier_line"
LINE_RULES = frozenset({TITLE_RULE, OPEN_TITLE_RULE, PERSON_RULE, EXTENT_RULE, IDENTIFIER_RULE})
_LONGEST_TITLE = 500
_LONGEST_SHORT = 200
_NAME = r"[^\W\d_][^,;:()\d/@]{0,70}"
_PERSON = re.compile(rf"(?P<family>{_NAME}),\s*(?P<given>{_NAME})(?:\s*\([^()]*(?:\([^()]*\)[^()]*)*\))*\s*")
_BETWEEN_PERSONS = re.compile(r"\s*;\s*")
_SENTENCE = re.compile(r"[.!?]\s+\S|[!?]\Z")
_INITIAL = re.compile(r"(?<!\w)\w\.")
_MOST_NAME_WORDS = 7


def is_person_line(text: str) -> bool:
    """Tell whether a line is made of names, family name first: "Family, Given (Affiliation)", several with semicolons.

    >>> is_person_line("Vilardell Tarrés, Miquel (Hospital Universitari)"), is_person_line("Lupus, a chronic disease")
    (True, False)
    """
    pieces = [piece for piece in _BETWEEN_PERSONS.split(text) if piece]
    return bool(pieces) and all(map(_is_person, pieces))


def _is_person(text: str) -> bool:
    found = _PERSON.fullmatch(text)
    if not found or len(found["family"].split()) > _MOST_NAME_WORDS or len(found["given"].split()) > _MOST_NAME_WORDS:
        return False
    if _SENTENCE.search(_INITIAL.sub("", found["given"])):
        return False
    return not (_is_small(found["family"].split()[-1]) or _is_small(found["given"].split()[0]))


def _is_small(word: str) -> bool:
    """Tell whether a word is written small in a script that has capitals: then it begins no name."""
    return word[0].islower()


@dataclass(frozen=True, slots=True)
class ShapeReader:
    """Gives lines without a label their field. ``read_identifier`` reads a text as identifiers of any scheme."""

    extents: ExtentReader
    read_identifier: Callable[[str], Result]

    def recognize(self, record: Record) -> Record:
        """Give the record with every field whose line could be told by its shape."""
        header = _header(record.fields)
        titled = not any(field.key == "title" for field in record.fields) and len(header) < len(record.fields) - _counts(record.fields)
        told: dict[int, tuple[RawField, ...]] = {}
        if titled and header and _may_be_title(header, record.fields):
            told[id(header[0])] = (replace(header[0], key="title", rule=_title_rule(header), reason=""),)
            if not any(field.key == "creator" for field in record.fields):
                told |= {id(field): tuple(_persons(field)) for field in _following_persons(header)}
        for field in record.fields:
            if field.key is None and field.value and field.reason in {"no_label", "unknown_label"} and id(field) not in told:
                told[id(field)] = (self._short(field, field.value),)
        return replace(record, fields=tuple(new for field in record.fields for new in told.get(id(field), (field,))))

    def _short(self, field: RawField, text: str) -> RawField:
        if len(text) > _LONGEST_SHORT or not any(map(str.isdigit, text)):
            return field
        extent = self.extents.read(text)
        if extent.evidence and not extent.leftover:
            return replace(field, key="extent", rule=EXTENT_RULE, reason="")
        found = self.read_identifier(text)
        if found.status is Status.MATCHED and not found.issues:
            return replace(field, key="identifier", rule=IDENTIFIER_RULE, reason="")
        return field


def _header(fields: Sequence[RawField]) -> list[RawField]:
    """Give the lines without a label that stand before the first label; counts of citations may stand among them."""
    header = []
    for field in fields:
        if field.key is None and field.reason in {"no_label", "unknown_label"}:
            header.append(field)
        elif field.key != "citation_count":
            break
    return header


def _counts(fields: Sequence[RawField]) -> int:
    return sum(field.key == "citation_count" for field in fields)


def _may_be_title(header: Sequence[RawField], fields: Sequence[RawField]) -> bool:
    first = header[0]
    text = first.value or ""
    if len(text) > _LONGEST_TITLE or not any(map(str.isalpha, text)) or is_person_line(text):
        return False
    if first.reason == "no_label" or len(header) > 1:
        return True
    # A line such as "Word: more words" right above the labels may be one of them, in a language that no locale covers.
    below = next((field for field in fields if field.key and _line(field) > _line(first)), None)
    return below is not None and _line(below) > _line(first) + 1


def _title_rule(header: Sequence[RawField]) -> str:
    goes_on = len(header) > 1 and _line(header[1]) == _line(header[0]) + 1 and not is_person_line(header[1].value or "")
    return OPEN_TITLE_RULE if goes_on else TITLE_RULE


def _following_persons(header: Sequence[RawField]) -> Iterator[RawField]:
    for field in header[1:]:
        if not is_person_line(field.value or ""):
            return
        yield field


def _persons(field: RawField) -> Iterator[RawField]:
    for piece in _BETWEEN_PERSONS.split(field.value or ""):
        if piece:
            yield replace(field, value=piece, key="creator", rule=PERSON_RULE, reason="")


def _line(field: RawField) -> int:
    return field.place.line or 0
