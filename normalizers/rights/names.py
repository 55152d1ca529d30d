"""Second way of reading: names of licences in any language, with their elements in any order.

A name is recognized by how its pieces stand together, not by its words: spaCy's matcher looks for the shapes below in the
row of pieces, whatever languages they come from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from normalizers.folding import fold_key
from normalizers.reading import Query
from normalizers.results import Evidence, Issue, Method
from normalizers.rights.items import TOOLS, Item, find_items
from normalizers.rights.model import Reading
from normalizers.rights.spans import Spans
from normalizers.rights.tools import LegalTools, canonical_unit
from normalizers.terms import Hits

_Pattern = list[dict[str, Any]]
_FILLERS: dict[str, Any] = {"ORTH": {"IN": ["LICENSE", "CC", "VERSION", "UNPORTED"]}, "OP": "*"}
_FILLERS_OR_PORT: dict[str, Any] = {"ORTH": {"IN": ["LICENSE", "CC", "VERSION", "UNPORTED", "PORT"]}, "OP": "*"}
_NAMES: dict[str, _Pattern] = {
    "elements": [{"ORTH": "ELEMENT", "OP": "+"}],
    "code": [{"ORTH": "CODE"}],
    "tool": [{"ORTH": {"IN": sorted(TOOLS)}, "OP": "+"}],
}
_NEXT_WORD = re.compile(r" (?P<word>[^\W\d_]{3,})")
_WINDOW = 48
_LONGEST_ROW = 64
"""Pieces that one look takes in. No name has as many."""
_ROWS_AT_HAND = 1_024
"""Rows of pieces whose shapes are known: names are many, the ways in which they are put together few."""
_UNITS_AT_HAND = 256
_NAME_KINDS = frozenset({"ELEMENT", "CODE", *TOOLS})
_JOINED_AFTER = re.compile(r"\s?[-‐‑‒–—־]\s?(?P<word>[^\W\d_]+)")
_JOINED_BETWEEN = re.compile(r"\s?[-‐‑‒–—־]\s?(?P<word>[^\W\d_]{3,}[^-‐‑‒–—־]*)[-‐‑‒–—־]\s?$")
_JOINED_BEFORE = re.compile(r"(?<![^\W\d_])(?P<word>[^\W\d_]+)\s?[-‐‑‒–—־]\s?$")
_ANNOUNCES = re.compile(r":|\s[-‐‑‒–—־*/]|[|｜]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_GOES_ON = re.compile(r"[^.;]*;|[^.;:]{0,30}:(?!//)[^.;:]{1,60}:(?!//)")
_YIELDS = {"ELEMENT": "{upper}", "CODE": "{unit}", "NUMBER": "version {value}", "PORT": "port {value}"}
_UNITS = {"cc0": "zero", "pdm": "mark", "pddc": "certification"}


class NameReader:
    """Reads the licence names in a text. Immutable."""

    def __init__(self, tools: LegalTools) -> None:
        self._tools = tools
        self._vocab = Vocab()
        self._matcher = Matcher(self._vocab)
        for name, pattern in _NAMES.items():
            self._matcher.add(f"{name}, version after", [_version_after(pattern)], greedy="LONGEST")
            self._matcher.add(f"{name}, version before", [_version_before(pattern)], greedy="LONGEST")
        self._in_row = lru_cache(maxsize=_ROWS_AT_HAND)(self._find_in_row)

    def __reduce__(self) -> tuple[type[NameReader], tuple[LegalTools]]:
        return NameReader, (self._tools,)

    def read(self, query: Query, hits: Hits, main: str | None) -> Iterator[Reading]:
        """Yield a reading for every licence name, in the order of the text; ``main`` is the locale of most of its words."""
        items = find_items(query, hits, main, self._tools.ports)
        if not any(item.kind in _NAME_KINDS for item in items):
            return
        understood = cache(lambda: Spans((item.start, item.end) for item in hits.found))  # few names ask for it
        taken: set[int] = set()
        for start, end in _by_strength(items, self._shapes([item.kind for item in items])):
            begin, stop = _untaken(items, start, end, taken)
            if taken.isdisjoint(range(begin, stop)):
                taken.update(range(begin, stop))
                reading = self._interpret(query, items[begin:stop], understood)
                if reading and not (reading.version is None and _is_ruled(hits, items[begin:stop], main)):
                    yield reading

    def _shapes(self, kinds: Sequence[str]) -> list[tuple[int, int]]:
        """Find the shapes of names in a row of pieces; a long row is looked through part by part, for time grows with its square."""
        return [(first + start, first + end) for first, last in _parts(kinds) for start, end in self._in_row(tuple(kinds[first:last]))]

    def _find_in_row(self, kinds: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
        return tuple((start, end) for _, start, end in self._matcher(Doc(self._vocab, words=list(kinds))))

    def _interpret(self, query: Query, items: Sequence[Item], understood: Callable[[], Spans]) -> Reading | None:
        names = [item for item in items if item.kind in _NAME_KINDS]
        version = next((item.value for item in items if item.kind == "NUMBER"), None)
        port = next((item.value for item in items if item.kind == "PORT"), None) if version else None
        unit = _unit_of(tuple([item.value for item in names]))
        if not _is_stated(query, items, names, version) or (version is None and _opens_list(query, items, names)):
            return None
        has_ports = version not in {None, "4.0"} and unit not in _UNITS.values()
        unread = _unread_part(query, items, names) or (_unread_port(query, items, understood) if has_ports and not port else "")
        note = (Issue("name_unread", f"{unread!r} is joined to the name and was not understood"),) if unread else ()
        evidence = tuple(_evidence(query, item, unit) for item in items if item.kind not in {"BREAK", "LICENSE", "VERSION"})
        return Reading(unit, Method.NAME, evidence, version, port, issues=(*note, *_impossible(unit)))


@lru_cache(maxsize=_UNITS_AT_HAND)
def _unit_of(values: tuple[str, ...]) -> str:
    """Give the unit that the elements of a name make."""
    return _UNITS.get(values[0]) or canonical_unit(part for value in values for part in value.split("-"))


@lru_cache(maxsize=_UNITS_AT_HAND)
def _impossible(unit: str) -> tuple[Issue, ...]:
    if {"nd", "sa"} <= set(unit.split("-")):
        return (Issue("license_impossible", f"no licence has the elements {unit.upper()}"),)
    return ()


def _parts(kinds: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Cut a row where pieces stand too far apart to belong together, which no shape reaches across, or else where it is too long."""
    first = 0
    while len(kinds) - first > _LONGEST_ROW:
        breaks = (place for place in range(first + _LONGEST_ROW, first, -1) if kinds[place] == "BREAK")
        last = next(breaks, first + _LONGEST_ROW)
        yield first, last
        first = last
    yield first, len(kinds)


def _version_after(name: _Pattern) -> _Pattern:
    """Shape of "Attribution-NonCommercial 3.0 Spain", "CC BY-NC 3.0 ES", "Attribution Spain 3.0"; the version may be missing."""
    return [_FILLERS_OR_PORT, *name, _FILLERS_OR_PORT, {"ORTH": "NUMBER", "OP": "?"}, _FILLERS, {"ORTH": "PORT", "OP": "?"}]


def _version_before(name: _Pattern) -> _Pattern:
    """Shape of "Creative Commons 3.0 Attribution"."""
    return [{"ORTH": "CC"}, _FILLERS_OR_PORT, {"ORTH": "NUMBER"}, _FILLERS_OR_PORT, *name]


def _by_strength(items: Sequence[Item], spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Order matches so that a version after a name binds before one that stands ahead of it, then by length."""

    def weakness(span: tuple[int, int]) -> tuple[bool, int, int]:
        start, end = span
        name = start
        while items[name].kind not in _NAME_KINDS:
            name += 1
        return "NUMBER" not in [item.kind for item in items[name:end]], start - end, start

    return sorted(spans, key=weakness)


def _untaken(items: Sequence[Item], start: int, end: int, taken: set[int]) -> tuple[int, int]:
    """Leave what another name has taken already at either end of a match, but never a part of the name itself."""
    while start in taken and items[start].kind not in _NAME_KINDS:
        start += 1
    while end - 1 in taken and items[end - 1].kind not in _NAME_KINDS:
        end -= 1
    return start, end


def _unread_part(query: Query, items: Sequence[Item], names: Sequence[Item]) -> str:
    """Quote what is joined to the elements by a dash without being read: it may be an element that binds the user."""
    if names[0].kind != "ELEMENT":
        return ""
    begin = query.folded.span(names[0].start, names[0].end)[0]
    end = query.folded.span(names[-1].start, names[-1].end)[1]
    spans = [query.folded.span(item.start, item.end) for item in items]
    for left, right in pairwise(names):
        between = _JOINED_BETWEEN.match(
            query.text[query.folded.span(left.start, left.end)[1] : query.folded.span(right.start, right.end)[0]]
        )
        if between:
            return between["word"]
    after = _JOINED_AFTER.match(query.text, end)
    if after and after.start("word") not in {start for start, _ in spans}:
        return after["word"]
    window = max(0, begin - _WINDOW)
    before = _JOINED_BEFORE.search(query.text[window:begin])
    if before and fold_key(before["word"]) and window + before.end("word") not in {stop for _, stop in spans}:
        return before["word"]
    return ""


def _unread_port(query: Query, items: Sequence[Item], understood: Callable[[], Spans]) -> str:
    """Quote a name that follows a version which has ports and is no word of any locale: it may be the name of a country."""
    if items[-1].kind != "NUMBER":
        return ""
    text, end = query.folded.text, items[-1].end
    match = _NEXT_WORD.match(text, end)
    if not match or understood().touch(match.start("word"), match.end("word")):
        return ""
    begin, stop = query.folded.span(match.start("word"), match.end("word"))
    return "" if query.text[begin].islower() else query.text[begin:stop]


def _is_stated(query: Query, items: Sequence[Item], names: Sequence[Item], version: str | None) -> bool:
    """Tell a name from plain words: Attribution needs Creative Commons, a second element or a version beside it.

    Elements without Attribution are most often prose ("no derivatives"), and no licence is without it: they need a version.
    """
    if any(item.kind != "ELEMENT" for item in names):
        return True
    values = {item.value for item in names}
    named = any(item.kind == "CC" for item in items)
    if version is None and not named and _is_running_text(query, names):
        return False
    if "devnations" in values:
        return named
    if "by" not in values:
        return version is not None and (named or len(values) > 1)
    return named or len(values) > 1 or version is not None


def _is_running_text(query: Query, names: Sequence[Item]) -> bool:
    """Tell elements that other words join, all in small letters, from a name ("non-commercial use with attribution")."""
    spans = [query.folded.span(item.start, item.end) for item in names]
    joined = any(_WORD.search(query.text, left[1], right[0]) for left, right in pairwise(spans))
    return joined and all(query.text[begin].islower() for begin, _ in spans)


def _opens_list(query: Query, items: Sequence[Item], names: Sequence[Item]) -> bool:
    """Tell Attribution that is the first of several terms from a name ("Creative Commons terms: attribution to the makers; ...").

    So too where it is the first of several labels with values ("Creative Commons | attribution: required | changes: no").
    """
    owner = next((item for item in items if item.kind == "CC"), None)
    if [item.value for item in names] != ["by"] or names[0].kind != "ELEMENT" or owner is None or owner.start > names[0].start:
        return False
    begin, end = query.folded.span(owner.start, owner.end)[1], query.folded.span(names[0].start, names[0].end)[0]
    announced = _ANNOUNCES.search(query.text, begin, end)
    return announced is not None and _GOES_ON.match(query.folded.text, items[-1].end) is not None


def _is_ruled(hits: Hits, items: Sequence[Item], main: str | None) -> bool:
    """Tell Attribution from a condition, by a verb between Creative Commons and it ("is under CC and may with attribution be sold")."""
    owner = next((item for item in items if item.kind == "CC"), None)
    names = [item for item in items if item.kind in _NAME_KINDS]
    if owner is None or [(item.kind, item.value) for item in names] != [("ELEMENT", "by")]:
        return False
    between = range(owner.end, names[0].start)
    return any(item.start in between and main in item.locales for item in hits.named("lexicon", "permit"))


def _evidence(query: Query, item: Item, unit: str) -> Evidence:
    return query.folded_evidence(item.start, item.end, item.rule, _yields(item.kind, item.value, unit))


@lru_cache(maxsize=_UNITS_AT_HAND)
def _yields(kind: str, value: str, unit: str) -> str:
    return _YIELDS.get(kind, kind).format(value=value, upper=value.upper(), unit=unit.upper())
