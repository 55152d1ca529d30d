"""What CLDR says of languages: their names in its display languages, the names of scripts and territories, who speaks what where.

Read from the files of Babel, one by one and past Babel's own cache, which would keep every display language in memory for good.
"""

from __future__ import annotations

import pickle
from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import Any

from babel import localedata
from babel.core import get_global
from msgspec import Struct

_HOLDS_NAMES = b"languages"


class DisplayNames(Struct, frozen=True):
    """The names that one display language has, each by its code; those of scripts and territories only where they were asked for."""

    locale: str
    languages: Mapping[str, str]
    scripts: Mapping[str, str]
    territories: Mapping[str, str]


def load_display_names(with_places: Container[str] = ()) -> Iterator[DisplayNames]:
    """Yield the names of every display language that names languages, in the order of their identifiers.

    Names of scripts and territories are kept for the languages in ``with_places`` alone: all of them take fifty megabytes.
    """
    for identifier in sorted(localedata.locale_identifiers()):
        content = Path(localedata.resolve_locale_filename(identifier)).read_bytes()
        if _HOLDS_NAMES not in content:
            continue
        names: Mapping[str, Any] = pickle.loads(content)  # noqa: S301 - Babel's own files, as installed
        languages = names.get("languages")
        if not languages:
            continue
        keeps_places = identifier.partition("_")[0] in with_places
        scripts, territories = (names.get("scripts", {}), names.get("territories", {})) if keeps_places else ({}, {})
        yield DisplayNames(identifier.replace("_", "-"), languages, scripts, territories)


def load_official_pairs() -> frozenset[str]:
    """Collect the pairs of a language and a territory where it has some official standing, in small letters: ``pt-br``, ``sv-fi``."""
    return frozenset(
        f"{language.split('_')[0]}-{territory.lower()}"
        for territory, languages in _spoken().items()
        for language, facts in languages.items()
        if facts.get("official_status")
    )


def load_parents() -> Mapping[str, str]:
    """Give the language whose data stand in for another's: Norwegian for Bokmål."""
    parents: Mapping[str, str] = get_global("parent_exceptions")
    return {child: parent for child, parent in parents.items() if parent != "root" and "_" not in child + parent}


def load_sole_official_languages() -> Mapping[str, str]:
    """Give, by territory, its official language where the law, or else the practice, has just one."""
    found = {}
    for territory, languages in _spoken().items():
        by_standing: dict[str, set[str]] = {}
        for language, facts in languages.items():
            by_standing.setdefault(facts.get("official_status") or "", set()).add(language.split("_")[0])
        official = by_standing.get("official") or by_standing.get("de_facto_official") or set()
        if len(official) == 1:
            found[territory] = min(official)
    return found


def _spoken() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    spoken: Mapping[str, Mapping[str, Mapping[str, Any]]] = get_global("territory_languages")
    return spoken
