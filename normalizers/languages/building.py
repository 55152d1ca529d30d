"""Builds the reader of languages from all its sources, once."""

from __future__ import annotations

from collections.abc import Mapping

from normalizers.collector import collector_paused
from normalizers.languages.addresses import AddressReader
from normalizers.languages.bare_codes import LONGEST_CODE, BareCodeReader
from normalizers.languages.cldr import DisplayNames, load_display_names, load_official_pairs, load_parents, load_sole_official_languages
from normalizers.languages.code_lists import CodeListReader
from normalizers.languages.codes import CodeTable, build_codes
from normalizers.languages.cover import Coverer
from normalizers.languages.iso_codes import PARTS, load_part
from normalizers.languages.names import Authority, NameIndex, language_of
from normalizers.languages.phrases import PhraseReader
from normalizers.languages.plausibility import is_familiar
from normalizers.languages.reader import LanguageReader
from normalizers.languages.repairs import RepairReader
from normalizers.languages.resolution import build_name_reader
from normalizers.languages.sentences import SentenceReader
from normalizers.languages.sources import ENGLISH, bare_names, cldr_names, iso_names, locale_names, registry_names
from normalizers.languages.subtags import SubtagRegistry, load_registry
from normalizers.languages.tags import TagReader
from normalizers.languages.words import build_words
from normalizers.localedata import Locale
from normalizers.results import VocabularyStamp

VOCABULARY = "language-subtags"
_ROOT = "root"


def build_language_reader(locales: Mapping[str, Locale]) -> LanguageReader:
    """Read CLDR, ISO 639, the subtag registry and the locale files into a reader. Takes about a second."""
    with collector_paused():
        registry = load_registry()
        parts = {part: load_part(part) for part in PARTS}
        displays = list(load_display_names({language_of(tag) for tag in locales}))
        english = next((display.languages for display in displays if display.locale == ENGLISH), {})
        codes = build_codes(registry, parts, english)
        lists = [*cldr_names(displays, codes), *iso_names(parts, codes), *registry_names(registry, codes), *locale_names(locales.values())]
        return _wire(locales, registry, codes, displays, NameIndex([*lists, *bare_names(lists, locales.values())]))


def _wire(
    locales: Mapping[str, Locale], registry: SubtagRegistry, codes: CodeTable, displays: list[DisplayNames], index: NameIndex
) -> LanguageReader:
    tags = TagReader(codes, registry, load_official_pairs())
    names = build_name_reader(index, _by_fullness(locales), load_parents())
    words = build_words(locales.values(), displays)
    code_lists = CodeListReader(tags, words)
    official = load_sole_official_languages()
    sentences = SentenceReader(names, words, tags, code_lists)
    repairs = RepairReader(names, tags, words, official)
    phrases = PhraseReader(codes, names, Coverer(index, words), sentences, code_lists, repairs)
    contested = _contested(codes, index)
    bare_codes = BareCodeReader(tags, names, contested, _overshadowed(contested, codes, index), official)
    return LanguageReader(tags, names, words, phrases, AddressReader(codes), bare_codes, VocabularyStamp(VOCABULARY, registry.date))


def _by_fullness(locales: Mapping[str, Locale]) -> tuple[str, ...]:
    """Put the locales that have a lexicon before the thin ones: a name that many have is more likely met in theirs."""
    return tuple(sorted((tag for tag in locales if tag != _ROOT), key=lambda tag: not locales[tag].sections.get("lexicon")))


def _contested(codes: CodeTable, index: NameIndex) -> frozenset[str]:
    """Collect the codes that are spelt like a name of another language."""
    return frozenset(
        code
        for code, meaning in codes.codes.items()
        if len(code) <= LONGEST_CODE and code in index and any(named.tag.partition("-")[0] != meaning.tag for named in index.meanings(code))
    )


def _overshadowed(contested: frozenset[str], codes: CodeTable, index: NameIndex) -> frozenset[str]:
    """Collect the contested codes of languages that are not familiar, and that CLDR or a locale file has as the name of one that is."""
    return frozenset(
        code
        for code in contested
        if not codes.codes[code].familiar
        and any(named.authority >= Authority.CLDR and is_familiar(named.tag, codes) for named in index.meanings(code))
    )
