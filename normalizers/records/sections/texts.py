"""Titles, and the fields whose values are text and stay text."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from normalizers.records.desk import Desk
from normalizers.records.model import RawField
from normalizers.records.sections.base import Fields, known, put, text_item
from normalizers.records.shapes import OPEN_TITLE_RULE

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


class TitleSection:
    """``title`` is the first title of the record, ``other_titles`` are all further ones."""

    keys = frozenset({"title", "alternative_title"})

    def build(self, fields: Fields, desk: Desk) -> dict[str, Any]:
        """Take the titles; the same title twice is one."""
        title: dict[str, Any] | None = None
        others: list[dict[str, Any]] = []
        for raw in fields.valued("title", "alternative_title"):
            main = title is None and raw.key == "title"
            pointer = "/title" if main else f"/other_titles/{len(others)}"
            item = self._item(raw, desk, pointer)
            if main:
                title = item
            elif item and item["text"] != (title or {}).get("text"):
                put(others, item)
        first = title or {}
        return known(title=first.get("text"), title_language=first.get("language"), other_titles=others)

    def _item(self, raw: RawField, desk: Desk, pointer: str) -> dict[str, Any] | None:
        if raw.rule == OPEN_TITLE_RULE:
            desk.remark("title_may_go_on", "the line below the title has no label either; it may be a part of the title", pointer)
        return text_item(raw, "title", desk, pointer)


class TextSection:
    """Every field whose values are text: a list of texts, each with its language where one is stated."""

    keys = frozenset(_MEMBERS)

    def build(self, fields: Fields, desk: Desk) -> dict[str, Any]:
        """Take the texts, in the order of the record."""
        members: dict[str, list[dict[str, Any]]] = {}
        for key, member in _MEMBERS.items():
            items: list[dict[str, Any]] = []
            for raw in fields.valued(key):
                item = text_item(raw, key, desk, f"/{member}/{len(items)}")
                if item:
                    items.append(item)
            members[member] = items
        return known(**members)
