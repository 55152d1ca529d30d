"""Names that COAR gave to types of documents in former releases, and gives to others now, or to none.

Records are older than vocabularies: a record that says "clinical trial" in COAR's words of release 3.1 means what is called
"clinical trial data" since. Whoever does not know COAR means a study. So the present meaning goes first, and the former one is told.
"""

from __future__ import annotations

from collections.abc import Mapping

from normalizers.localedata import Entry, LabelIndex, Locale, is_same_language
from normalizers.reading import Query

SECTION = "former_types"


class FormerNames:
    """The section ``former_types`` of all locales, by folded name."""

    def __init__(self, locales: Mapping[str, Locale]) -> None:
        self._index = LabelIndex.build(locales.values(), SECTION)

    def recall(self, query: Query) -> tuple[Entry, ...]:
        """Give the types that had the whole text as a name, one entry each; in the locale's language, where it is known."""
        found = self._index.lookup_key(query.key, query.locale)
        return tuple(entry for entry in found if query.locale is None or is_same_language(entry.locale, query.locale))
