"""Reads a text as statements, a statement as facets: each label found, where, and what was left unread.

A statement is first looked up whole. Else its pieces are, those between slashes, commas, brackets, dashes; and where that leaves
something, labels are laid over its words from left to right, the longest first. A piece counts only if it is covered from end to end,
save for little words and numbering: a label in the middle of other words may mean anything ("Thesis Type", "Art Print"). Only what a
locale lists as a word that ends or begins longer names ("Industry Risk Rating Report") is read beside words that are not understood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from normalizers.facets.index import FacetIndex
from normalizers.facets.labels import FacetLabel
from normalizers.facets.words import MOST_WORDS, Gap, Word, join_keys, lists, span_of_words, split_at, split_camel, split_words
from normalizers.localedata import LabelKind
from normalizers.reading import Query

_LONGEST_NUMBERING = 4
# Media types (RFC 6838) stand in type fields, but say what kind of file a work is in, not what kind of work it is.
_MEDIA_TYPE = re.compile(
    r"(application|audio|font|image|message|model|multipart|text|video)/[a-z0-9][\w.+-]*(\s*;\s*[\w.-]+=.*)?", re.ASCII
)
# Lists of search results count what they hold: "Article (12)", "Tesis [1.204]".
_COUNT = re.compile(r"[(\[（]\s*\d[\d\s.,'’]*[)\]）]")


class Finding(Struct, frozen=True):
    """A label of one facet at a span of the text; ``piece`` counts the pieces of its statement."""

    label: FacetLabel
    start: int
    end: int
    piece: int = 0


class Statement(Struct, frozen=True):
    """What one part of a list says, and the spans of it that were not understood."""

    findings: tuple[Finding, ...] = ()
    unread: tuple[tuple[int, int], ...] = ()


class FacetReading(Struct, frozen=True):
    """A whole text, statement by statement; ``mended`` is the label that a misspelling was read as."""

    statements: tuple[Statement, ...]
    mended: str | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, in the order of the text."""
        if len(self.statements) == 1:
            return self.statements[0].findings
        return tuple(finding for statement in self.statements for finding in statement.findings)

    @property
    def unread(self) -> tuple[tuple[int, int], ...]:
        """All spans that were not understood."""
        return tuple(span for statement in self.statements for span in statement.unread)

    def of(self, section: str) -> tuple[Finding, ...]:
        """The findings of one facet."""
        return tuple(finding for finding in self.findings if finding.label.section == section)


def read_facets(query: Query, index: FacetIndex) -> FacetReading:
    """Read every facet that a text states."""
    is_media_type = "/" in query.text and _is_media_type(query, index)
    label = () if is_media_type else _read_label(query, index)
    if label:
        return FacetReading((Statement(label),))
    words = _without_counts(split_words(query.folded), query.text)
    if len(words) > MOST_WORDS or is_media_type:
        return FacetReading((Statement(unread=((words[0].start, words[-1].end),)),))
    return FacetReading(tuple(_read_statement(part, query, index) for part in split_at(words, Gap.STATEMENT)))


def read_misspelt(query: Query, index: FacetIndex, section: str) -> FacetReading | None:
    """Read a text that is nothing but a misspelt label of one facet; None where it is none, or may be several."""
    found = index.nearest(query.key, section, query.locale)
    if found is None:
        return None
    spelling, label = found
    return FacetReading((Statement((Finding(label, *span_of_words(query)),)),), mended=spelling)


def _without_counts(words: Sequence[Word], text: str) -> Sequence[Word]:
    """Leave out numbers in brackets of their own, unless there is nothing else."""
    counts = [found.span() for found in _COUNT.finditer(text)]
    if not counts:
        return words
    return tuple(word for word in words if not any(start < word.start < end for start, end in counts)) or words


def _is_media_type(query: Query, index: FacetIndex) -> bool:
    """Tell a media type from a code that is written like one ("image/photo")."""
    return _MEDIA_TYPE.fullmatch(query.text.strip()) is not None and not index.lookup_term(query.key, query.locale)


def _read_label(query: Query, index: FacetIndex) -> tuple[Finding, ...]:
    """Read a text that is one label from end to end, as most are: it need not be cut into words."""
    labels = index.lookup(query.key, query.locale)
    if not labels or lists(query.text):
        return ()
    start, end = span_of_words(query)
    return tuple([Finding(label, start, end) for label in labels])


def _read_statement(words: Sequence[Word], query: Query, index: FacetIndex) -> Statement:
    whole = _read_whole(words, index, query.locale)
    span = words[0].start, words[-1].end
    if whole or "://" in query.text[span[0] : span[1]]:
        # The words in an address that is of no known scheme name a place, not what is kept there.
        return Statement(whole) if whole else Statement(unread=(span,))
    rows = tuple(split_at(words, Gap.PIECE))
    pieces = [_read_piece(row, number, index, query.locale) for number, row in enumerate(rows)]
    if not any(piece.unread for piece in pieces):
        return _merge(pieces)
    for row in (words, split_camel(words, query.text)):
        across = _cover(row, 0, index, query.locale)
        if across.findings and not across.unread:
            return across
    for number, row in enumerate(rows):
        if pieces[number].unread:
            pieces[number] = _read_edges(row, number, index, query.locale) or pieces[number]
    # A label between two pieces that say nothing is chance: a word of a name, a part of an address.
    return _merge(pieces) if pieces[0].findings or pieces[-1].findings else Statement(unread=(span,))


def _read_whole(words: Sequence[Word], index: FacetIndex, locale: str | None) -> tuple[Finding, ...]:
    return tuple(Finding(label, words[0].start, words[-1].end) for label in index.lookup_term(join_keys(words), locale))


def _read_piece(words: Sequence[Word], number: int, index: FacetIndex, locale: str | None) -> Statement:
    span = words[0].start, words[-1].end
    exact = tuple(Finding(label, *span, number) for label in index.lookup_term(join_keys(words), locale) if _is_shown(label))
    covered = Statement(exact) if exact else _cover(words, number, index, locale)
    return covered if covered.findings and not covered.unread else Statement(unread=(span,))


def _read_edges(words: Sequence[Word], number: int, index: FacetIndex, locale: str | None) -> Statement | None:
    """Read a piece that holds more than labels by the word that ends or begins it, or by the word that ends its last compound."""
    return _read_end(words, number, index, locale) or _read_compound(words, number, index, locale)


def _read_end(words: Sequence[Word], number: int, index: FacetIndex, locale: str | None) -> Statement | None:
    """Read the label at the end or the beginning of a longer name, if a locale says that such a word tells what the name is of."""
    for size in range(min(len(words) - 1, index.longest), 0, -1):
        for row, rest, markers in ((words[-size:], words[:-size], index.ends), (words[:size], words[size:], index.begins)):
            key = join_keys(row)
            marked = _is_marked(key, markers, at_end=markers is index.ends)
            labels = tuple(label for label in index.lookup(key, locale) if _is_shown(label)) if marked else ()
            if labels:
                found = tuple(Finding(label, row[0].start, row[-1].end, number) for label in labels)
                return Statement(found, ((rest[0].start, rest[-1].end),))
    return None


def _read_compound(words: Sequence[Word], number: int, index: FacetIndex, locale: str | None) -> Statement | None:
    """Read a compound that stands last by the word that ends it."""
    last = words[-1]
    end = index.end_of_compound(last.key)
    labels = tuple(label for label in index.lookup(end, locale) if _is_shown(label)) if end else ()
    if not labels:
        return None
    rest = ((words[0].start, words[-2].end),) if len(words) > 1 else ()
    return Statement(tuple(Finding(label, last.start, last.end, number) for label in labels), rest)


def _is_marked(key: str, markers: frozenset[str], *, at_end: bool) -> bool:
    """Tell whether a key is a marker, or ends or begins with one and a space."""
    words = key.split(" ")
    edges = (words[place:] if at_end else words[: place + 1] for place in range(len(words)))
    return any(" ".join(edge) in markers for edge in edges)


def _cover(words: Sequence[Word], piece: int, index: FacetIndex, locale: str | None) -> Statement:
    findings: list[Finding] = []
    unread: list[tuple[int, int]] = []
    position = 0
    while position < len(words):
        size, labels = _longest_label(words[position : position + index.longest], index, locale)
        row = words[position : position + max(size, 1)]
        piece += position > 0 and row[0].gap >= Gap.PIECE
        findings.extend(Finding(label, row[0].start, row[-1].end, piece) for label in labels)
        if not labels and not (row[0].key in index.joining or _is_numbering(row[0], position)):
            unread.append((row[0].start, row[0].end))
        position += len(row)
    return Statement(tuple(findings), tuple(unread))


def _longest_label(words: Sequence[Word], index: FacetIndex, locale: str | None) -> tuple[int, tuple[FacetLabel, ...]]:
    for size in range(len(words), 0, -1):
        labels = tuple(label for label in index.lookup(join_keys(words[:size]), locale) if _is_shown(label))
        if labels:
            return size, labels
    return 0, ()


def _is_shown(label: FacetLabel) -> bool:
    """Tell whether a label may be read beside other words; codes and misspellings may not, they are too short for it."""
    return any(entry.kind is not LabelKind.HIDDEN for entry in label.entries)


def _is_numbering(word: Word, position: int) -> bool:
    return position == 0 and len(word.key) <= _LONGEST_NUMBERING and any(map(str.isdigit, word.key))


def _merge(statements: Sequence[Statement]) -> Statement:
    return Statement(
        tuple(finding for statement in statements for finding in statement.findings),
        tuple(span for statement in statements for span in statement.unread),
    )
