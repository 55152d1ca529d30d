"""Reads the text of a record page: labelled lines, lists under a heading, and lines that have no label at all.

Labels are recognized in any language, by their words and never by their place. A line that is not recognized is kept as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from normalizers.errors import RecordSyntaxError
from normalizers.folding import fold_key
from normalizers.localedata import Locale
from normalizers.records.characters import without_surrogates
from normalizers.records.counts import CountReader
from normalizers.records.field_names import FieldNames, count_votes, leading_locale
from normalizers.records.model import Place, RawField, Record
from normalizers.records.page_blocks import Blocks, Labelled
from normalizers.records.phrases import PhraseReader

_LINE_ENDS = re.compile(r"\r\n|\n|\r")
_SEPARATOR = re.compile(r"[:：]|\t")
_LANGUAGE_COLUMN = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?")
_MOST_SEPARATORS = 4
_LONGEST_COUNTS = 400
_LONGEST_PHRASES = 200


class Line(Struct, frozen=True):
    """A line that holds something; ``indent`` counts the characters before it."""

    number: int
    text: str
    indent: int


class PageReader:
    """Reads record pages with the words of all locales. Immutable, safe to share between threads."""

    format: Final = "text"

    def __init__(self, locales: Mapping[str, Locale], names: FieldNames) -> None:
        self._names = names
        self._counts = CountReader(locales)
        self._phrases = PhraseReader(locales)
        self._headings = frozenset(
            fold_key(label.text) for locale in locales.values() for key, label in locale.labels("record_pages") if key == "abstract_heading"
        )

    def parse(self, source: Any) -> Record:
        """Read one page, given as text; every line that holds anything is in one field of the record, or in several."""
        if not isinstance(source, str):
            raise RecordSyntaxError("a record page must be given as text")
        text, remarks = without_surrogates(source.removeprefix("\ufeff"), Place())
        lines = tuple(_lines(text))
        votes = count_votes(filter(None, (found.field if (found := self._labelled(line.text, None)) else None for line in lines if line)))
        blocks = Blocks(self._headings)
        self._fill(blocks, lines, leading_locale(votes))
        return Record(self.format, blocks.finish(), tuple(remarks), Counter(votes))

    def _fill(self, blocks: Blocks, lines: Iterable[Line | None], locale: str | None) -> None:
        for line in lines:
            if line is None:
                blocks.end_paragraph()
            elif fields := tuple(self._counted(line)) or tuple(self._phrased(line)):
                blocks.add(fields)
            elif labelled := self._labelled(line.text, locale):
                self._open(blocks, line, labelled)
            else:
                blocks.add_bare(line.number, line.text, line.indent)

    def _open(self, blocks: Blocks, line: Line, labelled: Labelled) -> None:
        place = Place(line=line.number)
        languages = filter(None, (labelled.field.qualifier, labelled.language))
        parts = tuple(RawField("", "language", language, place, "shape:qualifier") for language in languages)
        blocks.open(labelled, line.number, line.indent, parts)

    def _labelled(self, text: str, locale: str | None) -> Labelled | None:
        for count, separator in enumerate(_SEPARATOR.finditer(text)):
            name = text[: separator.start()].strip()
            found = self._names.lookup(name, locale) if name and count < _MOST_SEPARATORS else None
            if found:
                value, language = text[separator.end() :].strip(), None
                if separator[0] == "\t":
                    value, language = _split_column(value)
                return Labelled(name, found, value, language)
        return None

    def _counted(self, line: Line) -> Iterator[RawField]:
        for count in self._counts.read_line(line.text) if len(line.text) <= _LONGEST_COUNTS else ():
            piece = line.text[count.start : count.end]
            yield RawField(count.index, "citation_count", piece, Place(line=line.number), "shape:citation_counts")

    def _phrased(self, line: Line) -> Iterator[RawField]:
        for phrase in self._phrases.read(line.text) if len(line.text) <= _LONGEST_PHRASES else ():
            yield RawField(phrase.label, phrase.key, phrase.value, Place(line=line.number), phrase.rule)


def _lines(text: str) -> Iterator[Line | None]:
    for number, raw in enumerate(_LINE_ENDS.split(text), start=1):
        bare = raw.strip()
        yield Line(number, bare, len(raw) - len(raw.lstrip())) if bare else None


def _split_column(value: str) -> tuple[str, str | None]:
    first, tab, last = value.rpartition("\t")
    if tab and _LANGUAGE_COLUMN.fullmatch(last.strip()):
        return first.strip(), last.strip()
    return value, None
