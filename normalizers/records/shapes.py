"""Tells what lines without a label are, by their shape and by where they stand: title, persons, extent, identifier.

What is told so carries the rule that told it ("shape:title_line") and is remarked on, for no word of the record says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from msgspec import Struct
from msgspec.structs import replace

from normalizers.extents import ExtentReader
from normalizers.records.model import Place, RawField, Record, Remark
from normalizers.results import Issue, Result, Status

TITLE_RULE = "shape:title_line"
PERSON_RULE = "shape:person_line"
EXTENT_RULE = "shape:extent_line"
IDENTIFIER_RULE = "shape:identifier_line"
LINE_RULES = frozenset({TITLE_RULE, PERSON_RULE, EXTENT_RULE, IDENTIFIER_RULE})
_LONGEST_TITLE = 500
_LONGEST_SHORT = 200
_NAME = r"[^\W\d_][^,;:()\d/@]{0,70}"
_PERSON = re.compile(rf"(?P<family>{_NAME}),\s*(?P<given>{_NAME})(?:\s*\([^()]*(?:\([^()]*\)[^()]*)*\))*\s*")
_BETWEEN_PERSONS = re.compile(r"(?:(?<!\s)\s*)?;\s*")
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


class ShapeReader(Struct, frozen=True):
    """Gives lines without a label their field. ``read_identifier`` reads a text as identifiers of any scheme."""

    extents: ExtentReader
    read_identifier: Callable[[str], Result]

    def recognize(self, record: Record) -> Record:
        """Give the record with every field whose line could be told by its shape."""
        header = _header(record.fields)
        told: dict[int, tuple[RawField, ...]] = {}
        remarks = record.remarks
        if header and _needs_title(record.fields, header):
            candidates = list(takewhile(lambda field: not is_person_line(field.value or ""), header))
            if len(candidates) > 1:
                remarks = (*remarks, _unclear(candidates))
            elif candidates and _may_be_title(candidates[0], header, record.fields):
                told |= _title_and_creators(header, with_creators=all(field.key != "creator" for field in record.fields))
        for field in record.fields:
            if _is_open(field) and id(field) not in told:
                told[id(field)] = (self._short(field, field.value or ""),)
        return replace(record, fields=tuple(new for field in record.fields for new in told.get(id(field), (field,))), remarks=remarks)

    def _short(self, field: RawField, text: str) -> RawField:
        if len(text) > _LONGEST_SHORT or not any(map(str.isdigit, text)):
            return field
        extent = self.extents.read(text)
        if extent.evidence and not extent.leftover:
            return field._replace(key="extent", rule=EXTENT_RULE, reason="")
        found = self.read_identifier(text)
        if found.status is Status.MATCHED and not found.issues:
            return field._replace(key="identifier", rule=IDENTIFIER_RULE, reason="")
        return field


def _is_open(field: RawField) -> bool:
    return field.key is None and field.reason in {"no_label", "unknown_label"}


def _header(fields: Sequence[RawField]) -> list[RawField]:
    """Give the lines without a label that stand before the first label; counts of citations may stand among them."""
    above = takewhile(lambda field: _is_open(field) or field.key == "citation_count", fields)
    return [field for field in above if _is_open(field)]


def _needs_title(fields: Sequence[RawField], header: Sequence[RawField]) -> bool:
    """Tell whether the record has no title yet, and labels below its first lines that show it to be a record at all."""
    counts = sum(field.key == "citation_count" for field in fields)
    return all(field.key != "title" for field in fields) and len(header) + counts < len(fields)


def _may_be_title(first: RawField, header: Sequence[RawField], fields: Sequence[RawField]) -> bool:
    text = first.value or ""
    if len(text) > _LONGEST_TITLE or not any(map(str.isalpha, text)):
        return False
    if first.reason == "no_label" or len(header) > 1:
        return True
    # A line such as "Word: more words" right above the labels may be one of them, in a language that no locale covers.
    below = next((field for field in fields if field.key and _line(field) > _line(first)), None)
    return below is not None and _line(below) > _line(first) + 1


def _unclear(candidates: Sequence[RawField]) -> Remark:
    detail = "several lines without a label stand where the title may be; none was taken for it"
    return Remark(Issue("title_unclear", detail), Place(line=_line(candidates[0]), last_line=_line(candidates[-1])))


def _title_and_creators(header: Sequence[RawField], *, with_creators: bool) -> dict[int, tuple[RawField, ...]]:
    first, *below = header
    told: dict[int, tuple[RawField, ...]] = {id(first): (first._replace(key="title", rule=TITLE_RULE, reason=""),)}
    if with_creators:
        told |= {id(field): tuple(_persons(field)) for field in takewhile(lambda field: is_person_line(field.value or ""), below)}
    return told


def _persons(field: RawField) -> Iterator[RawField]:
    for piece in _BETWEEN_PERSONS.split(field.value or ""):
        if piece:
            yield field._replace(value=piece, key="creator", rule=PERSON_RULE, reason="")


def _line(field: RawField) -> int:
    return field.place.line or 0
