"""Unqualified Dublin Core as OAI-PMH carries it: fifteen elements, each any number of times.

https://www.openarchives.org/OAI/2.0/oai_dc.xsd
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from normalizers.records.crosswalks.account import Account, Part
from normalizers.records.crosswalks.model import Reason
from normalizers.records.crosswalks.terms import Terms
from normalizers.records.crosswalks.values import abstracts_of, dates_of, distinct, license_name, sizes_of, texts_of
from normalizers.records.crosswalks.xml import add

NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
_SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
_DC = "http://purl.org/dc/elements/1.1/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"

Value = tuple[str, str, str | None]
"""An element, its text, and the language of the text."""


def write(account: Account, _terms: Terms) -> Any:
    """Say a record in the fifteen elements. Roles have no place there, so a date or contributor is said in wider terms."""
    root = etree.Element(f"{{{NAMESPACE}}}dc", nsmap={"oai_dc": NAMESPACE, "dc": _DC, "xsi": _XSI})
    root.set(f"{{{_XSI}}}schemaLocation", f"{NAMESPACE} {_SCHEMA}")
    for element, text, language in distinct(_values(account.root)):
        add(root, f"{{{_DC}}}{element}", text, language=language)
    return root


def _values(root: Part) -> Iterator[Value]:
    if root.part("title"):
        yield "title", root.take("title"), root.take("title_language")
    yield from _named(root, "title", "other_titles")
    for member, element in (("creators", "creator"), ("contributors", "contributor")):
        for person in root.each(member):
            yield element, person.take("name"), None
            person.take("family"), person.take("given")
            person.part("role").leave(Reason.COARSER)
    yield from _named(root, "subject", "subjects")
    yield from (("description", text, language) for text, language in abstracts_of(root))
    yield from _named(root, "description", "descriptions", "tables_of_contents", "notes")
    yield from _named(root, "publisher", "publishers")
    yield from _dates(root)
    yield from _concepts(root)
    yield from (("format", size, None) for size in sizes_of(root))
    yield from _named(root, "format", "formats")
    yield from _identifiers(root)
    yield from _sources(root)
    yield from (("language", language.say(), None) for language in root.each("languages"))
    yield from _named(root, "relation", "relations", "references", "series")
    yield from _named(root, "coverage", "coverages")
    yield from _rights(root.part("rights"))


def _named(root: Part, element: str, *members: str) -> Iterator[Value]:
    return ((element, text, language) for text, language in texts_of(root, *members))


def _dates(root: Part) -> Iterator[Value]:
    for role, date in dates_of(root):
        yield "date", date.value, None
        if role in {"issued", "other"}:
            date.say()
        else:
            date.leave(Reason.COARSER)


def _concepts(root: Part) -> Iterator[Value]:
    """Say types and the version by their addresses, which every harvester can look up."""
    for concept in (*root.each("resource_types"), root.part("version"), root.part("peer_review")):
        if concept:
            yield "type", concept.say()["uri"], None
    for genre in root.each("genres"):
        yield "type", genre.say(), None


def _identifiers(root: Part) -> Iterator[Value]:
    for item in root.each("identifiers"):
        said = item.say()
        scheme = f"{said['scheme']}:"
        yield "identifier", said.get("uri") or f"{scheme}{said['value'].removeprefix(scheme)}", None
    yield from _named(root, "identifier", "report_numbers")


def _sources(root: Part) -> Iterator[Value]:
    """Say what the work is published in as one text: title, volume, issue, article, pages, date."""
    host = root.part("published_in")
    volume, issue = host.take("volume"), host.take("issue")
    numbers = f"{volume or ''}({issue})" if issue else volume
    parts = (host.take("title"), numbers, host.take("article"), host.take("pages"), host.take("date"))
    if any(parts):
        yield "source", ", ".join(filter(None, parts)), None
    for scheme in ("issn", "isbn", "doi"):
        for value in host.take(scheme) or ():
            yield "source", f"{scheme}:{value}", None
    yield from _named(root, "source", "sources")


def _rights(rights: Part) -> Iterator[Value]:
    license_ = rights.take("license")
    if license_:
        yield "rights", license_["uri"] or license_name(license_), None
    for name in ("access", "statement"):
        concept = rights.take(name)
        if concept:
            yield "rights", concept["uri"], None
    if rights.part("embargo_end"):
        yield "date", f"info:eu-repo/date/embargoEnd/{rights.take('embargo_end')}", None
    yield from (("rights", text, None) for text in rights.take("statements") or ())
