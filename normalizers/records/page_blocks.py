"""Puts the lines of a page together: a value that runs over several lines, and lists under a heading."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct, field
from msgspec.structs import replace

from normalizers.folding import fold_key
from normalizers.records.field_names import FieldName
from normalizers.records.model import Place, RawField
from normalizers.records.shapes import is_person_line

# Running text goes on in the next line; in all other fields a further line is a further value.
_RUNNING = frozenset(
    {
        *("abstract", "description", "table_of_contents", "note", "rights", "citation", "published_in", "title"),
        *("funding", "provenance", "references"),
    }
)
_PEOPLE = frozenset({"creator", "contributor", "editor", "advisor", "translator"})
_WAITING = _RUNNING | _PEOPLE | {"collection"}
_LIKE_A_LABEL = re.compile(r"[^:：\n]{1,60}[:：](?!//)")


class Labelled(Struct, frozen=True):
    """A line that a known label opens. ``language`` is the code in a third column, as tables of metadata have it."""

    name: str
    field: FieldName
    value: str
    language: str | None = None


class _Open(Struct):
    labelled: Labelled
    line: int
    indent: int
    parts: tuple[RawField, ...]
    last: int
    texts: list[str] = field(default_factory=list)
    listed: bool = False

    @property
    def key(self) -> str | None:
        return self.labelled.field.key


class Blocks:
    """Collects the fields of one page, line by line. One for each page; ``headings`` are folded headings inside abstracts."""

    def __init__(self, headings: frozenset[str]) -> None:
        self._headings = headings
        self._fields: list[RawField] = []
        self._open: _Open | None = None

    def add(self, fields: Iterable[RawField]) -> None:
        """Add fields that are complete in their line."""
        self._close()
        self._fields.extend(fields)

    def open(self, labelled: Labelled, number: int, indent: int, parts: tuple[RawField, ...]) -> None:
        """Begin a field; lines that belong to it may follow."""
        self._close()
        self._open = _Open(labelled, number, indent, parts, number, [labelled.value] if labelled.value else [])

    def end_paragraph(self) -> None:
        """Take note of an empty line. A heading still waits for what it is the heading of; every other field ends."""
        if self._open and (self._open.texts or self._open.listed or self._open.key not in _WAITING):
            self._close()

    def add_bare(self, number: int, text: str, indent: int) -> None:
        """Add a line without a known label: to the field that is open if it belongs there, else as it is."""
        current = self._open
        if current and self._belongs(current, text, indent):
            self._continue(current, number, text)
            return
        self._close()
        reason = "unknown_label" if _LIKE_A_LABEL.match(text) else "no_label"
        self._fields.append(RawField("", None, text, Place(line=number), reason=reason))

    def finish(self) -> tuple[RawField, ...]:
        """Give all fields in their order."""
        self._close()
        return tuple(self._fields)

    def _belongs(self, current: _Open, text: str, indent: int) -> bool:
        waiting = not current.texts and not current.listed
        if waiting and current.key in _RUNNING:
            return True
        if current.key in _PEOPLE and current.labelled.value:
            return is_person_line(text)
        if self._is_heading(text):
            return current.key == "abstract"
        if _LIKE_A_LABEL.match(text):
            return False
        return waiting or current.listed or current.key in _RUNNING or indent > current.indent

    def _continue(self, current: _Open, number: int, text: str) -> None:
        if current.key in _RUNNING or (current.texts and current.key not in _PEOPLE):
            current.texts.append(text)
            current.last = number
            return
        if current.texts:
            self._fields.append(_field(current))
            current.texts = []
        current.listed = True
        self._fields.append(_field(replace(current, last=number, texts=[text]), item=number))

    def _is_heading(self, text: str) -> bool:
        found = _LIKE_A_LABEL.match(text)
        return found is not None and fold_key(found[0]) in self._headings

    def _close(self) -> None:
        current, self._open = self._open, None
        if current and (current.texts or not current.listed):
            self._fields.append(_field(current))


def _field(current: _Open, item: int | None = None) -> RawField:
    found = current.labelled.field
    open_reason = "not_used" if found.is_own else "ambiguous_label"
    reason = "" if current.texts and found.key else "empty" if not current.texts else open_reason
    place = Place(line=item, heading_line=current.line) if item else Place(line=current.line, last_line=current.last)
    value = "\n".join(current.texts)
    return RawField(current.labelled.name, found.key, value, place, found.rule, reason, found.candidates, current.parts)
