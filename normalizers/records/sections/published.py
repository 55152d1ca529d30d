"""Where the work was published: journal or book, with volume, issue, pages and date."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from normalizers.citations import Citation
from normalizers.records.characters import has_text
from normalizers.records.desk import Desk
from normalizers.records.model import RawField
from normalizers.records.sections.base import Fields, known, put
from normalizers.records.sections.identifiers import described
from normalizers.results import Issue, Result, Status

_PARTS = ("title", "volume", "issue", "article", "pages", "date")
_OF_FIELDS = {"journal_title": "title", "volume": "volume", "issue": "issue", "article_number": "article", "pages": "pages"}
_LISTS = ("issn", "isbn", "doi")


class PublishedSection:
    """``published_in``: what whole citations and single fields (journal, volume ...) say; where they differ, that part is left out."""

    keys = frozenset({"published_in", "issn", *_OF_FIELDS})

    def build(self, fields: Fields, desk: Desk) -> dict[str, Any]:
        """Read the citations, then the single fields."""
        stated: dict[str, list[str]] = {name: [] for name in (*_PARTS, *_LISTS)}
        for raw in fields.all("published_in", "journal_title"):
            self._take(raw, desk, stated)
        for key in ("volume", "issue", "article_number", "pages"):
            for raw in fields.valued(key):
                self._single(raw, desk, stated)
        for raw in fields.valued("issn"):
            self._issn(raw, desk, stated)
        parts = {name: self._settle(name, stated[name], desk) for name in _PARTS}
        return known(published_in=known(**parts, **{name: stated[name] for name in _LISTS}))

    def _take(self, raw: RawField, desk: Desk, stated: dict[str, list[str]]) -> None:
        """Take a citation or the title of a journal, with the parts that an object gives beside it."""
        if has_text(raw.value):
            if raw.key == "published_in":
                self._citation(raw, desk, stated)
            else:
                self._single(raw, desk, stated)
        for part in raw.parts:
            if part.key == "issn" and part.value:
                self._issn(part, desk, stated)
            elif part.key in {*_OF_FIELDS, "title"} and has_text(part.value):
                self._single(part, desk, stated)

    def _citation(self, raw: RawField, desk: Desk, stated: dict[str, list[str]]) -> None:
        shown, result = desk.text(raw, "published_in")
        citation = desk.readers.citations.read(shown)
        parts = known(**{name: getattr(citation, name) for name in (*_PARTS, *_LISTS)})
        for name, value in parts.items():
            put(stated[name], value)
        desk.decide(raw, _answer(result, citation, parts), "/published_in" if parts else None)

    def _single(self, raw: RawField, desk: Desk, stated: dict[str, list[str]]) -> None:
        shown, result = desk.text(raw, raw.key or "")
        name = _OF_FIELDS.get(raw.key or "", "title")
        put(stated[name], shown)
        desk.decide(raw, result, f"/published_in/{name}")

    def _issn(self, raw: RawField, desk: Desk, stated: dict[str, list[str]]) -> None:
        result = desk.ask_identifier(raw.value or "", "issn")
        found = [item["value"] for item in described(result) if item["scheme"] == "issn"]
        for value in found:
            put(stated["issn"], value)
        desk.decide(raw, result, "/published_in/issn" if found else None)

    def _settle(self, name: str, values: list[str], desk: Desk) -> str | None:
        if len(values) > 1:
            desk.remark("contradiction", f"the record states several: {', '.join(values)}", f"/published_in/{name}")
        return values[0] if len(values) == 1 else None


def _answer(result: Result, citation: Citation, parts: dict[str, Any]) -> Result:
    note = (Issue("partly_read", f"not understood: {citation.leftover}"),) if citation.leftover else ()
    status = Status.MATCHED if parts else Status.UNMATCHED
    return replace(result, status=status, evidence=citation.evidence, issues=(*result.issues, *citation.issues, *note), details=parts)
