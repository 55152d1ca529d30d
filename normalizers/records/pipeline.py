"""One record in, one answer out: what was read and where it went, what stayed unresolved, and what was not read at all."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import Any

from msgspec.structs import replace

from normalizers.citations import CitationReader
from normalizers.errors import RecordSyntaxError
from normalizers.extents import ExtentReader
from normalizers.languages import LanguageDetector
from normalizers.localedata import Locale
from normalizers.names import PersonReader
from normalizers.records.answer import Decision, RecordAnswer, RecordIssue
from normalizers.records.clean import find_clean, take_clean
from normalizers.records.clean_schema import SCHEMA
from normalizers.records.counts import CountReader
from normalizers.records.desk import Desk, FieldReader, Readers, SchemeReader
from normalizers.records.detection import detection_issues
from normalizers.records.dialects import DialectReader, build_dialect, build_dialects
from normalizers.records.field_names import FieldNames
from normalizers.records.function_words import FunctionWords
from normalizers.records.hint import LocaleHints
from normalizers.records.json_syntax import load_object
from normalizers.records.mapping import Schema, SchemaReader
from normalizers.records.marc import MARC_TABLE, MarcJsonReader, MarcReader
from normalizers.records.markup import MarkupReader
from normalizers.records.model import Record, RecordReader
from normalizers.records.objects import ObjectReader
from normalizers.records.own_names import OwnNames
from normalizers.records.page import PageReader
from normalizers.records.parts import PartReader
from normalizers.records.persons import NameTaker
from normalizers.records.references import BibtexReader, RisReader
from normalizers.records.sections import Fields
from normalizers.records.shapes import ShapeReader
from normalizers.records.texts import TextTaker
from normalizers.records.web_pages import WebPageReader
from normalizers.results import OPEN


class RecordNormalizer:
    """Normalizes whole records of any known format. Immutable, safe to share between threads.

    ``normalize`` reads one text as one field, as the registry does; ``identifiers`` reads identifiers whose scheme is stated.
    """

    def __init__(  # noqa: PLR0913 - everything that reads a value of a record is handed in here, once
        self,
        *,
        normalize: FieldReader,
        identifiers: SchemeReader,
        persons: PersonReader,
        citations: CitationReader,
        extents: ExtentReader,
        locales: Mapping[str, Locale],
        schemas: Mapping[str, Schema],
        versions: Mapping[str, str],
        own_names: OwnNames | None = None,
    ) -> None:
        names = self._names = FieldNames(locales, own_names)
        counts, words, texts = CountReader(locales), FunctionWords(locales), TextTaker()
        self._readers = Readers(normalize, NameTaker(persons, texts), citations, extents, identifiers, counts, words, texts)
        self._parts = PartReader(self._readers)
        self._pages, self._objects = PageReader(locales, names), ObjectReader(locales, names)
        marc = SchemaReader(schemas[MARC_TABLE])
        self._dialects: tuple[DialectReader | MarcJsonReader, ...] = (*build_dialects(schemas, names), MarcJsonReader(marc))
        markup = MarkupReader(locales, names, schemas)
        pages = WebPageReader(schemas["web_page"], names, build_dialect("schema_org", schemas, names))
        encoded: list[RecordReader] = [markup, *markup.named(), MarcReader(marc), pages]
        readers: list[RecordReader] = [self._pages, self._objects, *self._dialects, *encoded]
        readers += [RisReader(schemas["ris"], names), BibtexReader(schemas["bibtex"], names)]
        self._formats: Mapping[str, RecordReader] = {reader.format: reader for reader in readers}
        self._shapes = ShapeReader(extents, identifiers.read_as)
        self._hints = LocaleHints(locales)
        self._versions = dict(versions)
        self.formats = tuple(self._formats)
        self.encoded_formats = frozenset(reader.format for reader in encoded)

    def knows_name(self, name: str) -> bool:
        """Tell whether a name, as a label or a column has it, stands for a field or for one of several."""
        return self._names.lookup(name) is not None

    def reading_by(self, normalize: FieldReader) -> RecordNormalizer:
        """Give one that has values read by another reader, and is the same else."""
        other = copy(self)
        other._readers = replace(self._readers, normalize=normalize)  # noqa: SLF001 -- one of our own, which nobody has seen yet
        other._parts = PartReader(other._readers)  # noqa: SLF001 -- the same
        return other

    def parse(self, source: Any, format: str) -> Record:  # noqa: A002 - the word that callers and the command line use
        """Read a record without interpreting its values. Raises RecordSyntaxError with the pointer of what is wrong."""
        reader = self._formats.get(format)
        if reader is None:
            raise RecordSyntaxError(f"unknown format {format!r}; known formats: {', '.join(self.formats)}")
        record = reader.parse(source)
        return self._shapes.recognize(record) if format == self._pages.format else record

    def normalize(self, source: Any, format: str, detector: LanguageDetector | None = None) -> dict[str, Any]:  # noqa: A002 - the same
        """Give the answer for one record, in JSON types."""
        return self.answer(source, format, detector).as_json()

    def answer(self, source: Any, format: str, detector: LanguageDetector | None = None) -> RecordAnswer:  # noqa: A002 - the same
        """Give the answer for one record; a record that is clean already stays as it is.

        With a ``detector`` the languages of its texts are detected too; what that says is added to the issues and changes nothing else.
        """
        answer = self._read(source, format)
        if detector is None:
            return answer
        issues = (*answer.issues, *detection_issues(answer.metadata, detector))
        return replace(answer, issues=issues, versions={**self._versions, **detector.versions})

    def _read(self, source: Any, format: str) -> RecordAnswer:  # noqa: A002 - the same
        if format != self._objects.format:
            return self._normalize(self.parse(source, format))
        content, remarks = load_object(source)
        clean = find_clean(content)
        if clean is None:
            reader: DialectReader | MarcJsonReader | ObjectReader = next(
                (dialect for dialect in self._dialects if dialect.owns(content)), self._objects
            )
            return self._normalize(reader.read(content, remarks))
        desk = Desk(self._readers)
        metadata, record = take_clean(*clean, desk)
        return self._answer(record, metadata, desk.decisions, desk.issues)

    def _normalize(self, record: Record) -> RecordAnswer:
        fields = Fields(record.fields)
        parts = self._parts.read(fields)
        if True in [part.is_ambiguous for part in parts.values()]:
            parts = self._parts.read(fields, self._hints.of(record), parts)
        metadata: dict[str, Any] = {"schema": SCHEMA}
        decisions: list[Decision] = []
        issues: list[RecordIssue] = []
        for part in parts.values():
            metadata |= part.members
            decisions += part.decisions
            issues += part.issues
        return self._answer(record, metadata, decisions, issues)

    def _answer(self, record: Record, metadata: dict[str, Any], decisions: list[Decision], issues: list[RecordIssue]) -> RecordAnswer:
        """Put the decisions in the order of the record; a value on which nothing was decided is left, so that none is forgotten."""
        leaves = record.leaves()
        places = dict(zip(map(id, leaves), range(len(leaves)), strict=True))
        taken = [places[id(raw)] for raw, _, _ in decisions]
        decisions = [decision for _, _, decision in sorted(zip(taken, range(len(taken)), decisions, strict=True))]
        decided = set(taken)
        left = [raw for place, raw in enumerate(leaves) if place not in decided and (raw.value is not None or raw.reason)]
        open_ones = [(number, decision) for number, decision in enumerate(decisions) if decision.result.status in OPEN]
        return RecordAnswer(metadata, decisions, open_ones, left, record.remarks, issues, self._versions)
