"""Reads a web page about a work: the tags in its head, the JSON-LD in its scripts, and the links to its licence.

What a page says for people is not read.
"""

from __future__ import annotations

import re
from typing import Any, Final

from lxml import etree

from normalizers.errors import MalformedRecordError, RecordSyntaxError
from normalizers.records.characters import without_surrogates
from normalizers.records.dialects import DialectReader
from normalizers.records.field_names import FieldNames
from normalizers.records.mapping import Node, Schema, SchemaReader
from normalizers.records.markup.pages import gather_pages
from normalizers.records.model import Place, Record
from normalizers.records.web_pages.license_links import find_links
from normalizers.records.web_pages.linked_data import LinkedDataReader
from normalizers.records.web_pages.merging import merge
from normalizers.records.web_pages.tags import PREFIXES, find_tags

_CHARSET = re.compile(rb"<meta\b[^<>]{0,200}?\bcharset\s*=\s*[\"']?\s*(?P<name>[\w.:-]{2,40})", re.IGNORECASE)
_HEAD = 4096
_FIRST, _LAST = "citation_firstpage", "citation_lastpage"
_TAGS = ", ".join(f"{name}*" for name in PREFIXES)
_NOTHING = f"neither a <meta> tag ({_TAGS}) nor JSON-LD of schema.org in the page of HTML describes a work"


class WebPageReader:
    """Reads pages by the table ``web_page``, and their JSON-LD by that of schema.org. Immutable, safe to share between threads."""

    format: Final = "html"

    def __init__(self, schema: Schema, names: FieldNames, linked: DialectReader) -> None:
        self._schema = SchemaReader(schema, names.lookup)
        self._linked = LinkedDataReader(linked)

    def parse(self, source: Any) -> Record:
        """Read one page, given as text, or as bytes in UTF-8 or in the encoding that the page declares. Raises RecordSyntaxError."""
        text, remarks = without_surrogates(source if isinstance(source, str) else _decode(source), Place())
        root = _parse(text)
        if root is None:
            raise RecordSyntaxError(_NOTHING)
        tags = find_tags(root)
        links, others = find_links(root)
        fields = self._schema.read(gather_pages(Node("page", children=(*tags, *links)), _FIRST, _LAST))
        linked, unread = self._linked.read(root, [field.value for field in fields if field.key == "title" and field.value])
        if not tags and not linked:
            raise RecordSyntaxError(_NOTHING)
        return Record(self.format, (*merge(fields, linked), *others, *unread), tuple(remarks))


def _parse(text: str) -> Any:
    """Parse a page. The parser of libxml2 reads no address and no entity of a document type."""
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    return etree.fromstring(text.encode(), parser) if text.strip() else None


def _decode(source: bytes) -> str:
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = _CHARSET.search(source, 0, _HEAD)
        try:
            return source.decode(declared["name"].decode("ascii") if declared else "utf-8")
        except (LookupError, UnicodeDecodeError):
            raise MalformedRecordError("the page is neither UTF-8 nor in the encoding that it declares") from None
