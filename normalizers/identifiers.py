"""Reads the identifiers of works and persons: checked, in one canonical spelling, with their address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from normalizers.reading import Query
from normalizers.results import Candidate, Issue, Method, Result, Status
from normalizers.schemes import Broken, Identifier, check, guesses, label_starts, recognize, scheme_named, split_label

_SEPARATORS = re.compile(r"(?:(?<!\s)\s*)?[;|\n]\s*|,\s+|(?<!\s)(?:\s+(?=(?:https?://|10\.\d{4,9}/))|\s+/\s+)")
_QUALIFIER = re.compile(r"(?<!\s)\s*(?:\([^()]*\)|\s\[[^\[\]]*\])\s*[.,:;]*$")
# Terms of availability, as ISBD and MARC write them behind the number of a book: "978-3-16-148410-0 (hbk.) : EUR 29.90".
_PRICE = re.compile(r"(?<!\s)\s+:\s+(?:[A-Za-z]{1,4}\.?\s?)?[$£¥€]?\s?\d[\d.,]*(?:\s?(?:[A-Za-z]{1,4}\.?|[$£¥€]))?[.,;]?$")
_ADDRESS = re.compile(r"://|(?:^|\s)(?:[a-z-]+\.)+[a-z]{2,6}/", re.IGNORECASE)
_NUMBER = re.compile(r"[1-9]\d{4,7}")
LONGEST_TEXT = 20_000
"""Code points. That is a list of some six hundred; what is longer is something else, and would be searched in vain."""

_GENERIC = frozenset({"url", "purl"})


class _Part(Struct, frozen=True):
    """A piece of the text, where it stands, and what it was read as."""

    start: int
    end: int
    reading: Identifier | Broken | None


class IdentifierReader:
    """Reads one identifier or a list of them.

    Each is told by its label, its address, or its form and check digit, and answered as ``scheme:value`` (or as the value alone,
    where that starts with the name of its scheme, as a URN does). What has the form of an identifier and fails its check is not
    answered, but reported as ``invalid_identifier``.
    """

    field: Final = "identifier"

    def read(self, query: Query) -> Result:
        """Read a text whose scheme nobody stated."""
        return self._read(query, None)

    def read_as(self, text: str, scheme: str = "") -> Result:
        """Read a text that stands in a place for identifiers of one scheme, such as a line labelled "PMID".

        ``scheme`` is a scheme's name or label, in any case. Where the text is plainly of another scheme, that is answered, with the
        issue ``other_scheme``. A scheme that is not known counts as none.
        """
        name = scheme_named(scheme)
        return self._read(Query(self.field, text), None if name in _GENERIC else name)

    def _read(self, query: Query, hint: str | None) -> Result:
        if len(query.text) > LONGEST_TEXT:
            return query.unmatched(Issue("too_long", f"a list of identifiers has at most {LONGEST_TEXT:,} characters"))
        parts: tuple[_Part, ...] = (_whole(query.text, hint),)
        if not isinstance(parts[0].reading, Identifier):
            several = tuple(_split(query.text, hint))
            if any(isinstance(part.reading, Identifier) for part in several):
                parts = several
        found = [(part, part.reading) for part in parts if isinstance(part.reading, Identifier)]
        return _matched(query, parts, found, hint) if found else _unread(query, parts[0].reading)


def _whole(text: str, hint: str | None) -> _Part:
    return _Part(0, len(text), _reading(text, hint))


def _reading(text: str, hint: str | None) -> Identifier | Broken | None:
    if hint is None:
        return recognize(text)
    hinted = check(hint, text)
    if isinstance(hinted, Identifier):
        return hinted
    other = recognize(text)
    return other if isinstance(other, Identifier) else hinted


def _split(text: str, hint: str | None) -> Iterator[_Part]:
    """Read the pieces of a list; a label holds for the pieces after it until the next one."""
    for start, end in _pieces(text):
        piece = _PRICE.sub("", text[start:end])
        qualifier = _QUALIFIER.search(piece)
        if qualifier and qualifier.start() > 0:
            piece = piece[: qualifier.start()]
        if scheme_named(piece):
            hint = scheme_named(piece)
            continue
        label, _ = split_label(piece)
        reading = _reading(piece, None if label else hint)
        hint = label or hint
        yield _Part(start, start + len(piece), reading)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    cuts = [(found.start(), found.end()) for found in _SEPARATORS.finditer(text)]
    cuts += [(place, place) for place in label_starts(text)]
    for cut_start, cut_end in [*sorted(cuts), (len(text), len(text))]:
        if any(map(str.isalnum, text[start:cut_start])):
            yield start, cut_start
        start = max(start, cut_end)


def _matched(query: Query, parts: Sequence[_Part], found: Sequence[tuple[_Part, Identifier]], hint: str | None) -> Result:
    issues = [issue for part in parts for issue in _issues(query, part, hint)]
    by_canonical = {reading.canonical: reading for _, reading in found}
    addressed = all(_ADDRESS.search(query.text[part.start : part.end]) for part, _ in found)
    return Result(
        field=query.field,
        text=query.text,
        status=Status.MATCHED,
        identifiers=tuple(by_canonical),
        method=Method.URL if addressed else Method.IDENTIFIER,
        issues=tuple(issues),
        evidence=tuple([query.evidence(part.start, part.end, reading.scheme, reading.canonical) for part, reading in found]),
        details=_details(tuple(by_canonical.values())),
    )


def _issues(query: Query, part: _Part, hint: str | None) -> Iterator[Issue]:
    piece, reading = query.text[part.start : part.end].strip(), part.reading
    if isinstance(reading, Broken):
        yield _invalid(reading)
    elif reading is None:
        yield Issue("unread_part", f"{piece!r} is no identifier")
    else:
        if reading.remark:
            yield Issue("repaired", f"{piece!r}: {reading.remark}")
        if hint and hint != reading.scheme and not reading.scheme.startswith(f"{hint}:"):
            yield Issue("other_scheme", f"{piece!r} stands for an identifier of {hint} and is one of {reading.scheme}")
        if reading.scheme == "issn" and hint is None and piece.isdecimal():
            yield Issue("scheme_not_stated", f"{piece!r} passes the check of an ISSN; nothing else says that it is one")


def _details(readings: tuple[Identifier, ...]) -> MappingProxyType[str, Any]:
    members = tuple(MappingProxyType({"scheme": item.scheme, "value": item.value, "uri": item.uri}) for item in readings)
    return members[0] if len(members) == 1 else MappingProxyType({"identifiers": members})


def _unread(query: Query, reading: Identifier | Broken | None) -> Result:
    if isinstance(reading, Broken):
        kept = MappingProxyType({"scheme": reading.scheme, "value": reading.value, "uri": None})
        return replace(query.unmatched(_invalid(reading)), details=kept)
    number = query.text.strip()
    if _NUMBER.fullmatch(number):
        candidate = Candidate(f"pmid:{number}", "PubMed identifier", "any number of this length may be one")
        return query.ambiguous((candidate,), Issue("scheme_not_stated", f"{number!r} is a number without a scheme"))
    candidates = tuple(Candidate(found.canonical, found.scheme, "it has the form of one") for found in guesses(number))
    if candidates:
        return query.ambiguous(candidates, Issue("scheme_not_stated", f"only the form of {number!r} says what it may be"))
    return query.unmatched()


def _invalid(reading: Broken) -> Issue:
    return Issue("invalid_identifier", f"{reading.value!r} looks like an identifier of {reading.scheme}, but {reading.reason}")
