"""Reads a stretch that is one bare code, and decides where it is spelt like a name or like the code of a country."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from msgspec import Struct
from msgspec.structs import replace

from normalizers.languages.code_lists import retirement
from normalizers.languages.codes import Code
from normalizers.languages.model import Part, Reading
from normalizers.languages.names import Authority
from normalizers.languages.resolution import NameReader
from normalizers.languages.tags import TagReader
from normalizers.languages.tokens import Span
from normalizers.results import Issue, Method

LONGEST_CODE = 3

_EDGES = frozenset(" \t\r\n\u00a0.,;:()[]{}<>\"'|/")
_PRIVATE_USE = re.compile(r"q[a-t][a-z]", re.IGNORECASE)
_TWO_LETTERS = 2


class BareCodeReader(Struct, frozen=True):
    """Knows the codes, those of them that are spelt like names (``contested``), and the one official language of countries.

    ``overshadowed`` are the contested codes of languages that hardly anyone knows, spelt like the name of one that many know: where
    nothing else decides, a text that is nothing but such a word is not settled.
    """

    tags: TagReader
    names: NameReader
    contested: AbstractSet[str]
    overshadowed: AbstractSet[str]
    official: Mapping[str, str]

    def quick(self, text: str, locale: str | None) -> Code | None:
        """Find a code that needs no second thought."""
        code = self.tags.codes.get(text) if len(text) <= LONGEST_CODE else None
        if code is None or (locale is None and text.islower() and text not in self.overshadowed):
            return code
        if text.lower() in self.contested or (text.isupper() and not code.common):
            return None
        return code

    def read(self, text: str, span: Span, locale: str | None) -> Part | None:
        """Read a stretch that is a code, with the signs around it left out; None where it is none."""
        bare = without_edges(text, span)
        if bare.end - bare.start > LONGEST_CODE:
            return None
        word = text[bare.start : bare.end]
        code = self.tags.codes.get(word)
        if code is None:
            private = Issue("private_use_code", f"{word} means what the one who wrote it agreed upon with others")
            return Part(span.start, span.end, issues=(private,)) if _PRIVATE_USE.fullmatch(word) else None
        reading = Reading(bare.start, bare.end, (code.tag,), Method.CODE, "code", issues=retirement(word, code))
        if word.isupper():
            return Part(span.start, span.end, (self._or_other(word, code, reading),))
        if word.lower() in self.contested:
            reading = self._or_name(word, code, reading, locale)
        return Part(span.start, span.end, (reading,))

    def _or_other(self, word: str, code: Code, reading: Reading) -> Reading:
        """Doubt a little known code in capitals that is also a country's, or what a locale file calls another language.

        USA is Usarufa by ISO 639-3, ASL is Asilulu, and both are hardly ever meant so.
        """
        if code.common:
            return reading
        territory = self.tags.territory(word)
        if not territory:
            return self._or_named(word.lower(), reading)
        tags = [code.tag, self.official.get(territory, code.tag)]
        return replace(reading, tags=tuple(dict.fromkeys(tags)), reason=f"a code of ISO 639-3, or that of a country ({territory})")

    def _or_named(self, key: str, reading: Reading) -> Reading:
        name = self.names.read(key, reading.start, reading.end) if self.names.authority(key) is Authority.LOCALE_FILE else None
        if not name or name.tags == reading.tags:
            return reading
        tags = tuple(dict.fromkeys((*name.tags, *reading.tags)))
        return replace(reading, tags=tags, meanings=name.meanings, reason="a short name, or a code of ISO 639-3 that is spelt alike")

    def _or_name(self, word: str, code: Code, reading: Reading, locale: str | None) -> Reading:
        """Decide between a code and a name that is spelt alike: codes are not capitalized, names are in some languages only."""
        key = word.lower()
        name = self.names.read(key, reading.start, reading.end, locale)
        if not name or name.tags == reading.tags:
            return reading
        own = self.names.is_own(key, locale)
        if word.istitle() and (own or (name.settled and not code.common)):
            return name
        rare_name = code.common and len(word) == _TWO_LETTERS and self.names.authority(key) <= Authority.REGISTRY
        if locale is None and (word.islower() or rare_name) and word not in self.overshadowed:
            return reading
        tags = tuple(dict.fromkeys((code.tag, *name.tags)))
        return replace(reading, tags=tags, meanings=name.meanings, reason="a code, or a name that is spelt alike")


def without_edges(text: str, span: Span) -> Span:
    """Leave out the signs and spaces at both ends of a stretch."""
    start, end = span.start, span.end
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return Span(start, end)
