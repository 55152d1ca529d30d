"""Reads codes: one by one, in rows ("eng fre ger", "en es"), packed as in MARC ("engfre"), and beside a territory ("en us")."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from normalizers.languages.codes import Code
from normalizers.languages.cover import Kind
from normalizers.languages.model import Part, Reading
from normalizers.languages.tags import TagReader
from normalizers.languages.tokens import Gap, Token
from normalizers.languages.words import LanguageWords
from normalizers.results import Issue, Method

_TWO, _THREE = 2, 3
_MOST_PACKED = 8


class CodeListReader(Struct, frozen=True):
    """Reads words as codes where their shape and their neighbours allow it; a word of speech is none."""

    tags: TagReader
    words: LanguageWords

    def read(self, text: str, tokens: Sequence[Token]) -> Part | None:
        """Read a segment that consists of codes only; None where it does not."""
        if len(tokens) == 1:
            return self._packed(text, tokens[0])
        if any(token.gap is Gap.TIGHT for token in tokens[1:]):
            return None
        pair = None
        if len(tokens) == _TWO and tokens[1].opens:
            pair = self._with_bracketed_territory(text, tokens)
        elif len(tokens) == _TWO and tokens[1].gap is Gap.SPACE:
            pair = self._with_territory(text, tokens)
        return pair or self._row(text, tokens)

    def single(self, text: str, start: int, end: int) -> Reading:
        """Read a stretch that is known to be a code."""
        code = self.tags.codes.get(text[start:end])
        return Reading(start, end, (code.tag,) if code else (), Method.CODE, "code", issues=retirement(text[start:end], code))

    def spelt(self, text: str, tokens: Sequence[Token], place: int) -> tuple[Kind, str] | None:
        """Tell whether a word within a sentence is a code or a territory.

        A code is one only where signs set it apart, for "and", "not" and "los" are codes too; two capitals after a word that has
        none are a territory ("Portuguese (BR)").
        """
        token = tokens[place]
        word = text[token.start : token.end]
        if not word.isascii() or not 1 < len(word) <= _THREE:
            return None
        code, territory = self.tags.codes.get(word), self.tags.territory(word)
        follows_name = place > 0 and not text[tokens[place - 1].start : tokens[place - 1].end].isupper()
        if territory and len(word) == _TWO and word.isupper() and follows_name and token.gap is not Gap.COMMA:
            return Kind.TERRITORY, territory
        return (Kind.CODE, code.tag) if code and _stands_apart(tokens, place) and _looks_like_code(word, capitalized=True) else None

    def _row(self, text: str, tokens: Sequence[Token]) -> Part | None:
        """Read codes side by side. A code that is also the word for "and" in one of their languages is doubtful: "fr et en"."""
        joints = self._joints(text, tokens)
        listed = [token for token in tokens if token not in joints]
        if not all(self._is_listed(text, token) for token in listed):
            return None
        readings = tuple(self.single(text, token.start, token.end) for token in listed)
        doubtful = tuple(self.single(text, token.start, token.end) for token in joints if self._is_listed(text, token))
        return Part(tokens[0].start, tokens[-1].end, readings, doubtful)

    def _joints(self, text: str, tokens: Sequence[Token]) -> list[Token]:
        tags = {code.tag for token in tokens if (code := self.tags.codes.get(text[token.start : token.end]))}
        inside = tokens[1:-1] if tokens[0].start == 0 else tokens[:-1]
        joining = [(token, self.words.joining[token.key]) for token in inside if token.key in self.words.joining]
        return [token for token, languages in joining if languages & tags or not self._is_listed(text, token)]

    def _is_listed(self, text: str, token: Token) -> bool:
        word = text[token.start : token.end]
        code = self.tags.codes.get(word)
        return bool(code and _is_met_in_rows(code, word)) and _looks_like_code(word, capitalized=token.gap > Gap.SPACE)

    def _with_territory(self, text: str, tokens: Sequence[Token]) -> Part | None:
        first, second = (text[token.start : token.end] for token in tokens)
        language, other, territory = self.tags.codes.get(first), self.tags.codes.get(second), self.tags.territory(second)
        if not language or not territory or len(second) != _TWO or not _looks_like_code(first, capitalized=False):
            return None
        start, end = tokens[0].start, tokens[1].end
        tag = self.tags.combine(language.tag, territory=territory)
        official = f"{language.tag}-{territory.lower()}" in self.tags.official
        both_at_home = other is not None and f"{other.tag}-{territory.lower()}" in self.tags.official
        if not other or (first.islower() and second.isupper()) or (official and not both_at_home):
            issue = Issue("repaired", f"read as a language and the territory {territory}, joined by a space")
            return Part(start, end, (Reading(start, end, (tag,), Method.REPAIR, "tag", issues=(issue,)),))
        if not official:
            return None
        reason = f"{second!r} may be the code of a language or of a territory"
        return Part(start, end, (Reading(start, end, (tag, language.tag, other.tag), Method.CODE, "code", reason=reason),))

    def _with_bracketed_territory(self, text: str, tokens: Sequence[Token]) -> Part | None:
        """Read "fr (CA)": in brackets and capitals, where the language has official standing, it is the territory and not Catalan."""
        first, second = (text[token.start : token.end] for token in tokens)
        language, other, territory = self.tags.codes.get(first), self.tags.codes.get(second), self.tags.territory(second)
        if not language or not territory or len(second) != _TWO or not second.isupper() or (other and other.tag == language.tag):
            return None
        if f"{language.tag}-{territory.lower()}" not in self.tags.official:
            return None
        start, end = tokens[0].start, tokens[1].end
        issue = Issue("repaired", f"read as a language and the territory {territory}, which stands in brackets")
        tag = self.tags.combine(language.tag, territory=territory)
        return Part(start, end, (Reading(start, end, (tag,), Method.REPAIR, "tag", issues=(issue,)),))

    def _packed(self, text: str, token: Token) -> Part | None:
        """Offer codes of three letters written together, as in field 041 of old MARC records; "corpus" and "newspaper" look so too."""
        word = text[token.start : token.end]
        count, rest = divmod(len(word), _THREE)
        if rest or not 1 < count <= _MOST_PACKED or not _is_even(word):
            return None
        pieces = [(token.start + _THREE * number, token.start + _THREE * number + _THREE) for number in range(count)]
        codes = [self.tags.codes.get(text[start:end]) for start, end in pieces]
        if not all(code and code.common for code in codes):
            return None
        return Part(token.start, token.end, doubtful=tuple(self.single(text, start, end) for start, end in pieces))


def _stands_apart(tokens: Sequence[Token], place: int) -> bool:
    follows = tokens[place + 1].gap if place + 1 < len(tokens) else Gap.APART
    return tokens[place].gap >= Gap.APART and follows >= Gap.APART


def retirement(word: str, code: Code | None) -> tuple[Issue, ...]:
    """Say that a code was withdrawn, where it was."""
    return (Issue("deprecated_code", f"{word}: {code.retired}"),) if code and code.retired else ()


def _is_met_in_rows(code: Code, word: str) -> bool:
    """Tell whether a code is met in rows of codes: all those of two letters, and those of ISO 639-2 and MARC."""
    return code.common or bool(code.retired) or len(word) == _TWO


def _looks_like_code(word: str, *, capitalized: bool) -> bool:
    return word.isascii() and (_is_even(word) or (capitalized and word.istitle()))


def _is_even(word: str) -> bool:
    return word.isascii() and word.isalpha() and (word.islower() or word.isupper())
