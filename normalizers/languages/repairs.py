"""Mends what is nearly a language: the code of a country in place of its language's, a name with one letter wrong. Each is reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from normalizers.languages.model import Reading
from normalizers.languages.resolution import NameReader
from normalizers.languages.tags import TagReader
from normalizers.languages.tokens import Token
from normalizers.languages.words import LanguageWords
from normalizers.results import Issue, Method
from normalizers.spelling import neighbours

SHORTEST_MISSPELLING = 6
"""Shorter words are within one letter of too many names of the world's seven thousand languages."""

_LONGEST_MISSPELLING = 40
"""Letters; the longest name of one word has 24. To try each letter of a much longer word takes the square of its length."""

_TWO, _THREE = 2, 3


class RepairReader(Struct, frozen=True):
    """Knows the names of languages, and the one official language of each country that has just one."""

    names: NameReader
    tags: TagReader
    words: LanguageWords
    official: Mapping[str, str]

    def read(self, text: str, tokens: Sequence[Token]) -> tuple[Reading, ...]:
        """Mend a part that was not understood, if it is one word; nothing where there is not exactly one way to do so."""
        if len(tokens) != 1:
            return ()
        found = self._country(text, tokens[0]) or self._misspelling(tokens[0])
        return (found,) if found else ()

    def _country(self, text: str, token: Token) -> Reading | None:
        word = text[token.start : token.end]
        if len(word) not in {_TWO, _THREE} or not (word.isascii() and word.isalpha()):
            return None
        if not word.isupper() and (token.key in self.names.index or self.words.role(token.key)):
            return None
        territory = self.tags.territory(word)
        language = self.official.get(territory or "")
        if not language:
            return None
        issue = Issue("repaired", f"{word} is no code of a language but of a country ({territory}); its official language is {language}")
        return Reading(token.start, token.end, (language,), Method.REPAIR, "country", issues=(issue,))

    def _misspelling(self, token: Token) -> Reading | None:
        """Read a name with one letter wrong, missing, doubled or swapped, if all names within that reach name one and the same.

        That one has a code of ISO 639-1, and is named so in two display languages, or in one that has a locale file.
        """
        if not (SHORTEST_MISSPELLING <= len(token.key) <= _LONGEST_MISSPELLING and token.key.isascii() and token.key.isalpha()):
            return None
        near = [key for key in neighbours(token.key) if len(key) >= SHORTEST_MISSPELLING and key in self.names.index]
        meanings = [meaning for key in near for meaning in self.names.index.meanings(key)]
        locales = {meaning.locale for meaning in meanings}
        is_known = len(locales) > 1 or not locales.isdisjoint(self.names.preferred)
        reading = self.names.read(min(near), token.start, token.end) if near else None
        if reading is None or not is_known or len({meaning.tag for meaning in meanings}) != 1 or len(reading.tags[0]) > _TWO:
            return None
        return replace(reading, method=Method.REPAIR, issues=(Issue("repaired", f"read as {min(near)!r}"),))
