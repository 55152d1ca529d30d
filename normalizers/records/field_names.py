"""Tells which field a name stands for: a label on a page, a key of an export, with prefix and qualifier or without.

Names are recognized through the locales, whatever language the rest is in, and never by their position.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from normalizers.folding import fold_key
from normalizers.localedata import LabelIndex, Locale

SECTION = "fields"
LONGEST_NAME = 120
OWN_RULE = "mapping:"
"""How the rule of a name starts that a user stated."""

_LANGUAGE_INDEPENDENT = "root"
_QUALIFIED = re.compile(
    r"(?P<name>.*?\S)\s*(?:\((?P<round>[^()]{2,40})\)|\[(?P<square>[^\[\]]*)\]|@(?P<at>[A-Za-z]{2,3}(?:[-_][^\W_]+)*))\s*\Z"
)
_CAMEL = re.compile(r"(?<=[a-z\d])(?=[A-Z])")
_STEPS = re.compile(r"[.:/]")
# Refined elements of these fields are still of the field; a refined title, date or description may be quite another thing.
_REFINABLE = frozenset({"subject", "identifier", "relation", "coverage", "contributor", "source", "format", "audience"})


class FieldName(Struct, frozen=True):
    """What a name stands for: one field (``key``), or several (``candidates``) between which it does not decide.

    ``qualifier`` is what stood in brackets or after an at sign: as a rule the language of the value. ``locales`` are those that
    know the name, without the one of no language: ``is_of_a_schema`` says whether that knows it too.
    """

    key: str | None
    candidates: tuple[str, ...]
    rule: str
    locales: frozenset[str]
    qualifier: str | None = None
    is_of_a_schema: bool = False

    @property
    def is_own(self) -> bool:
        """Tell whether a user's mapping file says what the name stands for."""
        return self.rule.startswith(OWN_RULE)


class FieldNames:
    """Looks names of fields up in all locales. Immutable, safe to share between threads.

    ``own`` are a user's names, as they are written and folded; they come first.
    """

    def __init__(self, locales: Mapping[str, Locale], own: Mapping[str, FieldName] | None = None) -> None:
        self._own = own or {}
        self._index = LabelIndex.build(locales.values(), SECTION)
        self._namespaces = frozenset(structure_names(locales, "namespace"))
        tags: dict[str, set[str]] = {}
        for locale in locales.values():
            for _, label in locale.labels(SECTION):
                tags.setdefault(fold_key(label.text), set()).add(locale.tag)
        alike: dict[frozenset[str], frozenset[str]] = {}
        self._tags = {key: alike.setdefault(found, found) for key, found in zip(tags, map(frozenset, tags.values()), strict=True)}
        self._cached = lru_cache(maxsize=4096)(self._lookup)

    def lookup(self, name: str, locale: str | None = None) -> FieldName | None:
        """Tell what a name stands for; where fields compete, ``locale`` decides. None if no locale knows the name."""
        return self._cached(name, locale) if len(name) <= LONGEST_NAME else None

    def lookup_own(self, name: str) -> FieldName | None:
        """Tell what a user says that a name stands for, if anything."""
        return (self._own.get(name) or self._own.get(fold_key(name))) if self._own and len(name) <= LONGEST_NAME else None

    def _lookup(self, name: str, locale: str | None) -> FieldName | None:
        found = self.lookup_own(name) or self._plain(name, locale)
        if found:
            return found
        qualified = _QUALIFIED.fullmatch(name)
        base = qualified["name"] if qualified else name
        found = self._plain(base, locale) or self._refined(base, locale)
        qualifier = (qualified["round"] or qualified["square"] or qualified["at"]) if qualified else None
        return replace(found, qualifier=qualifier) if found and qualifier else found

    def _plain(self, name: str, locale: str | None) -> FieldName | None:
        return next(filter(None, (self._exact(spelling, locale) for spelling in self._spellings(name))), None)

    def _spellings(self, name: str) -> Iterable[str]:
        steps = _STEPS.split(name.strip())
        while len(steps) > 1 and fold_key(steps[0]) in self._namespaces:
            steps = steps[1:]
        bare = ".".join(steps)
        return dict.fromkeys((name, bare, _CAMEL.sub(" ", bare)))

    def _exact(self, name: str, locale: str | None) -> FieldName | None:
        key = fold_key(name)
        entries = self._index.lookup_key(key, locale) if key else ()
        if not entries:
            return None
        rule = f"{entries[0].locale}:{SECTION}.{entries[0].concept}"
        tags, is_of_a_schema = self._tags[key] - {_LANGUAGE_INDEPENDENT}, _LANGUAGE_INDEPENDENT in self._tags[key]
        if len(entries) > 1:
            return FieldName(None, tuple(entry.concept for entry in entries), f"{entries[0].locale}:{SECTION}", tags, None, is_of_a_schema)
        return FieldName(entries[0].concept, (), rule, tags, None, is_of_a_schema)

    def _refined(self, name: str, locale: str | None) -> FieldName | None:
        """Read "dc.subject.mesh" as a subject: only keys with a schema's prefix, and only fields that stay what they are."""
        steps = _STEPS.split(name.strip())
        if len(steps) < 3 or fold_key(steps[0]) not in self._namespaces:  # noqa: PLR2004 - prefix, element, qualifier
            return None
        found = self._exact(steps[1], locale)
        return found if found and found.key in _REFINABLE else None


def structure_names(locales: Mapping[str, Locale], concept: str) -> tuple[str, ...]:
    """Give the names of one kind of container, folded; "$" has no letters and stays as it is."""
    labels = (label.text for locale in locales.values() for key, label in locale.labels("structure") if key == concept)
    return tuple(fold_key(text) or text for text in labels)


def count_votes(names: Iterable[FieldName | None]) -> Counter[str]:
    """Count, by locale, the names that belong to it; names that belong to no language count for none."""
    return Counter(tag for name in names if name for tag in name.locales)


def locale_of_keys(names: Iterable[FieldName | None]) -> str | None:
    """Give the locale by which the keys of an export are read: that of no language, unless more keys belong to one language.

    Schemas name their elements by English words, and some of those are words of other languages for something else.
    """
    known = [name for name in names if name]
    votes = count_votes(known)
    of_schemas = sum(name.is_of_a_schema for name in known)
    return _LANGUAGE_INDEPENDENT if of_schemas and of_schemas >= max(votes.values(), default=0) else leading_locale(votes)


def leading_locale(votes: Mapping[str, int]) -> str | None:
    """Give the locale with the most votes; None where two are equal or none has any."""
    first, *others = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])) or [("", 0)]
    return first[0] if first[1] and not (others and others[0][1] == first[1]) else None
