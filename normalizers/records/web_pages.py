"""Reads a web page about a work by the ``<meta>`` tags that describe it: those of Highwire, EPrints, PRISM and Dublin Core.

What a page says for people is not read, and tags about the page itself (``viewport``, ``og:image``) are no part of a record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from lxml import etree

from normalizers.errors import MalformedRecordError, RecordSyntaxError
from normalizers.records.characters import without_surrogates
from normalizers.records.field_names import FieldNames
from normalizers.records.mapping import Node, Schema, SchemaReader
from normalizers.records.markup.pages import gather_pages
from normalizers.records.model import Place, Record

PREFIXES: Final = ("citation_", "bepress_citation_", "dc.", "dcterms.", "eprints.", "prism.")
"""How names of tags start that describe a work."""

_CHARSET = re.compile(rb"<meta\b[^<>]{0,200}?\bcharset\s*=\s*[\"']?\s*(?P<name>[\w.:-]{2,40})", re.IGNORECASE)
_HEAD = 4096
_ATTRIBUTES = frozenset({"lang", "xml:lang", "scheme"})
_ANY_LANGUAGE = "*"
_DRESS = "bepress_"
_PEOPLE = ("citation_author", "citation_editor")
_AUTHORS_AGAIN = frozenset({"dc.creator", "dc.contributor.author", "dcterms.creator", "eprints.creators_name"})
_FIRST, _LAST = "citation_firstpage", "citation_lastpage"


class WebPageReader:
    """Reads the tags of a page by the table ``web_page``. Immutable, safe to share between threads."""

    format: Final = "html"

    def __init__(self, schema: Schema, names: FieldNames) -> None:
        self._schema = SchemaReader(schema, names.lookup)

    def parse(self, source: Any) -> Record:
        """Read one page, given as text, or as bytes in UTF-8 or in the encoding that the page declares. Raises RecordSyntaxError."""
        text, remarks = without_surrogates(source if isinstance(source, str) else _decode(source), Place())
        tags = _said_once(list(_gathered(list(_tags(text)))))
        if not tags:
            raise RecordSyntaxError(f"no <meta> tag of the page of HTML describes a work ({', '.join(f'{name}*' for name in PREFIXES)})")
        return Record(self.format, self._schema.read(gather_pages(Node("page", children=tuple(tags)), _FIRST, _LAST)), tuple(remarks))


def _decode(source: bytes) -> str:
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = _CHARSET.search(source, 0, _HEAD)
        try:
            return source.decode(declared["name"].decode("ascii") if declared else "utf-8")
        except (LookupError, UnicodeDecodeError):
            raise MalformedRecordError("the page is neither UTF-8 nor in the encoding that it declares") from None


def _tags(text: str) -> Iterator[Node]:
    """Yield the tags that describe a work. The parser of libxml2 reads no address and no entity of a document type."""
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    root = etree.fromstring(text.encode(), parser) if text.strip() else None
    for element in () if root is None else root.iter("meta"):
        name = str(element.get("name") or element.get("property") or "").strip().lower()
        content = str(element.get("content") or "").strip()
        if name.startswith(PREFIXES) and content:
            attributes = {key: str(value) for key, value in element.attrib.items() if key in _ATTRIBUTES and value != _ANY_LANGUAGE}
            yield Node(name.removeprefix(_DRESS), content, attributes=attributes, place=Place(line=element.sourceline))


def _gathered(tags: Sequence[Node]) -> Iterator[Node]:
    """Put what is said of a person after the name below it: ``citation_author``, then ``citation_author_orcid``."""
    person: Node | None = None
    for tag in tags:
        role = next((role for role in _PEOPLE if tag.name.startswith(f"{role}_")), None)
        if tag.name in _PEOPLE:
            if person:
                yield person
            person = replace(tag, text="", children=(replace(tag, name="name"),))
        elif person and role == person.name:
            person = replace(person, children=(*person.children, replace(tag, name=tag.name.removeprefix(f"{role}_"))))
        else:
            yield tag
    if person:
        yield person


def _said_once(tags: Sequence[Node]) -> list[Node]:
    """Leave out the authors whom a second set of tags names again, letter for letter: nobody wrote the work twice."""
    names = {child.text for tag in tags if tag.name in _PEOPLE for child in tag.children if child.name == "name"}
    return [tag for tag in tags if not (tag.name in _AUTHORS_AGAIN and tag.text in names)]
