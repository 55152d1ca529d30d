"""One record in, one answer out: what was read and where it went, what stayed unresolved, and what was not read at all."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from typing import Any

from normalizers.citations import CitationReader
from normalizers.errors import RecordSyntaxError
from normalizers.extents import ExtentReader
from normalizers.languages import LanguageDetector
from normalizers.localedata import Locale
from normalizers.names import PersonReader
from normalizers.records.clean import find_clean, take_clean
from normalizers.records.clean_schema import SCHEMA
from normalizers.records.counts import CountReader
from normalizers.records.desk import Decision, Desk, FieldReader, Readers, RecordIssue, SchemeReader, decision_as_json, describe
from normalizers.records.detection import detection_issues
from normalizers.records.dialects import DialectReader, build_dialects
from normalizers.records.field_names import FieldNames
from normalizers.records.function_words import FunctionWords
from normalizers.records.hint import LocaleHints
from normalizers.records.json_syntax import load_object
from normalizers.records.mapping import Schema, SchemaReader
from normalizers.records.marc import MARC_TABLE, MarcJsonReader, MarcReader
from normalizers.records.markup import MarkupReader
from normalizers.records.model import RawField, Record, RecordReader, Remark
from normalizers.records.objects import ObjectReader
from normalizers.records.own_names import OwnNames
from normalizers.records.page import PageReader
from normalizers.records.references import BibtexReader, RisReader
from normalizers.records.sections import SECTIONS, Fields
from normalizers.records.shapes import ShapeReader
from normalizers.results import Status, as_json

_OPEN = frozenset({Status.AMBIGUOUS, Status.UNMATCHED})


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
        self._readers = Readers(normalize, persons, citations, extents, identifiers, CountReader(locales), FunctionWords(locales))
        self._pages, self._objects = PageReader(locales, names), ObjectReader(locales, names)
        marc = SchemaReader(schemas[MARC_TABLE])
        self._dialects: tuple[DialectReader | MarcJsonReader, ...] = (*build_dialects(schemas, names), MarcJsonReader(marc))
        markup = MarkupReader(locales, names, schemas)
        encoded: list[RecordReader] = [markup, *markup.named(), MarcReader(marc)]
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
        return other

    def parse(self, source: Any, format: str) -> Record:  # noqa: A002 - the word that callers and the command line use
        """Read a record without interpreting its values. Raises RecordSyntaxError with the pointer of what is wrong."""
        reader = self._formats.get(format)
        if reader is None:
            raise RecordSyntaxError(f"unknown format {format!r}; known formats: {', '.join(self.formats)}")
        record = reader.parse(source)
        return self._shapes.recognize(record) if format == self._pages.format else record

    def normalize(self, source: Any, format: str, detector: LanguageDetector | None = None) -> dict[str, Any]:  # noqa: A002 - the same
        """Give the answer for one record, in JSON types; a record that is clean already stays as it is.

        With a ``detector`` the languages of its texts are detected too; what that says is added to the issues and changes nothing else.
        """
        answer = self._read(source, format)
        if detector:
            answer["issues"] += map(_issue, detection_issues(answer["metadata"], detector))
            answer["versions"] = {**self._versions, **detector.versions}
        return answer

    def _read(self, source: Any, format: str) -> dict[str, Any]:  # noqa: A002 - the same
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
        return self._answer(record, metadata, desk)

    def _normalize(self, record: Record) -> dict[str, Any]:
        metadata, desk = self._build(record, None)
        if any(decision.result.status is Status.AMBIGUOUS for decision in desk.decisions(record)):
            metadata, desk = self._build(record, self._hints.of(record))
        return self._answer(record, metadata, desk)

    def _build(self, record: Record, hint: str | None) -> tuple[dict[str, Any], Desk]:
        desk = Desk(self._readers, hint)
        metadata: dict[str, Any] = {"schema": SCHEMA}
        fields = Fields(record.fields)
        for section in SECTIONS:
            metadata |= section.build(fields, desk)
        return metadata, desk

    def _answer(self, record: Record, metadata: dict[str, Any], desk: Desk) -> dict[str, Any]:
        decisions = list(desk.decisions(record))
        return {
            "metadata": metadata,
            "decisions": [decision_as_json(decision) for decision in decisions],
            "unresolved": [_unresolved(index, decision) for index, decision in enumerate(decisions) if decision.result.status in _OPEN],
            "unparsed": [_unparsed(raw) for raw in desk.left(record)],
            "issues": [*map(_remark, record.remarks), *map(_issue, desk.issues)],
            "versions": self._versions,
        }


def _unresolved(index: int, decision: Decision) -> dict[str, Any]:
    result = as_json(decision.result)
    kept = {name: result[name] for name in ("field", "text", "status", "candidates", "issues")}
    return {"decision": f"/decisions/{index}", "source": describe(decision.raw), **kept}


def _unparsed(raw: RawField) -> dict[str, Any]:
    candidates = {"candidates": list(raw.candidates)} if raw.candidates else {}
    return {"source": describe(raw), "text": raw.value, "reason": raw.reason or "not_used", **candidates}


def _remark(remark: Remark) -> dict[str, Any]:
    return {**as_json(remark.issue), "source": remark.place.as_json()}


def _issue(found: RecordIssue) -> dict[str, Any]:
    candidates = {"candidates": as_json(found.candidates)} if found.candidates else {}
    return {**as_json(found.issue), "pointer": found.pointer, **candidates}
