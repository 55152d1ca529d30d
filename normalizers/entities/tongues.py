"""Entities that are languages, by their shortest code, with the names that CLDR has in each of its display languages."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import langcodes
from babel import localedata

from normalizers.entities.model import Entity
from normalizers.languages.iso_codes import load_part

FIELD = "language"
_PART = "639-3"
_LONGEST_TAG = 35
_KEPT = 16
"""Display languages kept at once: a table of names in one language takes a tenth of a megabyte."""


def list_languages() -> Iterator[Entity]:
    """Yield each language of ISO 639-3, with its name in English as people say it."""
    english = names_in("en")
    for language in load_part(_PART):
        tag = language.alpha_2 or language.alpha_3
        yield _entity(tag, english.get(tag, language.names[0]), language.alpha_3)


def language_entity(tag: str) -> Entity | None:
    """Make the entity of any well-formed tag, such as one with a territory or script; none where its language is unknown."""
    # langcodes keeps what it was asked: only what can be a tag may reach it.
    if len(tag) > _LONGEST_TAG or not tag.replace("-", "").isalnum() or not tag.isascii() or not langcodes.tag_is_valid(tag):
        return None
    language = langcodes.Language.get(tag)
    return _entity(language.to_tag(), language.display_name("en"), language.to_alpha3())


def language_name(tag: str, locale: str) -> str | None:
    """Name a language in another, as CLDR does; None where it has no name for it."""
    names = names_in(locale)
    return names.get(tag) or names.get(tag.replace("-", "_"))


@lru_cache(maxsize=_KEPT)
def names_in(locale: str) -> Mapping[str, str]:
    """Give the names of languages in a display language by their code; an unknown display language has none."""
    identifier = locale.replace("-", "_")
    if len(locale) > _LONGEST_TAG or not identifier.replace("_", "").isalnum():
        return MappingProxyType({})
    for known in (identifier, identifier.partition("_")[0]):
        if known and localedata.exists(known):
            content = Path(localedata.resolve_locale_filename(known)).read_bytes()
            names: Mapping[str, Any] = pickle.loads(content)  # noqa: S301 - Babel's own files, as installed
            return MappingProxyType(dict(names.get("languages") or {}))
    return MappingProxyType({})


def _entity(tag: str, name: str, alpha_3: str) -> Entity:
    return Entity(FIELD, tag, name, MappingProxyType({"iso639-3": (alpha_3,)}))
