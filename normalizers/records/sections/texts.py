"""Titles, and the fields whose values are text and stay text."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Any

from normalizers.records.characters import clean_text
from normalizers.records.desk import Desk
from normalizers.records.known import known
from normalizers.records.model import RawField
from normalizers.records.sections.base import Fields, language_of, text_items

_MEMBERS = MappingProxyType(
    {
        "description": "descriptions",
        "table_of_contents": "tables_of_contents",
        "note": "notes",
        "subject": "subjects",
        "coverage": "coverages",
        "rights_holder": "rights_holders",
        "publisher": "publishers",
        "place": "places",
        "series": "series",
        "edition": "editions",
        "conference": "conferences",
        "degree": "degrees",
        "institution": "institutions",
        "department": "departments",
        "affiliation": "affiliations",
        "funding": "funding",
        "audience": "audiences",
        "format": "formats",
        "source": "sources",
        "relation": "relations",
        "references": "references",
        "report_number": "report_numbers",
        "citation": "citations",
        "provenance": "provenance",
    }
)

_LISTED = frozenset({"subject"})
_BETWEEN = re.compile(r"(?:(?<!\s)\s*)?[;|\n]\s*")


class TitleSection:
    """``title`` is the first title of the record, ``other_titles`` are all further ones."""

    keys = reads = frozenset({"title", "alternative_title"})
    repeats = False

    def build(self, fields: Fields, desk: Desk) -> dict[str, Any]:
        """Take the titles; the same title twice is one."""
        titles = list(fields.valued("title"))
        main = self._main(titles[0], desk) if titles else {}
        others: list[dict[str, Any]] = []
        for raw in (*titles[1:], *fields.valued("alternative_title")):
            if clean_text(raw.value or "")[0] == main.get("title"):
                desk.decide(raw, desk.text(raw, "title")[1], "/title")
            else:
                others += text_items(raw, desk, "/other_titles", len(others))
        return known(**main, other_titles=others)

    def _main(self, raw: RawField, desk: Desk) -> dict[str, Any]:
        shown, result = desk.text(raw, "title")
        desk.decide(raw, result, "/title" if shown else None)
        return known(title=shown, title_language=language_of(raw, desk, "/title_language") if shown else None)


class TextSection:
    """Every field whose values are text: a list of texts, each with its language where one is stated."""

    keys = reads = frozenset(_MEMBERS)
    repeats = False

    def build(self, fields: Fields, desk: Desk) -> dict[str, Any]:
        """Take the texts, in the order of the record; lists of subjects are taken apart."""
        members: dict[str, list[dict[str, Any]]] = {}
        for key, member in _MEMBERS.items():
            if key not in fields.keys:
                continue
            items: list[dict[str, Any]] = []
            for raw in fields.valued(key):
                items += text_items(raw, desk, f"/{member}", len(items), _BETWEEN if key in _LISTED else None)
            members[member] = items
        return known(**members)
