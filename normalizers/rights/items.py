"""The pieces that licence names are made of, found in a text and put in order.

Codes, version numbers and port codes belong to no language and are recognized by shape; all words come from the locales.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from normalizers.folding import UNSPACED, letters_of
from normalizers.reading import Query
from normalizers.rights.spans import Spans
from normalizers.terms import Hit, Hits, longest

_CODE = re.compile(
    rf"(?:(?<![^\W_])|(?<=[{UNSPACED}]))(?<!\+)(?P<cc>(?:cc|creative commons) ?[.:,/(]{{0,2}} ?)?"
    r"(?P<code>(?:by|nc|nd|sa)(?:[ ,/&.]{0,3}(?:by|nc|nd|sa))*)(?:(?![a-z+])|(?=v\d))"
)
_PART = re.compile("by|nc|nd|sa")
# Looked for first, since it begins with letters and so takes a fifth of the time: most texts hold no code.
_CODE_BEGINS = re.compile(rf"(?:by|nc|nd|sa)(?:(?<![^\W_]..)|(?<=[{UNSPACED}]..)|(?<=cc..)|(?<=ns..))")
_NUMBER = re.compile(
    r"(?:(?<![0-9a-z.,/])|(?<=by|nc|nd|sa)|(?<=by/|nc/|nd/|sa/))(?:v(?:er|ersion)?\.? ?)?"
    r"(?P<major>\d{1,2})(?:[.,](?P<minor>\d{1,2}))?(?![0-9a-z]|[.,]\d)"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"']+", re.IGNORECASE)
_SHORT_MARK = re.compile(rf"(?:\b|(?<=[{UNSPACED}]))[Cc][Cc]\s?$")
_PORT_CODE = re.compile(r"[ /(]{0,2}(?P<port>igo|[a-z]{2})(?![a-z0-9])")
_PORT_JOINTS = frozenset("-‐‑‒–—−/_")
_ENDING = " .,;:)]}\"'"
_GOES_ON = re.compile(r"-[a-z]")
_JOINING = re.compile(r"\s?[-‐‑‒–—־]\s?")
_LICENSE_PAGE = re.compile(r"licenses(?:[/ ]|/cc )$")
_ENDS = (". ", "! ", "? ", ";")
_CUT_OFF = re.compile(r"\s?[-_]\s?(?:[^\w\s]|$)")
_ELEMENTS = frozenset({"BY", "NC", "ND", "SA", "SAMPLING", "SAMPLING+", "DEVNATIONS"})
TOOLS = frozenset({"CC0", "PDM", "PDDC"})
"""Concepts that name a public domain tool; the others of a name are elements."""

_NAMING = _ELEMENTS | TOOLS
_SHORT_NAME = 5
_JOINER = 4
_WORDS_BETWEEN = 14
_VERSIONS = range(1, 5)


class Item(NamedTuple):
    """One piece of a licence name: its kind, its value and its span of the folded text. A tuple, for a long text has thousands of them."""

    kind: str
    value: str
    start: int
    end: int
    rule: str


def find_items(query: Query, hits: Hits, main: str | None, ports: frozenset[str]) -> list[Item]:
    """Give the pieces in order, with a ``BREAK`` between two too far apart to belong together; none where nothing names a licence."""
    codes = list(_codes(query))
    if not codes and all(item.concept not in _NAMING for item in hits.of("license_names")):
        return []
    numbers = list(_numbers(query, ports))
    # What many locales have is read once: as the text's own locale has it, or else as the first does.
    named = [item.of(main) for item in hits.of("license_names", "ports")]
    names = [hit for hit in named if hit.section == "license_names" or is_country(query, hit)]
    elements = {(hit.start, hit.end) for hit in names if hit.concept in _ELEMENTS}
    names = [hit for hit in names if hit.concept != "license" or (hit.start, hit.end) not in elements]
    names.sort(key=lambda hit: (hit.start, -hit.end, hit.locale != main))
    items = sorted([*codes, *numbers, *_credits(query, hits, names, main), *_words(names, codes)], key=lambda item: (item.start, -item.end))
    return list(_with_breaks(query.folded.text, _outside_addresses(query, items)))


def _outside_addresses(query: Query, items: Sequence[Item]) -> list[Item]:
    """Leave out the pieces inside addresses, but for a code with its version ("licenses#cc_by-nd_4.0") and CC0."""
    addresses = Spans(match.span() for match in _ADDRESS.finditer(query.text))
    if not addresses:
        return list(items)
    kept: set[int] = set()
    for left, right in pairwise(items):
        close = right.start - left.end <= 1
        if close and ((left.kind == "CODE" and right.kind in {"NUMBER", "DIGIT"}) or (id(left) in kept and right.kind == "PORT")):
            kept.update((id(left), id(right)))
    pages = [item for item in items if item.kind in {*TOOLS, "CODE"} and _LICENSE_PAGE.search(query.folded.text, 0, item.start)]
    kept.update(id(item) for item in pages)
    return [item for item in items if id(item) in kept or not addresses.touch(*query.folded.span(item.start, item.end))]


def _codes(query: Query) -> Iterator[Item]:
    for match in _CODE.finditer(query.folded.text) if _CODE_BEGINS.search(query.folded.text) else ():
        begin, end = query.folded.span(match.start("code"), match.end("code"))
        if _is_code(query.text, begin, end, marked=bool(match["cc"])):
            yield Item("CODE", "-".join(_PART.findall(match["code"])), match.start(), match.end(), "root:code")


def _is_code(text: str, begin: int, end: int, *, marked: bool) -> bool:
    """Tell a code from the English word "by" and from chance letters: a mark, hyphens, capitals or solitude prove it."""
    written = text[begin:end]
    if _CUT_OFF.match(text, end):
        return False
    if len(written) == len("by"):
        return marked and _is_marked_pair(text, begin, end)
    alone = len(text) < end - begin + _WORDS_BETWEEN and text.strip(" \t\n()[].'\"") == written
    joined = re.fullmatch(r"\w\w(?:[-_/]\w\w)+", written) is not None
    return marked or joined or alone or written.isupper()


def _is_marked_pair(text: str, begin: int, end: int) -> bool:
    """Tell two letters after Creative Commons from a word: "CC BY", "CC-by", "cc by" against "CC by hand", "Creative Commons. Sa"."""
    if text[begin:end].isupper() or text[begin - 1] in "-_/":
        return True
    before, after = text[max(0, begin - _WORDS_BETWEEN) : begin], text[end : end + _WORDS_BETWEEN]
    short = _SHORT_MARK.search(before) is not None
    by_hand = re.match(r"\s+[A-Za-z]", after) is not None and not before.rstrip().endswith("cc")
    return short and not by_hand


def _numbers(query: Query, ports: frozenset[str]) -> Iterator[Item]:
    for match in _NUMBER.finditer(query.folded.text):
        if match["minor"] is None and int(match["major"]) not in _VERSIONS:
            continue
        value = f"{int(match['major'])}.{match['minor'] or '0'}"
        kind = "NUMBER" if match["minor"] else "DIGIT"
        yield Item(kind, value, match.start(), match.end(), "root:version")
        port = _port_code(query, match.end(), ports)
        if port:
            yield port


def _credits(query: Query, hits: Hits, names: Sequence[Hit], main: str | None) -> Iterator[Item]:
    """Take a plain word for credit as Attribution where a dash joins it to another element ("Αναφορά-Παρόμοια Διανομή")."""
    starts = {query.folded.span(hit.start, hit.end)[0] for hit in names if hit.concept in _ELEMENTS and hit.concept != "BY"}
    known = {hit.start for hit in names if hit.concept == "BY"}
    for found in longest([item for item in hits.named("lexicon", "credit") if item.start not in known]) if starts else ():
        hit = found.of(main)
        joint = _JOINING.match(query.text, query.folded.span(hit.start, hit.end)[1])
        if joint and joint.end() in starts:
            yield Item("ELEMENT", "by", hit.start, hit.end, hit.rule)


def _port_code(query: Query, end: int, ports: frozenset[str]) -> Item | None:
    """Find the code of a port behind a version: in capitals, joined to it, or as the last word of the text."""
    text = query.folded.text
    match = _PORT_CODE.match(text, end)
    if not match or match["port"] not in ports:
        return None
    begin, stop = query.folded.span(*match.span("port"))
    joined = query.text[begin - 1] in _PORT_JOINTS
    if not (query.text[begin:stop].isupper() or joined or not text[match.end() :].strip(_ENDING)) or _GOES_ON.match(query.text, stop):
        return None
    return Item("PORT", match["port"], *match.span("port"), "root:port")


def is_country(query: Query, hit: Hit) -> bool:
    """Tell the short name of a country from the word it folds to: it is written exactly so, with its capital and accents."""
    if hit.end - hit.start > _SHORT_NAME:
        return True
    begin, end = query.folded.span(hit.start, hit.end)
    return query.text[begin:end] in {hit.label, hit.label.upper()}


def _words(hits: Sequence[Hit], codes: Sequence[Item]) -> Iterator[Item]:
    taken = Spans((code.start, code.end) for code in codes)
    seen: set[tuple[str, int]] = set()
    for hit in longest(hits):
        if taken.touch(hit.start, hit.end) or (hit.concept, hit.start) in seen:
            continue
        seen.add((hit.concept, hit.start))
        kind = "PORT" if hit.section == "ports" else "ELEMENT" if hit.concept in _ELEMENTS else hit.concept.upper()
        yield Item(kind, hit.concept.lower(), hit.start, hit.end, hit.rule)


def _with_breaks(text: str, items: Sequence[Item]) -> Iterator[Item]:
    previous: Item | None = None
    for item in items:
        if previous is not None:
            if item.start < previous.end and item.kind in {previous.kind, "VERSION"} - {"PORT"}:
                continue
            gap = text[previous.end : item.start]
            if _is_gap(gap) or (previous.kind == item.kind == "ELEMENT" and "," in gap and _count_letters(gap) > _JOINER):
                yield Item("BREAK", "", previous.end, item.start, "")
            elif item.kind == "DIGIT" and len(gap) > 1:
                continue
        yield item._replace(kind="NUMBER") if item.kind == "DIGIT" else item
        previous = item


def _is_gap(gap: str) -> bool:
    return any(mark in gap for mark in _ENDS) or _count_letters(gap) > _WORDS_BETWEEN


def _count_letters(text: str) -> int:
    letters = letters_of(text)
    return len(letters) - letters.count(" ")
