"""Open licences that are not Creative Commons': by SPDX identifier, and by name with version.

The list of identifiers is the SPDX list, as the ``license-expression`` library carries it; the names stand in the locales.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from license_expression import get_license_index
from msgspec import Struct

from normalizers.folding import is_unspaced
from normalizers.reading import Query
from normalizers.results import Evidence, Issue, License, Method
from normalizers.rights.model import LATER, Reading
from normalizers.rights.spans import Spans
from normalizers.terms import Found, Hit, Hits, longest, spread
from normalizers.vocabularies import Concept, Vocabulary

_TOKEN = re.compile(r"(?<![\w.+-])[A-Za-z][A-Za-z0-9]*(?:[-.][A-Za-z0-9]+)*\+?")
_PAGE = re.compile(r"(?:[.-](?:html?|txt|json|php|md|rst|[a-z]{2}|standalone|license))+$", re.IGNORECASE)
_VERSION = re.compile(r"(?<![0-9])(?<![0-9]\.)(?P<major>\d)(?:[.,٫]?(?P<minor>\d))?(?:\.0)?(?![0-9])(?P<later>\+| ?plus\b)?")
_SENTENCE_END = re.compile(r"(?<!v)(?<!ver)\. ")
_REACH = 110
_NEAR = 44
_AT_LEAST = frozenset(">≥")
_BEFORE = 60
_DENIAL = 8
_ACRONYM = 3
_VERSIONED = re.compile(r"[\s,(_>=≥-]*+(?:v|ver|version)?[\s.]*\d", re.IGNORECASE)
_BOUND = re.compile(rf"-(?:only|{LATER})$|\+$", re.IGNORECASE)
_JOINED = re.compile(r"(?<![^\W\d_])[^\W\d_]+$")
_BESIDE = re.compile(r"[\s,.(v>=≥-]*")
# What names a licence right after it: the address of a list, the tag of SPDX in a file of source code.
_NAMED_BY = re.compile(r"/licen[cs]es/$|licenses#$|spdx.license.identifier:\s*$", re.IGNORECASE)
_LISTS = ("/licenses/", "licenses#", "License-Identifier")
_YEAR = re.compile(r"(?<![0-9])(?:1[89]|20)[0-9]{2}(?![0-9])")
_DATE = 16
_REFERENCE = "licenseref-"
_LONGEST_IDENTIFIER = 120
"""Characters with the ending of a page; the longest of the SPDX list has 36."""


class OtherLicenses:
    """Reads licences by the vocabulary ``other-licenses`` and the SPDX list. Immutable."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._versioned = frozenset(key.upper() for key, concept in vocabulary.concepts.items() if concept.properties.get("versions"))
        self._own = dict(_own_identifiers(vocabulary))
        own = {concept.identifier.casefold(): concept.identifier for concept in vocabulary.concepts.values()}
        # Licenses without an SPDX identifier are answered by a reference, which must be read as itself.
        self._spdx: Mapping[str, str] = {**_spdx_identifiers(), **{name: own[name] for name in own if name.startswith(_REFERENCE)}}

    def read(self, query: Query, hits: Hits) -> Iterator[Reading]:
        """Yield a reading for every identifier and every name."""
        others = hits.spread("other_licenses")
        may_identify = _may_identify(query.text)
        if not (others or may_identify):
            return
        later = _later(hits)
        found = list(self._identifiers(query, later)) if may_identify else []
        yield from found
        if not others:
            return
        taken = Spans((item.start, item.end) for reading in found for item in reading.evidence)
        words = _spans(hits.found, "license")
        marks = _Marks(_spans(later, "or_later"), _spans(hits.found, "version"))
        named = [hit for hit in longest(others) if self._is_name(query, hit, words)]
        for hit, following in pairwise([*named, None]):
            if hit is not None and not taken.touch(*query.folded.span(hit.start, hit.end)):
                yield self._reading(query, hit, following.start if following else len(query.folded.text), marks)

    def resolve(self, reading: Reading) -> tuple[License, tuple[Issue, ...]]:
        """Give the licence that a reading names, with its SPDX identifier where its version is known."""
        concept = self.vocabulary.concepts.get(reading.unit)
        if concept is None:
            return License(reading.unit, _page(reading.unit), reading.unit), reading.issues
        versions = concept.properties.get("versions", "").split()
        page = concept.properties.get("page")
        template = concept.properties.get("spdx")
        if not concept.properties:
            issue = Issue("license_incomplete", f"{concept.key} is a family of licences, and the text does not say which")
            return License(concept.identifier), (*reading.issues, issue)
        if not versions:
            return License(concept.identifier, page or (_page(template) if template else None), template), reading.issues
        if reading.version not in versions:
            code = "version_missing" if reading.version is None else "version_impossible"
            detail = "the text states no version" if reading.version is None else f"{concept.key} has no version {reading.version}"
            return License(concept.identifier), (*reading.issues, Issue(code, detail))
        suffix = "" if not concept.properties.get("later") else f"-{LATER}" if reading.port == LATER else "-only"
        spdx = f"{str(template).format(version=reading.version)}{suffix}"
        return License(spdx, page or _page(spdx), spdx, reading.version), reading.issues

    def is_kind_of(self, unit: str, other: str) -> bool:
        """Tell whether a licence is one of the kind that another name speaks of ("BSD 3-Clause" of "BSD")."""
        concept = self.vocabulary.concepts.get(unit)
        return concept is not None and other in concept.broader

    def members_of(self, unit: str) -> tuple[str, ...]:
        """Give the identifiers of the licences of a family that is no licence itself ("BSD"), in the order of the vocabulary."""
        return tuple(concept.identifier for concept in self.vocabulary.concepts.values() if unit in concept.broader)

    def _identifiers(self, query: Query, marks: Sequence[Hit]) -> Iterator[Reading]:
        """Yield a reading for every identifier: it has a hyphen, or stands alone, or in the address of a list of licences."""
        alone = query.text.strip()
        listed = _is_listed(query.text)
        later = Spans(query.folded.span(hit.start, hit.end) for hit in marks)
        for match in _TOKEN.finditer(query.text):
            written = match.group()
            if len(written) > _LONGEST_IDENTIFIER or not ("-" in written or listed or alone.startswith(written)):
                continue
            short = _PAGE.sub("", written) if "-" in written or "." in written else written
            spdx = self._spdx.get(written.casefold()) or self._spdx.get(short.casefold())
            if spdx is None or short.upper() in self._versioned:
                continue
            stands = "-" in short or alone in {written, short} or _is_announced(query.text, match.start())
            if stands and not spdx.startswith("CC"):
                evidence = query.evidence(match.start(), match.end(), "spdx", spdx)
                more = not _BOUND.search(short) and later.touch(match.end(), match.end() + _NEAR)
                yield self._of_identifier(spdx, evidence, more=more)

    def _of_identifier(self, spdx: str, evidence: Evidence, *, more: bool) -> Reading:
        if spdx not in self._own:
            return Reading(spdx, Method.IDENTIFIER, (evidence,), other=True)
        concept, version = self._own[spdx]
        later = version and (spdx.endswith(LATER) or (more and concept.properties.get("later")))
        return Reading(concept.key, Method.IDENTIFIER, (evidence,), version, LATER if later else None, other=True)

    def _is_name(self, query: Query, hit: Hit, words: Spans) -> bool:
        return _is_name(query, hit, words, versions=hit.concept.upper() in self._versioned)

    def _reading(self, query: Query, hit: Hit, limit: int, marks: _Marks) -> Reading:
        concept = self.vocabulary.concepts[hit.concept]
        versions = concept.properties.get("versions", "").split()
        version, end, plus = _version_near(query.folded.text, hit, limit, marks.versions, versions) if versions else (None, hit.end, False)
        evidence = [query.folded_evidence(hit.start, hit.end, hit.rule, hit.concept)]
        between = query.text[query.folded.span(hit.start, hit.end)[1] : query.folded.span(hit.start, end)[1]]
        more = plus or not _AT_LEAST.isdisjoint(between) or marks.later.touch(max(0, hit.start - _BEFORE), end + _BEFORE)
        suffix = LATER if more and version and concept.properties.get("later") else None
        return Reading(concept.key, Method.NAME, tuple(evidence), version, suffix, other=True)


class _Marks(Struct, frozen=True):
    """Where the folded text says "or any later version", and where it says "version"."""

    later: Spans
    versions: Spans


def _is_listed(text: str) -> bool:
    return any(mark in text for mark in _LISTS)


def _may_identify(text: str) -> bool:
    """Tell whether a text can hold an identifier at all."""
    return "-" in text or " " not in text.strip() or _is_listed(text)


def _spans(places: Sequence[Hit] | Sequence[Found], concept: str) -> Spans:
    return Spans((place.start, place.end) for place in places if place.concept == concept)


def _later(hits: Hits) -> list[Hit]:
    """Find "or any later version"; "not any later version" is none."""
    found = spread(item for item in hits.found if item.concept == "or_later")
    tags = {hit.locale for hit in found}
    denials = [item for item in hits.found if item.concept == "not"] if found else []
    denied = {tag: Spans((item.start, item.end + _DENIAL) for item in denials if tag in item.locales) for tag in tags}
    return [hit for hit in found if not denied[hit.locale].touch(hit.start, hit.start + 1)]


def _page(spdx: str) -> str:
    return f"https://spdx.org/licenses/{spdx}.html"


def _is_name(query: Query, hit: Hit, words: Spans, *, versions: bool) -> bool:
    """Tell an acronym from a word: it stands alone, or beside a version, or in capitals beside the word for licence."""
    label = hit.label.strip("*")
    if len(label) > _ACRONYM or not label.isupper():
        return True
    begin, end = query.folded.span(hit.start, hit.end)
    alone = hit.start == 0 and query.text.strip() == query.text[begin:end]
    if alone or _is_announced(query.text, begin) or (versions and _VERSIONED.match(query.text, end)):
        return True
    return query.text[begin:end].isupper() and words.touch(max(0, hit.start - _NEAR), hit.end + _NEAR)


def _is_announced(text: str, place: int) -> bool:
    return _NAMED_BY.search(text[max(0, place - _NEAR) : place]) is not None


def _own_identifiers(vocabulary: Vocabulary) -> Iterator[tuple[str, tuple[Concept, str | None]]]:
    """Yield the identifiers of the licences of a vocabulary, each with its version; the first licence that has one comes last."""
    for concept in reversed([*vocabulary.concepts.values()]):
        yield from ((name, (concept, None)) for name in (concept.identifier, concept.properties.get("spdx")) if name)
        for version in reversed(concept.properties.get("versions", "").split()):
            stem = concept.properties["spdx"].format(version=version)
            yield from ((name, (concept, version)) for name in (stem, f"{stem}-only", f"{stem}-{LATER}"))


def _spdx_identifiers() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for entry in get_license_index():
        for key in [entry.get("spdx_license_key"), *entry.get("other_spdx_license_keys", ())]:
            if key and not key.startswith("LicenseRef"):
                found[key.casefold()] = entry["spdx_license_key"]
    return found


def _version_near(text: str, hit: Hit, limit: int, words: Spans, versions: Sequence[str]) -> tuple[str | None, int, bool]:
    """Find the version after a name, or else right before it ("version 3 of the ..."); other numbers near it are none."""
    for match in _VERSION.finditer(text, hit.start, min(limit, hit.end + _REACH)):
        if _SENTENCE_END.search(text, hit.end, match.start("major")):
            break
        if _spelled(match) in versions and _is_version(text, hit, match, words):
            return _spelled(match), match.end(), match["later"] is not None
    for match in reversed(list(_VERSION.finditer(text, max(0, hit.start - _BEFORE), hit.start))):
        if _spelled(match) in versions and _is_version(text, hit, match, words):
            return _spelled(match), hit.end, match["later"] is not None
    return None, hit.end, False


def _is_version(text: str, hit: Hit, match: re.Match[str], words: Spans) -> bool:
    """Tell a version from the day of a date and from the number of another name ("MPL2", "libc6")."""
    start, end = match.span()
    if start < hit.end and start >= hit.start:
        return True
    joined = _JOINED.search(text, max(0, start - _DATE), start)
    if joined and not joined.group().startswith("v") and not is_unspaced(text[start - 1]):
        return False
    if start >= hit.end and _BESIDE.fullmatch(text, hit.end, start):
        return True
    dated = _YEAR.search(text, end, end + _DATE) or _YEAR.search(text, max(0, start - _DATE), start)
    return not dated or joined is not None or words.touch(max(0, start - _DENIAL), start)


def _spelled(match: re.Match[str]) -> str:
    return f"{match['major']}.{match['minor'] or '0'}"
