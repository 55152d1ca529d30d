"""Tells which locale the names and values of a record belong to, to break ties between readings of other values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from normalizers.folding import fold_key
from normalizers.localedata import Locale
from normalizers.records.field_names import leading_locale
from normalizers.records.model import Record

_SECTIONS = ("resource_types", "genres", "versions", "access_rights", "peer_review", "degrees")
_KEYS = frozenset({"resource_type", "version", "access_right", "peer_review"})
_LANGUAGE_INDEPENDENT = "root"
_BETWEEN = re.compile(r"(?:(?<!\s)\s*)?[;|,/]\s*")
_LONGEST = 200


class LocaleHints:
    """Knows in which locales a word for a type, a version or an access right stands. Immutable."""

    def __init__(self, locales: Mapping[str, Locale]) -> None:
        self._tags: dict[str, frozenset[str]] = {}
        tags: dict[str, set[str]] = {}
        for locale in locales.values():
            for section in _SECTIONS:
                for _, label in locale.labels(section):
                    tags.setdefault(fold_key(label.text), set()).add(locale.tag)
        groups: dict[frozenset[str], frozenset[str]] = {}
        for key, found in tags.items():
            group = frozenset(found - {_LANGUAGE_INDEPENDENT})
            # Thousands of words belong to the same few groups of locales, which they share.
            self._tags[key] = groups.setdefault(group, group)

    def of(self, record: Record) -> str | None:
        """Give the locale that most values of the record belong to; where they leave it open, the one of most names."""
        return leading_locale(Counter(self._value_votes(record))) or leading_locale(record.votes or {})

    def _value_votes(self, record: Record) -> Iterator[str]:
        for field in record.fields:
            if field.key in _KEYS and field.value and len(field.value) <= _LONGEST:
                for piece in _BETWEEN.split(field.value):
                    yield from self._tags.get(fold_key(piece), ())
