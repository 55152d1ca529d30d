"""Answers of programs that carry their records in a list within an object: where that list starts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bulk.json_text import JSONFaultError, parse_json

LISTS = frozenset(
    {
        ("message", "items"),  # Crossref
        ("items",),  # Zotero, CSL in a wrapper
        ("data",),  # JSON:API, as DataCite has it
        ("results",),  # OpenAlex, CKAN, DOAJ
        ("result", "results"),  # CKAN
        ("response", "docs"),  # Solr, HAL, DPLA
        ("docs",),
        ("hits", "hits"),  # Elasticsearch, Invenio, Zenodo
        ("hits", "hit"),
        ("records",),
        ("resultList", "result"),  # Europe PMC
    }
)
"""The members, from the outside in, under which a list holds records. What stands beside such a list is not part of any record."""

_WITHIN = frozenset(names[:-1] for names in LISTS if len(names) > 1)
_OF_A_RECORD = re.compile(
    r"(?:.*[:.])?(?:titles?|name|creators?|authors?|identifiers?|doi|@type|attributes|metadata|container-title)", re.IGNORECASE
)
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[{}\[\],:]')
_FARTHEST = 1 << 20
"""Bytes from the start within which such a list has to begin."""


def find_list(head: bytes) -> int | None:
    """Tell where the list of records begins in an object, given its first bytes; None where it is no such object.

    An object that has a title, an author or the like before the list is a record itself.
    """
    walk = _Walk()
    for token in _TOKEN.finditer(head[:_FARTHEST]):
        if token.group() == b"[" and walk.is_at_list():
            return token.start() if head[token.end() :].lstrip()[:1] in {b"{", b"]"} else None
        walk.go_on(token.group())
        if walk.is_in_record:
            return None
    return None


@dataclass(slots=True)
class _Walk:
    """Where a walk through an object stands: ``names`` are those of the objects around, as far as a list may lie in them."""

    names: list[str] = field(default_factory=list)
    depth: int = 0
    key: str = ""
    is_key: bool = False
    is_in_record: bool = False

    def is_at_list(self) -> bool:
        """Tell whether a list that begins here is one of records."""
        return self._is_outside() and (*self.names, self.key) in LISTS

    def go_on(self, mark: bytes) -> None:
        """Take one token."""
        if mark in b"{[":
            if mark == b"{" and self.depth and self._is_outside() and (*self.names, self.key) in _WITHIN:
                self.names.append(self.key)
            self.depth += 1
        elif mark in b"}]":
            self.depth -= 1
            del self.names[max(self.depth - 1, 0) :]
        elif mark.startswith(b'"') and self.is_key and self._is_outside():
            self.key = _text(mark)
            self.is_in_record = not self.names and _OF_A_RECORD.fullmatch(self.key) is not None
        self.is_key = mark in b"{,"

    def _is_outside(self) -> bool:
        return len(self.names) == self.depth - 1


def _text(mark: bytes) -> str:
    try:
        return str(parse_json(mark))
    except JSONFaultError:
        return ""
