"""The words of dates in all languages, by their folded form, and the tokens of a text that they explain."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from normalizers.dates.calendar_names import CalendarName
from normalizers.folding import fold_key
from normalizers.localedata import Locale, is_same_language

SEASONS: Mapping[str, int] = MappingProxyType({"spring": 21, "summer": 22, "autumn": 23, "winter": 24})
_WORD = r"[^\W\d_]+(?:[\u0300-\u036f\u0900-\u0d7f\u0e31-\u0e4e]+[^\W\d_]*)*"
_TOKEN = re.compile(rf"(?P<number>\d+)|(?P<word>{_WORD})|(?P<mark>\S)")
_INSIDE = frozenset(".-/'’´`°º")
_CLEAR_MAJORITY = 4


@dataclass(frozen=True, slots=True)
class Word:
    """What a phrase can be: ``kind`` is a key of the section ``dates``, or month, weekday, season, bce, ce, joining."""

    kind: str
    locale: str
    number: int = 0
    wide: bool = True
    ours: bool = True


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: a number, a phrase with all that it can be, or a mark. Nothing in ``words`` means: not understood."""

    text: str
    start: int
    end: int
    kind: str
    words: tuple[Word, ...] = ()


class DateLexicon:
    """All words of dates. A month's name that languages use for two months stays with both, unless few use the second."""

    def __init__(self, locales: Iterable[Locale], names: Iterable[CalendarName]) -> None:
        locales = tuple(locales)
        phrases: dict[tuple[str, ...], dict[Word, None]] = {}
        for label, word in [*_of_locales(locales), *_of_cldr(names, {locale.tag for locale in locales})]:
            key = tuple(fold_key(label).split())
            if key:
                phrases.setdefault(key, {})[word] = None
        starts: dict[str, list[tuple[tuple[str, ...], tuple[Word, ...]]]] = {}
        for key, words in phrases.items():
            starts.setdefault(key[0], []).append((key, tuple(words)))
        for entries in starts.values():
            entries.sort(key=lambda entry: len(entry[0]), reverse=True)
        self._starts = starts

    def tokens(self, text: str, locale: str | None = None) -> list[Token]:
        """Cut a text into numbers, phrases and marks; the phrases of the given language go before those of others."""
        pieces = list(_pieces(text))
        tokens: list[Token] = []
        index = 0
        while index < len(pieces):
            piece = pieces[index]
            if piece.kind != "word":
                tokens.append(piece)
                index += 1
                continue
            length, words = self._longest(pieces, index)
            end = pieces[index + length - 1].end
            tokens.append(Token(text[piece.start : end], piece.start, end, "word", _settled(words, locale)))
            index += length
        return tokens

    def _longest(self, pieces: list[Token], index: int) -> tuple[int, tuple[Word, ...]]:
        """Find the longest phrase that starts here; full stops, hyphens and apostrophes may stand between its words."""
        for key, words in self._starts.get(fold_key(pieces[index].text), ()):
            position, matched = index, 0
            while position < len(pieces) and matched < len(key):
                piece = pieces[position]
                if piece.kind == "word" and fold_key(piece.text) == key[matched]:
                    matched += 1
                elif not matched or piece.kind != "mark" or piece.text not in _INSIDE:
                    break
                position += 1
            if matched == len(key):
                return position - index, words
        return 1, ()


def _pieces(text: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(text):
        yield Token(found[0], *found.span(), str(found.lastgroup))


def _of_locales(locales: Iterable[Locale]) -> Iterator[tuple[str, Word]]:
    for locale in locales:
        for number, names in enumerate(locale.months, 1):
            yield from ((name, Word("month", locale.tag, number)) for name in names)
        for key, label in locale.labels("dates"):
            yield label.text, Word("season" if key in SEASONS else key, locale.tag, SEASONS.get(key, 0))


def _of_cldr(names: Iterable[CalendarName], ours: set[str]) -> Iterator[tuple[str, Word]]:
    for name in names:
        yield name.label, Word(name.kind, name.locale, name.month, name.wide, name.locale.split("-")[0] in ours)


def _settled(words: tuple[Word, ...], locale: str | None) -> tuple[Word, ...]:
    """Keep of competing words those that the language of the text, its locale file, or nearly all languages have."""
    if len({(word.kind, word.number) for word in words}) < 2:  # noqa: PLR2004 - one meaning needs no choice
        return words[:1]
    if locale:
        own = tuple(word for word in words if is_same_language(word.locale, locale))
        words = own or words
    months = [word for word in words if word.kind == "month"]
    kept = _settled_months(months) if len({word.number for word in months}) > 1 else months[:1]
    eras = [word for word in words if word.kind in {"bce", "ce"}]
    kept += _settled_eras(eras)
    seen: dict[tuple[str, int], Word] = {}
    for word in [*kept, *(word for word in words if word.kind not in {"month", "bce", "ce"})]:
        seen.setdefault((word.kind, word.number), word)
    return tuple(seen.values())


def _settled_months(months: list[Word]) -> list[Word]:
    wide = [word for word in months if word.wide]
    if len({word.number for word in wide}) == 1:
        return wide[:1]
    ours = [word for word in months if word.ours]
    if not wide and len({word.number for word in ours}) == 1:
        return ours[:1]
    (first, votes), (_, others), *_ = Counter(word.number for word in months).most_common()
    if not wide and votes >= _CLEAR_MAJORITY * others:
        return [word for word in months if word.number == first][:1]
    return months


def _settled_eras(eras: list[Word]) -> list[Word]:
    """An abbreviation that means both eras means neither."""
    ours = [word for word in eras if word.ours] or eras
    return ours[:1] if len({word.kind for word in ours}) == 1 else []
