"""All words about rights, of all locales, compiled for one pass over a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import langcodes

from normalizers.folding import Folded, fold
from normalizers.localedata import Locale
from normalizers.rights.tones import as_written, asks_spelling
from normalizers.term_patterns import Term
from normalizers.terms import Found, Hits, TermIndex

SECTIONS = (
    "license_names",
    "other_licenses",
    "ports",
    "statements",
    "rights_statements",
    "rights_status",
    "waiver",
    "access_rights",
    "scopes",
    "lexicon",
)
_CAMEL = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[а-яё])(?=[А-ЯЁ])|(?<=[α-ω])(?=[Α-Ω])")
_READ_BY_LOCALE = frozenset({"license_names", "waiver", "scopes", "lexicon"})
"""Sections of which one locale's words are read at a time; of the others the first of all locales is quoted."""
_SPELLED = frozenset({"other_licenses", "ports", "nor"})
"""Sections, and a concept, whose words are told from others by their capitals and accents; locales share all others once folded."""
_JOINABLE = 8
_TERRITORY = {"uk": "GB"}


class RightsLexicon:
    """Finds the words about rights in a folded text. Immutable."""

    def __init__(self, locales: Mapping[str, Locale], ports: Iterable[str]) -> None:
        codes = sorted(ports)
        terms = [term for locale in locales.values() for term in _terms(locale, codes)]
        self._index = TermIndex(terms, apart=frozenset(SECTIONS) - _READ_BY_LOCALE)
        self._asking = frozenset(term.label for term in terms if asks_spelling(term.label))

    def find(self, folded: Folded) -> Hits:
        """Find all terms, overlapping ones too, by start and then longer first."""
        return as_written(folded, self._index.search(folded.text), self._asking)

    def search(self, text: str) -> Sequence[Found]:
        """Find all terms of a text that is folded already, those too whose spelling must be looked at."""
        return self._index.search(text).found


def _terms(locale: Locale, ports: list[str]) -> Iterator[Term]:
    prefixes = tuple(fold(prefix).text for prefix in locale.prefixes)
    seen: set[tuple[str, str, str]] = set()
    for section in SECTIONS:
        for concept, label in locale.labels(section):
            for wording in _wordings(label.text) if section == "license_names" else _with_optional_comma(label.text):
                spelled = wording if section in _SPELLED or concept in _SPELLED else _plain(wording)
                if (section, concept, spelled) not in seen:
                    seen.add((section, concept, spelled))
                    yield Term(section, concept, locale.tag, spelled, prefixes)
    if locale.tag == "root":
        return
    for port in ports:
        name = langcodes.Language.make(territory=_TERRITORY.get(port, port.upper())).territory_name(locale.tag) if len(port) == 2 else ""  # noqa: PLR2004 - ISO 3166 alpha-2
        if name and not name.startswith("Unknown"):
            yield Term("ports", port, locale.tag, name, prefixes)


def _plain(label: str) -> str:
    """Fold a label, stars apart, where it keeps its length, by which terms are ordered."""
    folded = "*".join(fold(part).text for part in label.split("*"))
    return folded if len(folded) == len(label) else label


def _with_optional_comma(label: str) -> Iterator[str]:
    """Yield a label as it stands, and without its commas, which not everybody writes ("tak, jak je")."""
    yield label
    if ", " in label:
        yield label.replace(", ", " ")


def _wordings(label: str) -> Iterator[str]:
    """Yield a name as it stands, split where its letters change case, and joined to one word."""
    split = _CAMEL.sub(" ", label)
    joined = "".join(fold(label.strip("*")).text.split())
    yield label
    if split != label:
        yield split
    if " " in fold(label).text and len(joined) >= _JOINABLE:
        yield joined + ("*" if label.endswith("*") else "")
