"""Wires the readers of all fields to their data, once; everything in a registry is immutable but its cache of answers.

A new state of the data is a new registry: build it, warm it, then swap it in whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from functools import cached_property, lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from normalizers.citations import CitationReader
from normalizers.collector import collector_paused
from normalizers.compiled import build_or_reuse
from normalizers.dates import DateReader
from normalizers.document_types import ResourceTypeReader
from normalizers.entities import build_catalogue
from normalizers.errors import Fault, UnknownFieldError
from normalizers.extents import ExtentReader
from normalizers.facets import FacetIndex, load_code_systems
from normalizers.identifiers import IdentifierReader
from normalizers.languages import LanguageDetector, build_language_reader, load_detector
from normalizers.layers import FOLDER, LayerMarks, add_layers, load_layers
from normalizers.localedata import EMBEDDED, Locale, LocaleWords, check_examples, count_words, load_locales, load_sections
from normalizers.names import PersonReader
from normalizers.overrides import Overlay, Override
from normalizers.peer_review import PeerReviewReader
from normalizers.reading import NO_WISHES, Query, Reader, Wishes
from normalizers.records import RecordAnswer, RecordNormalizer
from normalizers.records.crosswalks import Crossing, Crosswalks
from normalizers.records.mapping import load_schemas
from normalizers.records.own_names import OwnNames, load_own_names
from normalizers.repair import repair
from normalizers.results import Issue, Result, Status, as_json
from normalizers.rights import FIELDS, CompositeRightsReader, RightsEngine, RightsReader
from normalizers.versions import VersionReader
from normalizers.vocabularies import Vocabulary, load_vocabularies

CACHE_SIZE = 65_536
"""Distinct values whose answers are kept: a repository has some dozens of each kind, an aggregator some ten thousand."""

LONGEST_CACHED = 4_000
"""Characters of the longest text whose answer is kept: longer ones hardly repeat, and would make the cache's size anyone's guess."""

_CODE = Path(__file__).parent


class Registry:
    """Answers for every field. Safe to share between threads."""

    def __init__(  # noqa: PLR0913 -- all that a registry is made of is handed in here, once
        self,
        readers: Iterable[Reader],
        rights: RightsEngine,
        locales: Mapping[str, Locale],
        vocabularies: Mapping[str, Vocabulary],
        marks: LayerMarks,
        *,
        own_names: OwnNames | None = None,
    ) -> None:
        self._readers: Mapping[str, Reader] = MappingProxyType({reader.field: reader for reader in readers})
        self._rights = rights
        self.fields = tuple(self._readers)
        self.locales = tuple(locales)
        self.words: Mapping[str, LocaleWords] = MappingProxyType({tag: count_words(locale) for tag, locale in locales.items()})
        self._examples = tuple((locale.file, locale.examples) for locale in locales.values())
        self.vocabularies = vocabularies
        self.layers = marks.layers
        self._marks = marks
        dated = {vocabulary.name: vocabulary.version for vocabulary in vocabularies.values()}
        dated |= {layer.name: layer.version for layer in marks.layers}
        self.versions: Mapping[str, str] = MappingProxyType({"drets": version("drets"), **dated})
        self._overlay = Overlay()
        self._beneath: Registry | None = None
        self._cached = lru_cache(maxsize=CACHE_SIZE)(self._read)
        self._records = RecordNormalizer(
            normalize=self.normalize,
            identifiers=IdentifierReader(),
            persons=PersonReader(locales),
            citations=CitationReader(locales, self._readers["date"]),
            extents=ExtentReader(locales),
            locales=locales,
            schemas=load_schemas(),
            versions=self.versions,
            own_names=own_names,
        )
        self.record_formats = self._records.formats
        self.encoded_formats = self._records.encoded_formats
        self._crosswalks = Crosswalks(vocabularies)
        self.catalogue = build_catalogue(vocabularies, locales)

    def normalize(self, field: str, text: str, *, locale: str | None = None, wishes: Wishes = NO_WISHES) -> Result:
        """Read a text as a field; equal questions get the same answer from the cache. Raises UnknownFieldError."""
        if len(text) > LONGEST_CACHED:
            return self._read(field, text, locale, wishes)
        return self._cached(field, text, locale, wishes)

    def with_overrides(self, overrides: Iterable[Override]) -> Registry:
        """Give a registry that answers as people decided, and everything else as this one does, without what was decided before.

        It shares all data and the cache of answers that were read, and has a cache of its own for those laid over them.
        """
        beneath = self._beneath or self
        above = copy(beneath)
        above._beneath = beneath  # noqa: SLF001 -- one of our own, which nobody has seen yet
        above._overlay = Overlay(overrides, beneath.normalize)  # noqa: SLF001 -- the same
        above._cached = lru_cache(maxsize=CACHE_SIZE)(above._read)  # noqa: SLF001 -- the same
        above._records = beneath._records.reading_by(above.normalize)  # noqa: SLF001 -- the same
        return above

    def normalize_uncached(self, field: str, text: str, *, locale: str | None = None, wishes: Wishes = NO_WISHES) -> Result:
        """Like ``normalize``, always read anew: for measuring."""
        return self._read(field, text, locale, wishes)

    def normalize_record(self, source: str | bytes | Mapping[str, Any], *, format: str, detect: bool = False) -> dict[str, Any]:  # noqa: A002 - what callers call it
        """Read a whole record; gives metadata, decisions, unresolved, unparsed, issues and versions in JSON types.

        ``format`` is one of ``record_formats``; those of ``encoded_formats`` say themselves how they are encoded, and come as bytes.
        With ``detect`` the language of titles and abstracts is detected: where it is not the one that is stated, or none is, an issue
        says so. Raises RecordSyntaxError where the record is not in that format, and MissingExtraError where detection is asked for
        and the extra ``detect`` is not installed.
        """
        return self.answer_record(source, format=format, detect=detect).as_json()

    def answer_record(self, source: str | bytes | Mapping[str, Any], *, format: str, detect: bool = False) -> RecordAnswer:  # noqa: A002 - the same
        """Read a whole record as ``normalize_record`` does, and give the answer as it was read: for whoever writes or counts many."""
        return self._records.answer(source, format, self.detector if detect else None)

    def __getstate__(self) -> dict[str, Any]:
        """Leave the detector of languages out of what is kept: it is loaded anew where it is asked for.

        Rights stand first: while their automaton is read it takes its room thrice, which whatever is read back later then fills.
        """
        return {"_rights": self._rights, **{name: value for name, value in self.__dict__.items() if name != "_loaded_detector"}}

    @property
    def detector(self) -> LanguageDetector:
        """The detector of languages, loaded when it is first asked for. Raises MissingExtraError where it is not installed."""
        # Of the registry beneath, so that one with other decisions loads none of its own.
        return (self._beneath or self)._loaded_detector  # noqa: SLF001 -- one of our own

    @cached_property
    def _loaded_detector(self) -> LanguageDetector:
        return load_detector()

    def cross(self, record: Mapping[str, Any], *, to: str) -> Crossing:
        """Say a clean record (the ``metadata`` of an answer) in the terms of a target, with an account of what that leaves unsaid."""
        return self._crosswalks.cross(record, to)

    def knows_name(self, name: str) -> bool:
        """Tell whether a name, as a label or the header of a column has it, stands for a field of a record, or may."""
        return self._records.knows_name(name)

    def explain(self, field: str, text: str, *, locale: str | None = None) -> dict[str, Any]:
        """Answer with the way to the answer: the result as JSON types and, for rights, the clauses that were read."""
        result = self._read(field, text, locale, NO_WISHES)
        about_rights = field == "rights" or field in FIELDS
        trace = self._rights.trace(Query(field, result.read_as or text, locale)) if about_rights else []
        return {"result": as_json(result), "trace": trace}

    def check_examples(self) -> Iterator[Fault]:
        """Yield a fault for every example in a locale file that is not read as the file says."""
        return check_examples(self._examples, self)

    def warm(self) -> None:
        """Read one text of each field, so that nobody's first question pays for what is built on first use."""
        for field in self.fields:
            self._read(field, "Creative Commons 2012", None, NO_WISHES)

    def _read(self, field: str, text: str, locale: str | None, wishes: Wishes) -> Result:
        reader = self._readers.get(field)
        if reader is None:
            raise UnknownFieldError(field, self.fields)
        if self._beneath is not None:
            return self._overlay.apply(field, text, self._beneath.normalize(field, text, locale=locale, wishes=wishes))
        mended = repair(text)
        if not mended.strip():
            return Result(field, text, Status.UNMATCHED)
        result = self._marks.mark(reader.read(Query(field, mended, locale, wishes)))
        if mended == text:
            return result
        note = Issue("repaired", "damage by software was mended before reading; evidence counts in the mended text")
        return replace(result, text=text, read_as=mended, issues=(*result.issues, note))


def build_registry(
    locales: Path | None = None,
    data: Path | None = None,
    *,
    cache: Path | None = None,
    mapping: Path | None = None,
    elsewhere: Callable[[], object] | None = None,
) -> Registry:
    """Read all data files and wire the readers. Takes some seconds; raises a DataFileError with every fault found.

    ``locales`` is a folder of locale files in place of the embedded ones; ``data`` one whose ``layers`` are added to the vocabularies.
    ``mapping`` is a file with names of fields that are the caller's own (``docs/mapping.md``).
    ``cache`` is a folder that keeps what was built: while no source has changed, the next call takes a tenth of the time. One that
    cannot be written to, or whose files are damaged or not ours, does no harm. ``elsewhere`` is called before anything is built that
    ``cache`` can keep: it may have another process call this with the same folders, so that the memory it takes to build ends with that.
    """
    with collector_paused():
        if cache is None:
            return _wire(locales, data, mapping)
        sources = (_CODE, locales or EMBEDDED, *((data / FOLDER,) if data else ()), *((mapping,) if mapping else ()))
        return build_or_reuse(cache, sources, Registry, partial(_wire, locales, data, mapping), elsewhere)


def _wire(locales: Path | None, data: Path | None, mapping: Path | None) -> Registry:
    # First, because it is quick and a caller's own: whoever mistyped a field need not wait for the rest.
    own_names = load_own_names(mapping.read_text(encoding="utf-8"), str(mapping)) if mapping else None
    vocabularies = load_vocabularies()
    bare = load_locales(load_sections(vocabularies), locales)
    layers = load_layers(data, vocabularies) if data else ()
    found = add_layers(bare, layers)
    dates = DateReader(found)
    rights = RightsEngine(found, vocabularies, dates.read)
    facets = FacetIndex(found, vocabularies, load_code_systems())
    readers: tuple[Reader, ...] = (
        build_language_reader(found),
        ResourceTypeReader(found, vocabularies, facets),
        VersionReader(found, vocabularies, facets),
        PeerReviewReader(found, vocabularies, facets),
        CompositeRightsReader(rights),
        *(RightsReader(field, rights) for field in FIELDS),
        dates,
        IdentifierReader(),
    )
    return Registry(readers, rights, found, vocabularies, LayerMarks(bare, layers), own_names=own_names)
