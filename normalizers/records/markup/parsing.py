"""Parses XML without trusting it: no document type, no entity, no network, bounded depth and size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import Final

from lxml import etree

from normalizers.errors import MalformedRecordError
from normalizers.records.characters import without_surrogates
from normalizers.records.markup.text import decode, without_prolog
from normalizers.records.model import Place, Remark
from normalizers.results import Issue

_OWN: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})
_SECTION, _SECTION_END = "<![CDATA[", "]]>"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REFERENCE = re.compile(r"&(?:#(?:x(?P<hex>[0-9A-Fa-f]{1,6})|(?P<decimal>[0-9]{1,7}));|(?P<name>\w{2,32});)?")


def parse_markup(source: str | bytes) -> tuple[etree._Element, list[Remark]]:
    """Parse one document, and remark on what had to be mended so that it could be.

    Mended is what leaves no doubt: a prefix that nobody declared, a bare ampersand, an entity of HTML, a character that XML forbids.
    Raises RecordSyntaxError, with line and column, for all else.
    """
    text = decode(source) if isinstance(source, bytes) else source.removeprefix("\ufeff")
    text, remarks = without_surrogates(text, Place(""))
    text = without_prolog(text)
    try:
        return _parse(text), remarks
    except etree.XMLSyntaxError as fault:
        mended = mend(text)
        for attempt in dict.fromkeys((text, mended)):
            root = _parse_undeclared(attempt)
            if root is not None:
                return root, [
                    *remarks,
                    Remark(Issue("repaired", f"the XML is not as it must be, and was mended: {_said(fault)}"), Place("")),
                ]
        raise MalformedRecordError(f"not well-formed XML: {_said(_fault_of(mended) or fault)}") from None


def mend(text: str) -> str:
    r"""Take out characters that XML forbids, and write out ampersands and entities of HTML; CDATA sections keep theirs.

    >>> mend("<a>R&D&nbsp;caf&eacute; &lt;</a>")
    '<a>R&amp;D\xa0café &lt;</a>'
    """
    allowed = _FORBIDDEN.sub("", text)
    return "".join(piece if is_section else _REFERENCE.sub(_reference, piece) for piece, is_section in _pieces(allowed))


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Cut a document into its CDATA sections and what is between; a section without an end reaches to that of the document."""
    place = 0
    while (start := text.find(_SECTION, place)) >= 0:
        end = text.find(_SECTION_END, start)
        yield text[place:start], False
        place = end + len(_SECTION_END) if end >= 0 else len(text)
        yield text[start:place], True
    yield text[place:], False


def _reference(found: re.Match[str]) -> str:
    if found["hex"] or found["decimal"]:
        code = int(found["hex"], 16) if found["hex"] else int(found["decimal"])
        is_allowed = code in {9, 10, 13} or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF  # noqa: PLR2004 - the ranges of XML 1.0, production 2
        return found[0] if is_allowed else ""
    name = found["name"]
    if name in _OWN:
        return found[0]
    written = html5.get(f"{name};") if name else None
    return written.replace("&", "&amp;").replace("<", "&lt;") if written else f"&amp;{found[0][1:]}"


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
    )


def _parse(text: str) -> etree._Element:
    return etree.fromstring(text.encode(), _parser(recover=False))


def _parse_undeclared(text: str) -> etree._Element | None:
    """Parse a document whose only fault may be prefixes that are not declared: that breaks namespaces, and not XML."""
    parser = _parser(recover=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        return None
    is_sound = all(entry.domain == etree.ErrorDomains.NAMESPACE for entry in parser.error_log)
    return root if root is not None and is_sound else None


def _fault_of(text: str) -> etree.XMLSyntaxError | None:
    try:
        _parse(text)
    except etree.XMLSyntaxError as fault:
        return fault
    return None


def _said(fault: etree.XMLSyntaxError) -> str:
    line, column = fault.position
    message = (fault.msg or "it cannot be read").partition("\n")[0].partition(", line ")[0]
    return f"{message} (line {line}, column {column})"
