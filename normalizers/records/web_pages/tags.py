"""The ``<meta>`` tags that describe a work: those of Highwire, EPrints, PRISM and Dublin Core.

Tags about the page itself (``viewport``, ``og:image``) are no part of a record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from msgspec.structs import replace

from normalizers.records.mapping import Node
from normalizers.records.model import Place

PREFIXES: Final = ("citation_", "bepress_citation_", "dc.", "dcterms.", "eprints.", "prism.")
"""How names of tags start that describe a work."""

_ATTRIBUTES = frozenset({"lang", "xml:lang", "scheme"})
_ANY_LANGUAGE = "*"
_DRESS = "bepress_"
_PEOPLE = ("citation_author", "citation_editor")
_AUTHORS_AGAIN = frozenset({"dc.creator", "dc.contributor.author", "dcterms.creator", "eprints.creators_name"})


def find_tags(root: Any) -> list[Node]:
    """Give the tags of a page in their order, what is said of a person below the name."""
    return _said_once(list(_gathered(list(_tags(root)))))


def _tags(root: Any) -> Iterator[Node]:
    for element in root.iter("meta"):
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
