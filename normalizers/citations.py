"""Reads citations: in which journal or book a work appeared, with volume, issue, article number, pages and date.

A citation is made of parts that words announce ("Vol. 14", "núm. 3", "pp. 1-9"), or that their place in a run of numbers tells
("14(6):1-9"). The words come from the locales. Each part claims its span of the text; what nothing claims is handed back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from normalizers.localedata import Locale
from normalizers.reading import Query, Reader
from normalizers.results import Evidence, Issue, Status
from normalizers.schemes import Identifier, check
from normalizers.wording import PhraseIndex, group_by_phrase, split_pieces


class Citation(Struct, frozen=True):
    """The parts of a citation; null where it does not state one.

    ``pages`` is a page or a range of pages with a hyphen ("1-9"). ``date`` is an EDTF date. ``issn``, ``isbn`` and ``doi`` are
    checked. ``evidence`` quotes the span of the text that each part was read from (its ``rule`` ends in the name of the part, as
    in "ca:citation_parts.volume"). ``leftover`` is the text that no part was read from.
    """

    text: str
    title: str | None = None
    volume: str | None = None
    issue: str | None = None
    article: str | None = None
    pages: str | None = None
    date: str | None = None
    issn: str | None = None
    isbn: str | None = None
    doi: str | None = None
    evidence: tuple[Evidence, ...] = ()
    leftover: str = ""
    issues: tuple[Issue, ...] = ()


class _Claim(Struct, frozen=True):
    """A span of the text and the part that was read from it; a part without a name is only used up."""

    start: int
    end: int
    part: str
    value: str
    rule: str


class _Label(Struct, frozen=True):
    part: str
    locale: str
    before: bool


_DASH = r"\s?[-\u2010-\u2015\u2212]\s?"
_NUMBER = r"\d+[A-Za-z]?"
_PAGE = r"[A-Za-z]{0,2}\d+[A-Za-z]?"
_PAGES = rf"{_PAGE}(?:{_DASH}{_PAGE})?(?:\s?,\s?\d+{_DASH}\d+)*|[ivxlc]+(?:{_DASH}[ivxlc]+)?\b"
_VALUES: Mapping[str, re.Pattern[str]] = {
    "volume": re.compile(rf"{_NUMBER}(?:(?:{_DASH}|\s?/\s?){_NUMBER})?|[IVXLCDM]+\b"),
    "issue": re.compile(rf"S?{_NUMBER}(?:(?:{_DASH}|\s?[/&]\s?){_NUMBER})?|[IVXLCDM]+\b"),
    "pages": re.compile(_PAGES),
    "article": re.compile(r"[A-Za-z]{0,4}[-.]?\d[\w.-]*\w|[A-Za-z]{0,4}\d"),
}
_LEAD = re.compile(r"[\s.:=°º#\[(]{0,4}")
_NUMBER_BEFORE = re.compile(rf"(?<!\d)(?P<value>{_NUMBER})\s?[.ªº]?\s?$")
_IDENTIFIERS = (
    ("issn", re.compile(r"\b(?:[ep][- ]?)?ISSN(?:-L)?[\s:.]*(?P<value>\d{4}[- ]?\d{3}[\dX])\b", re.IGNORECASE)),
    ("isbn", re.compile(r"\bISBN(?:-1[03])?[\s:.]*(?P<value>(?:97[89][- ]?)?\d(?:[- ]?\d){8}[- ]?[\dX])\b", re.IGNORECASE)),
    ("doi", re.compile(r"(?:\bdoi[\s:.]*|https?://(?:dx\.)?doi\.org/)*(?P<value>10\.\d{4,9}/[^\s,;]+)", re.IGNORECASE)),
)
_COMPACT = (
    # volume, issue in parentheses, pages: 14(6):1-9
    re.compile(
        rf"(?<![\w-])(?P<volume>{_NUMBER})\s?\((?P<issue>(?!(?:1[5-9]|20)\d\d\))[\w./&-]{{1,12}}(?:\s\d{{1,3}})?)\)"
        rf"(?:\s?[:,;]\s?(?P<pages>{_PAGES})(?![\w-]))?"
    ),
    # volume and pages with a colon
    re.compile(rf"(?<![\w:-])(?P<volume>{_NUMBER})\s?:\s?(?P<pages>{_PAGES})(?![\w:-])"),
    # volume and pages with a comma, after the title
    re.compile(rf"(?<=[^\d\s]\s)(?P<volume>{_NUMBER}),\s(?P<pages>\d+{_DASH}\d+)(?![\w-])"),
    # a number before a year in parentheses
    re.compile(rf"(?<![\w-])(?P<volume>{_NUMBER})\s?(?=\((?:1[5-9]|20)\d\d\))"),
)
_YEAR = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)")
_CHUNK = re.compile(r"[^,;()\[\]]+")
_EDGES = " \t\r\n,;:()[]-\u2013\u2014/|"
_OPENINGS = frozenset({"in"})
_LONG_TITLE = 120


class CitationReader:
    """Reads citations with the words of all locales; ``dates`` reads what stands for a date in them."""

    def __init__(self, locales: Mapping[str, Locale], dates: Reader) -> None:
        self._dates = dates
        labels = group_by_phrase(
            (label.text.replace("#", " "), _Label(part, locale.tag, label.text.startswith("#")))
            for locale in locales.values()
            for part, label in locale.labels("citation_parts")
        )
        self._labels = PhraseIndex({key: tuple(entries) for key, entries in labels.items()})

    def read(self, text: str, locale: str | None = None) -> Citation:
        """Read one citation; ``locale`` is the tag of its language, where the caller knows."""
        claims: list[_Claim] = []
        issues: list[Issue] = []
        for claim in _identifiers(text, issues):
            _add(claims, claim)
        for claim in self._labelled(text):
            _add(claims, claim)
        for claim in _compact(text):
            if claim.part not in {known.part for known in claims}:
                _add(claims, claim)
        for claim in self._dated(text, claims, locale):
            _add(claims, claim)
        title = _title(text, claims)
        if title:
            _add(claims, title)
        return _citation(text, sorted(claims, key=lambda claim: claim.start), tuple(issues))

    def _labelled(self, text: str) -> Iterator[_Claim]:
        """Find the parts that a word announces; the number stands after it, or before where the locale says so."""
        pieces = split_pieces(text)
        for index, after, labels in self._labels.walk(pieces):
            start, end = pieces[index].start, pieces[after - 1].end
            for label in labels or ():
                claim = _value_before(text, start, end, label) if label.before else _value_after(text, start, end, label)
                if claim:
                    yield claim
                    break

    def _dated(self, text: str, claims: list[_Claim], locale: str | None) -> Iterator[_Claim]:
        """Find a date in what is left between punctuation, the largest piece first."""
        for start, end in _gaps(text, claims):
            for chunk in _CHUNK.finditer(text, start, end):
                piece = chunk[0].strip(_EDGES + ".")
                if not _YEAR.search(piece):
                    continue
                begin = chunk.start() + chunk[0].index(piece)
                for offset in _date_starts(piece):
                    result = self._dates.read(Query("date", piece[offset:], locale))
                    if result.status is Status.MATCHED and len(result.identifiers) == 1:
                        yield _Claim(begin + offset, begin + len(piece), "date", result.identifiers[0], "date")
                        return


def _add(claims: list[_Claim], claim: _Claim) -> None:
    """Add a claim, unless its part has been read or its span is taken."""
    taken = any(claim.start < known.end and known.start < claim.end for known in claims)
    if not taken and not any(claim.part == known.part for known in claims if claim.part):
        claims.append(claim)


def _identifiers(text: str, issues: list[Issue]) -> Iterator[_Claim]:
    for scheme, pattern in _IDENTIFIERS:
        for found in pattern.finditer(text):
            value = found["value"].rstrip(".)") if scheme == "doi" and "(" not in found["value"] else found["value"].rstrip(".")
            read = check(scheme, value)
            if isinstance(read, Identifier):
                yield _Claim(found.start(), found.start("value") + len(value), scheme, read.value, scheme)
            else:
                issues.append(Issue("invalid_identifier", f"{read.value!r} looks like an identifier of {scheme}, but {read.reason}"))
                yield _Claim(*found.span(), "", "", scheme)


def _value_after(text: str, start: int, end: int, label: _Label) -> _Claim | None:
    if label.part in _OPENINGS:
        # "In Vitro ..." is the name of a journal: a single word opens a citation only with a colon.
        opens = not text[:start].strip(_EDGES) and (text[end : end + 1] == ":" or " " in text[start:end])
        return _Claim(start, end, "", "", f"{label.locale}:citation_parts.{label.part}") if opens else None
    pattern = _VALUES.get(label.part)
    lead = _LEAD.match(text, end)
    found = pattern.match(text, lead.end() if lead else end) if pattern else None
    if found is None or (label.part == "article" and not text[:start].strip(_EDGES)):
        return None
    return _Claim(start, found.end(), label.part, _plain(found[0]), f"{label.locale}:citation_parts.{label.part}")


def _value_before(text: str, start: int, end: int, label: _Label) -> _Claim | None:
    found = _NUMBER_BEFORE.search(text, 0, start)
    if found is None or label.part not in _VALUES:
        return None
    return _Claim(found.start(), end, label.part, found["value"], f"{label.locale}:citation_parts.{label.part}")


def _compact(text: str) -> Iterator[_Claim]:
    for pattern in _COMPACT:
        found = pattern.search(text)
        if found is None:
            continue
        for part, value in found.groupdict().items():
            if part == "pages" and value and value[0].isalpha() and value[-1].isdecimal() and not re.search(_DASH, value):
                yield _Claim(*found.span(part), "article", value, "numbers:article")
            elif value and not (part == "pages" and _YEAR.fullmatch(value)):
                yield _Claim(*found.span(part), part, _plain(value), f"numbers:{part}")
        return


def _plain(value: str) -> str:
    """Write ranges with a bare hyphen."""
    return re.sub(_DASH, "-", value.strip())


def _gaps(text: str, claims: Iterable[_Claim]) -> Iterator[tuple[int, int]]:
    """Give the stretches that nothing claims, in the order of the text."""
    position = 0
    for claim in sorted(claims, key=lambda claim: claim.start):
        if position < claim.start:
            yield position, claim.start
        position = max(position, claim.end)
    if position < len(text):
        yield position, len(text)


def _date_starts(piece: str) -> tuple[int, ...]:
    """A date may end a piece that begins with the title ("Nature 2012"): try the whole, then each word on."""
    return (0, *(found.end() for found in re.finditer(r"[\s.]+", piece)))


def _title(text: str, claims: list[_Claim]) -> _Claim | None:
    """Take what stands before the first part as the title of the journal or book."""
    start = 0
    for claim in sorted(claims, key=lambda claim: claim.start):
        if text[start : claim.start].strip(_EDGES):
            break
        start = claim.end
    end = min((claim.start for claim in claims if claim.start >= start), default=len(text))
    title = text[start:end].strip(_EDGES) if end > start else ""
    if title.endswith(".") and "." not in title[:-1] and len(title.split()[-1]) > len("Proc."):
        title = title[:-1]
    if not any(map(str.isalpha, title)):
        return None
    begin = text.index(title, start)
    return _Claim(begin, begin + len(title), "title", title, "place:title")


def _citation(text: str, claims: list[_Claim], issues: tuple[Issue, ...]) -> Citation:
    values = {claim.part: claim.value for claim in claims if claim.part}
    rest = (text[start:end].strip(_EDGES + ".") for start, end in _gaps(text, claims))
    if len(values.get("title", "")) > _LONG_TITLE:
        issues = (*issues, Issue("title_uncertain", "the title may hold more than the name of a journal or book"))
    return Citation(
        text=text,
        evidence=tuple(
            Evidence(claim.start, claim.end, text[claim.start : claim.end], claim.rule, claim.value) for claim in claims if claim.part
        ),
        leftover=" ".join(part for part in rest if any(map(str.isalnum, part))),
        issues=issues,
        **values,
    )
