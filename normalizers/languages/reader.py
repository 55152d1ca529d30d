"""Reads which languages a text names: by code, tag, address or name, several in one text, with none lost."""

from __future__ import annotations

from msgspec import Struct

from normalizers.folding import fold_key
from normalizers.languages.addresses import AddressReader
from normalizers.languages.answers import answer
from normalizers.languages.bare_codes import LONGEST_CODE, BareCodeReader, without_edges
from normalizers.languages.code_lists import retirement
from normalizers.languages.codes import Code
from normalizers.languages.model import Part, Reading
from normalizers.languages.phrases import PhraseReader
from normalizers.languages.plausibility import doubt_the_odd
from normalizers.languages.resolution import NameReader
from normalizers.languages.tags import TagReader, TagReading
from normalizers.languages.tokens import Span, split_segments, trim
from normalizers.languages.words import LanguageWords
from normalizers.reading import Query
from normalizers.results import Evidence, Issue, Method, Result, Status, VocabularyStamp

LONGEST_TEXT = 2_000
"""Code points. A statement of languages is short; what is longer is something else, and would be searched in vain."""

_SHORTEST_NAME = 2
"""A lone letter stands for something else, though it may be a name; two letters in capitals do too."""


class LanguageReader(Struct, frozen=True):
    """Answers the field ``language`` with the shortest BCP 47 tags, in the order of the text.

    A name that two languages share is ambiguous unless the locale, the other values or far wider use decide; a country's code in
    place of a language's and a name with a wrong letter are mended and reported; words that no locale knows leave their part unread.
    """

    tags: TagReader
    names: NameReader
    words: LanguageWords
    phrases: PhraseReader
    addresses: AddressReader
    bare_codes: BareCodeReader
    stamp: VocabularyStamp

    @property
    def field(self) -> str:
        """Name of the field."""
        return "language"

    def read(self, query: Query) -> Result:
        """Read one text."""
        text = query.text
        code = self.bare_codes.quick(text, query.locale)
        if code is not None:
            return self._code(query, text, code)
        if len(text) > LONGEST_TEXT:
            return query.unmatched(Issue("too_long", f"a statement of languages has at most {LONGEST_TEXT:,} characters"))
        if query.locale is None and (known := self._recall(query, text)):
            return known
        return answer(query, self._parts(text, query.locale), self.tags.codes.names, self.stamp)

    def _code(self, query: Query, text: str, code: Code) -> Result:
        """Answer at once for a bare code, as four in five values of an aggregator are."""
        evidence = (Evidence(0, len(text), text, "code", code.tag),)
        issues = retirement(text, code) if code.retired else ()
        return Result(query.field, text, Status.MATCHED, (code.tag,), Method.CODE, issues=issues, evidence=evidence, vocabulary=self.stamp)

    def _recall(self, query: Query, text: str) -> Result | None:
        """Answer at once for a text that is a name and nothing else, and cannot be a code, where that name stands for one language."""
        key = query.key
        if key in self.words.roles or len(key) < _SHORTEST_NAME or (len(key) <= LONGEST_CODE and key.isascii()):
            return None
        bare = text.strip()
        named = self.names.recall(key, bare)
        if named is None:
            return None
        tag, locale = named.tag, named.locale
        start = text.find(bare)
        evidence = (Evidence(start, start + len(bare), bare, f"{locale}:language", tag),)
        return Result(
            query.field, text, Status.MATCHED, (tag,), Method.LABEL, locale, issues=named.issues, evidence=evidence, vocabulary=self.stamp
        )

    def _parts(self, text: str, locale: str | None) -> list[Part]:
        everything = trim(text, 0, len(text))
        whole = self._whole(text, everything, locale)
        if whole:
            return [whole]
        parts: list[Part] = []
        for span in split_segments(text):
            found = self._whole(text, span, locale) if span != everything else None
            parts.extend([found] if found else self.phrases.read(text, span, locale))
        return doubt_the_odd(parts, self.tags.codes)

    def _whole(self, text: str, span: Span, locale: str | None) -> Part | None:
        """Read a stretch that is one code, name, tag or address. Names go before tags: Aka-Bo is a language of the Andamans."""
        found = self.bare_codes.read(text, span, locale) or self._name(text, span, locale)
        return found or self._tag(text, span) or self.addresses.read(text, span)

    def _tag(self, text: str, span: Span) -> Part | None:
        bare = without_edges(text, span)
        found = self.tags.read(text[bare.start : bare.end])
        return Part(span.start, span.end, tuple(_tag_readings(bare, found))) if found else None

    def _name(self, text: str, span: Span, locale: str | None) -> Part | None:
        stretch = text[span.start : span.end]
        key = fold_key(stretch)
        if len(key) < _SHORTEST_NAME or self.words.role(key):
            return None
        if len(key) == _SHORTEST_NAME and key.isascii() and (stretch.isupper() or (stretch.islower() and self.tags.territory(key))):
            return None
        found = self.names.read(key, span.start, span.end, locale, spelling=stretch)
        return Part(span.start, span.end, (found,)) if found else None


def _tag_readings(span: Span, found: TagReading) -> list[Reading]:
    issues = [Issue(code, detail) for code, detail in (("deprecated_code", found.retired), ("repaired", found.repaired)) if detail]
    method = Method.REPAIR if found.repaired else Method.CODE
    if found.rival:
        reason = "a tag with a territory, or two codes"
        return [Reading(span.start, span.end, found.rival, method, "tag", issues=tuple(issues), reason=reason)]
    return [Reading(span.start, span.end, (tag,), method, "tag", issues=tuple(issues)) for tag in found.tags]
