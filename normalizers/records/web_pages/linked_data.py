"""JSON-LD in the scripts of a page: the work that it describes, and the rest, which is listed.

Pages describe themselves, their site and its owner beside the work, in one script or several, as objects, lists or graphs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from normalizers.errors import RecordSyntaxError
from normalizers.folding import fold_key
from normalizers.records.dialects import DialectReader
from normalizers.records.graphs import graph_of, records_of
from normalizers.records.json_syntax import load_object, parse_json
from normalizers.records.model import Place, RawField
from normalizers.records.web_pages.works import is_work

MEDIA_TYPE = "application/ld+json"
_CONTEXT, _TYPE, _MAIN = "@context", "@type", "mainEntity"
_NAMES = ("name", "headline")


class _Thing(Struct, frozen=True):
    """A thing that a page describes, and the line of its script."""

    content: dict[str, Any]
    line: int | None


class LinkedDataReader:
    """Reads the scripts of a page with the reader of schema.org. Immutable, safe to share between threads."""

    def __init__(self, dialect: DialectReader) -> None:
        self._dialect = dialect

    def read(self, root: Any, titles: Sequence[str]) -> tuple[tuple[RawField, ...], tuple[RawField, ...]]:
        """Give what is said of the work, and what is said of other things, which no field is read from.

        Of several works the one is taken that has one of the titles, or else the first; a page is about one.
        """
        things, unread = self._things(root)
        works = [thing for thing in things if is_work(thing.content.get(_TYPE)) and self._dialect.owns(thing.content)]
        wanted = {fold_key(title) for title in titles}
        work = next((work for work in works if wanted & _names_of(work)), works[0] if works else None)
        fields = self._fields(work) if work else ()
        others = [field for thing in things if thing is not work for field in self._fields(thing)]
        return fields, (*map(_unread, others), *unread)

    def _things(self, root: Any) -> tuple[list[_Thing], list[RawField]]:
        things: list[_Thing] = []
        broken: list[RawField] = []
        for script in root.iter("script"):
            text = (script.text or "").strip()
            if str(script.get("type") or "").partition(";")[0].strip().lower() != MEDIA_TYPE or not text:
                continue
            try:
                found = [_Thing(thing, script.sourceline) for thing in _described(parse_json(text))]
                for thing in found:
                    load_object(thing.content)
            except (RecordSyntaxError, RecursionError):
                broken.append(RawField("script", None, text, Place(line=script.sourceline), reason="unreadable"))
            else:
                things += found
        return things, broken

    def _fields(self, thing: _Thing) -> tuple[RawField, ...]:
        fields = self._dialect.read(*load_object(thing.content)).fields
        return tuple(_placed(field, thing.line) for field in fields)


def _described(document: Any) -> Iterator[dict[str, Any]]:
    """Yield the things of a document; the main thing of a page before the page.

    Raises RecordSyntaxError for what is no object, and what is nested too deep.
    """
    for member in document if isinstance(document, list) else [document]:
        load_object(member)
        nodes = graph_of(member)
        for thing in records_of(member, nodes) if nodes else (member,):
            main = thing.get(_MAIN)
            if isinstance(main, Mapping) and not is_work(thing.get(_TYPE)):
                context = {_CONTEXT: thing[_CONTEXT]} if _CONTEXT in thing else {}
                yield {**context, **main}
                thing = {name: value for name, value in thing.items() if name != _MAIN}  # noqa: PLW2901 - the same page, without it
            yield thing


def _names_of(thing: _Thing) -> set[str]:
    return {fold_key(name) for member in _NAMES if isinstance(name := thing.content.get(member), str)}


def _placed(field: RawField, line: int | None) -> RawField:
    return field._replace(place=field.place._replace(line=line), parts=tuple(_placed(part, line) for part in field.parts))


def _unread(field: RawField) -> RawField:
    return field._replace(key=None, rule="", reason="not_of_the_work", candidates=(), parts=tuple(map(_unread, field.parts)))
