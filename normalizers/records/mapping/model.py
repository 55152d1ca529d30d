"""A schema's table: which of its names fill which field, and what stands beside a value."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from normalizers.records.mapping.paths import Path, Selector, Step

PARTS = frozenset({"name_type", "role", "identifier_scheme", "relation_type", "value_uri", "vocabulary"})
"""What may stand beside a value and is no field of a record: the scheme of an identifier, the role of a person."""


class Rule(Struct, frozen=True):
    """How the nodes at one path are read.

    ``field`` is the key they fill; where ``by`` is given, its text chooses among ``cases`` first (folded). ``label`` composes a name
    instead ("dc.title.alternative"), which the locales know or not. ``values`` select what the value is made of, one after the
    other, with ``join`` between; without them it is all text of the node, or where there are ``parts``, what stands in the node
    itself. Where it ``takes_first``, what a selector finds after the first is not part of the value. ``cuts`` are the first and the
    last character, counted from 1, of pieces of the text that each fill a field. ``parts`` name what belongs to the value, each by
    its key; what ``also`` finds is a further value of the same field.
    """

    path: Path
    field: str | None = None
    by: Selector | None = None
    cases: Mapping[str, str] | None = None
    label: tuple[Selector, ...] = ()
    values: tuple[Selector, ...] = ()
    join: str = " "
    takes_first: bool = False
    cuts: tuple[tuple[int, int, str], ...] = ()
    parts: tuple[tuple[Selector, str], ...] = ()
    also: Selector | None = None


class Schema(Struct, frozen=True):
    """A table with its rules in the order of its file: of two that apply, the first counts.

    ``namespaces`` are addresses by prefix, those of the schema itself under ""; one that ends in "*" stands for all that start so.
    ``roots`` are the names of a whole record, by which it is recognized, if one of the names that it ``holds`` is in it.
    ``language`` finds the language that is stated for a value, and ``link`` an address that stands for it, or beside it;
    ``attributes`` only qualify the values beside them, and are not values. ``trim`` are characters that are no part of the end of a
    value. ``uses_labels`` tells that names which the table does not know are looked up among the labels of the locales.
    """

    name: str
    title: str
    source: str
    namespaces: Mapping[str, tuple[str, ...]]
    roots: tuple[Step, ...]
    rules: tuple[Rule, ...]
    language: Selector | None = None
    link: Selector | None = None
    attributes: frozenset[str] = frozenset()
    holds: frozenset[str] = frozenset()
    trim: str = ""
    uses_labels: bool = False

    def owns(self, prefix: str, namespace: str) -> bool:
        """Tell whether a name in a namespace may be meant by a step with a prefix; where nothing is declared, it always may."""
        declared = self.namespaces.get(prefix, ())
        return not namespace or not declared or _is_among(namespace, declared)


@lru_cache(maxsize=4096)
def _is_among(namespace: str, declared: tuple[str, ...]) -> bool:
    """Tell whether a namespace is one of those declared, without what is often written wrong in its address."""
    found = bare(namespace)
    return any(found.startswith(bare(each[:-1])) if each.endswith("*") else found == bare(each) for each in declared)


@lru_cache(maxsize=4096)
def bare(address: str) -> str:
    """Take from an address of a namespace what is often written wrong: its scheme, its case, a mark at its end.

    >>> bare("HTTPS://www.loc.gov/mods/v3/")
    'loc.gov/mods/v3'
    """
    _, found, rest = address.strip().casefold().partition("://")
    return (rest if found else address.strip().casefold()).removeprefix("www.").rstrip("/#")
