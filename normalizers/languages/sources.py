"""Gathers the names of languages from all sources, each list with the display language and the authority it has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from normalizers.languages.cldr import DisplayNames
from normalizers.languages.codes import CodeTable
from normalizers.languages.iso_codes import PARTS, IsoLanguage, load_translations
from normalizers.languages.names import Authority, NameList, language_of
from normalizers.languages.subtags import SubtagRegistry, registered_names
from normalizers.languages.words import Role
from normalizers.localedata import Locale

ENGLISH = "en"
"""ISO 639 and the subtag registry name languages in English."""

_AUTHORITIES = {"639-2": Authority.ISO_639_2, "639-3": Authority.ISO_639_3, "639-5": Authority.ISO_639_5}
_LONGEST_TERRITORY_OR_SCRIPT = 4
_REMARK = re.compile(r"(?<!\s)\s*\([^()]*\)\s*$")
"""In English, what tells languages of one name apart: "Tonga (Nyasa)"; without it the name is shared, and all of them are to be offered."""

_DATES = re.compile(r"(?<!\s)\s*[(（][^()（）]*\d[^()（）]*[)）]\s*$")


def cldr_names(displays: Iterable[DisplayNames], codes: CodeTable) -> Iterator[NameList]:
    """Give CLDR's names; those of a variant of a display language (``es-US``) count less than its own."""
    tags = _CldrTags(codes)
    for display in displays:
        authority = Authority.CLDR_VARIANT if "-" in display.locale else Authority.CLDR
        yield NameList(display.locale, authority, list(display.languages.values()), [tags[code] for code in display.languages])


def iso_names(parts: Mapping[str, Sequence[IsoLanguage]], codes: CodeTable) -> Iterator[NameList]:
    """Give the names of ISO 639 in English and in the languages into which iso-codes has them translated.

    A translation that repeats the English name is left out: it is found all the same, and there are eighty thousand of them.
    """
    for part in PARTS:
        tags = {name: codes.codes[language.alpha_3].tag for language in parts[part] for name in language.names}
        yield from _with_derived(NameList(ENGLISH, _AUTHORITIES[part], list(tags), list(tags.values())))
        for locale, english, translated in load_translations(part):
            known = [(name, tags[source]) for source, name in zip(english, translated, strict=True) if source != name and source in tags]
            yield from _with_derived(NameList(locale, _AUTHORITIES[part], [name for name, _ in known], [tag for _, tag in known]))


def registry_names(registry: SubtagRegistry, codes: CodeTable) -> Iterator[NameList]:
    """Give the names of the subtag registry, which often has several of one language."""
    known = [(name, codes.codes[code].tag) for name, code in registered_names(registry) if code in codes.codes]
    yield from _with_derived(NameList(ENGLISH, Authority.REGISTRY, [name for name, _ in known], [tag for _, tag in known]))


def locale_names(locales: Iterable[Locale]) -> Iterator[NameList]:
    """Give the names of the locale files; those with a star are stems, and no whole names."""
    for locale in locales:
        labels = [(label.text, tag) for tag, label in locale.labels("languages") if "*" not in label.text]
        yield NameList(locale.tag, Authority.LOCALE_FILE, [text for text, _ in labels], [tag for _, tag in labels])


def bare_names(lists: Iterable[NameList], locales: Iterable[Locale]) -> Iterator[NameList]:
    """Give names without the word "language", where a locale file knows that word: "Germanic" for "Germanic languages"."""
    words = {
        language_of(locale.tag): {label.text.casefold() for key, label in locale.labels("language_words") if key == Role.LANGUAGE}
        for locale in locales
    }
    for names in lists:
        known = words.get(language_of(names.locale))
        if known:
            found = [(bare, tag) for name, tag in zip(names.names, names.tags, strict=True) if (bare := _without(name, known))]
            yield NameList(names.locale, Authority.DERIVED, [name for name, _ in found], [tag for _, tag in found])


def _without(name: str, words: set[str]) -> str:
    pieces = name.split()
    if len(pieces) > 1 and pieces[-1].casefold() in words:
        return " ".join(pieces[:-1])
    if len(pieces) > 1 and pieces[0].casefold() in words:
        return " ".join(pieces[1:])
    return ""


class _CldrTags(dict[str, str]):
    """CLDR's codes (``pt_BR``) as tags, each made once."""

    def __init__(self, codes: CodeTable) -> None:
        self._codes = codes

    def __missing__(self, code: str) -> str:
        language, *rest = code.split("_")
        known = self._codes.codes.get(language)
        first = known.tag if known and not known.retired else language
        self[code] = tag = "-".join([first, *(part.lower() if len(part) > _LONGEST_TERRITORY_OR_SCRIPT else part for part in rest)])
        return tag


def _with_derived(names: NameList) -> Iterator[NameList]:
    """Give a list, and one of what its names imply: each of several names, and a name without the remark behind it."""
    yield names
    remarks = _REMARK if names.locale == ENGLISH else _DATES
    derived = [(part, tag) for name, tag in zip(names.names, names.tags, strict=True) for part in _implied(name, remarks)]
    if derived:
        yield NameList(names.locale, Authority.DERIVED, [part for part, _ in derived], [tag for _, tag in derived])


def _implied(name: str, remarks: re.Pattern[str]) -> Iterator[str]:
    parts = [part.strip() for part in name.split(";")] if ";" in name else []
    yield from parts
    for part in (name, *parts):
        if part.endswith((")", "）")) and (bare := remarks.sub("", part)) != part:
            yield bare
