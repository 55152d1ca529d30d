"""Where the work was published: journal or book, with volume, issue, pages and date."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from normalizers.citations import Citation
from normalizers.records.characters import has_text
from normalizers.records.desk import Desk
from normalizers.records.known import known
from normalizers.records.model import RawField
from normalizers.records.sections.base import Fields, put
from normalizers.records.sections.identifiers import described
from normalizers.results import Issue, Result, Status

_PARTS = ("title", "volume", "issue", "article", "pages", "date")
_OF_FIELDS = {"journal_title": "title", "volume": "volume", "issue": "issue", "article_number": "article", "pages": "pages"}
_LISTS = ("issn", "isbn", "doi")


class _Stated(Struct):
    """What the values of one record say of each part, and which value says it."""

    parts: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in (*_PARTS, *_LISTS)})
    answers: list[tuple[RawField, Result, str]] = field(default_factory=list)

    def take(self, raw: RawField, result: Result, place: str, **parts: Any) -> None:
        """Note an answer, the part that it is about ("" for all of them), and what it says."""
        self.answers.append((raw, result, place))
        for name, value in parts.items():
            put(self.parts[name], value)


class PublishedSection:
    """``published_in``: what whole citations and single fields (journal, volume ...) say; where they differ, that part is left out."""

    keys = reads = frozenset({"published_in", "issn", *_OF_FIELDS})
    repeats = True

    def build(self, fields: Fields, desk: Desk) -> dict[str, Any]:
        """Read the citations, then the single fields."""
        stated = _Stated()
        for raw in fields.all("published_in", "journal_title"):
            _read_object(raw, desk, stated)
        for raw in fields.valued("volume", "issue", "article_number", "pages"):
            _read_part(raw, desk, stated)
        for raw in fields.valued("issn"):
            _read_issn(raw, desk, stated)
        parts = {name: _settle(name, stated.parts[name], desk) for name in _PARTS}
        found = known(**parts, **{name: stated.parts[name] for name in _LISTS})
        for raw, result, place in stated.answers:
            holds = result.status is Status.MATCHED and (place in found if place else bool(found))
            desk.decide(raw, result, f"/published_in/{place}".rstrip("/") if holds else None)
        return known(published_in=found)


def _read_object(raw: RawField, desk: Desk, stated: _Stated) -> None:
    """Read a citation or the title of a journal, with the parts that an object gives beside it."""
    if has_text(raw.value):
        read = _read_citation if raw.key == "published_in" else _read_part
        read(raw, desk, stated)
    for part in raw.parts:
        if part.key == "issn" and has_text(part.value):
            _read_issn(part, desk, stated)
        elif part.key in {*_OF_FIELDS, "title"} and has_text(part.value):
            _read_part(part, desk, stated)


def _read_citation(raw: RawField, desk: Desk, stated: _Stated) -> None:
    shown, result = desk.text(raw, "published_in")
    citation = desk.readers.citations.read(shown)
    parts = known(**{name: getattr(citation, name) for name in (*_PARTS, *_LISTS)})
    stated.take(raw, _answer(result, citation, parts), "", **parts)


def _read_part(raw: RawField, desk: Desk, stated: _Stated) -> None:
    shown, result = desk.text(raw, raw.key or "")
    name = _OF_FIELDS.get(raw.key or "", "title")
    stated.take(raw, result, name, **{name: shown})


def _read_issn(raw: RawField, desk: Desk, stated: _Stated) -> None:
    result = desk.ask_identifier(raw.value or "", "issn")
    found = [item["value"] for item in described(result) if item["scheme"] == "issn"]
    stated.take(raw, result, "issn")
    for value in found:
        put(stated.parts["issn"], value)


def _settle(name: str, values: list[str], desk: Desk) -> str | None:
    if len(values) > 1:
        desk.remark("contradiction", f"the record states several: {', '.join(values)}", f"/published_in/{name}")
    return values[0] if len(values) == 1 else None


def _answer(result: Result, citation: Citation, parts: dict[str, Any]) -> Result:
    note = (Issue("partly_read", f"not understood: {citation.leftover}"),) if citation.leftover else ()
    status = Status.MATCHED if parts else Status.UNMATCHED
    return replace(result, status=status, evidence=citation.evidence, issues=(*result.issues, *citation.issues, *note), details=parts)
