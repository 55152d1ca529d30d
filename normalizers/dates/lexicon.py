"""The words of dates in all languages, by their folded form, and the tokens of a text that they explain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from normalizers.dates.calendar_names import CalendarName
from normalizers.localedata import Locale, is_same_language
from normalizers.wording import PhraseIndex, group_by_phrase, split_pieces

SEASONS: Mapping[str, int] = MappingProxyType({"spring": 21, "summer": 22, "autumn": 23, "winter": 24})
_CLEAR_MAJORITY = 4
_SHORTEST_EVENT = 4  # what is shorter may be an abbreviation, unless a colon stands behind it
_ANNOUNCING = frozenset(":=\uff1a")
_BEHIND_EVENT = frozenset(".:,=\uff1a")
_SHORTEST_ABBREVIATION = 3


class Word(Struct, frozen=True):
    """What a phrase can be: ``kind`` is a key of the section ``dates``, or month, weekday, season.

    ``wide`` tells a full name from an abbreviation, ``ours`` a word of a language that has a locale file, ``shared`` that several
    languages have the word in this sense.
    """

    kind: str
    locale: str
    number: int = 0
    wide: bool = True
    ours: bool = True
    shared: bool = False


class _Phrase(Struct, frozen=True):
    """A phrase, what it is when nobody knows the language, and all that it is somewhere."""

    settled: tuple[Word, ...]
    words: tuple[Word, ...]

    def words_in(self, locale: str | None) -> tuple[Word, ...]:
        own = tuple(word for word in self.words if is_same_language(word.locale, locale)) if locale else ()
        return _settled(own) if own else self.settled


class Token(Struct, frozen=True):
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
        words = group_by_phrase([*_of_locales(locales), *_of_cldr(names, {locale.tag for locale in locales})])
        phrases = {key: tuple(dict.fromkeys(entries)) for key, entries in words.items()}
        self._phrases = PhraseIndex({key: _Phrase(_settled(entries), entries) for key, entries in phrases.items()})
        events = group_by_phrase((label, True) for label in _events(locales))
        self._events = PhraseIndex({key: True for key in events if key not in phrases})

    def tokens(self, text: str, locale: str | None = None) -> list[Token]:
        """Cut a text into numbers, phrases and marks; the phrases of the given language go before those of others."""
        pieces = split_pieces(text)
        return [
            Token(text[first.start : end], first.start, end, first.kind, phrase.words_in(locale) if phrase else ())
            for index, after, phrase in self._phrases.walk(pieces)
            for first, end in ((pieces[index], pieces[after - 1].end),)
        ]

    def after_event(self, text: str) -> int:
        """Give the place behind the event that a text names before its date ("Published online: 2012"); 0 where it names none."""
        pieces = split_pieces(text)
        after, is_event = self._events.longest(pieces, 0) if pieces and pieces[0].key else (0, None)
        is_announced = after < len(pieces) and pieces[after].text in _ANNOUNCING
        if not is_event or (not is_announced and pieces[after - 1].end < _SHORTEST_EVENT):
            return 0
        while after < len(pieces) and pieces[after].text in _BEHIND_EVENT:
            after += 1
        return pieces[after].start if after < len(pieces) else 0


def _events(locales: Iterable[Locale]) -> Iterator[str]:
    """Give the labels of fields for dates."""
    for locale in locales:
        yield from (label.text for field, label in locale.labels("fields") if field.partition("_")[0] == "date")


def _of_locales(locales: Iterable[Locale]) -> Iterator[tuple[str, Word]]:
    for locale in locales:
        for number, names in enumerate(locale.months, 1):
            yield from ((name, Word("month", locale.tag, number)) for name in names)
        for key, label in locale.labels("dates"):
            yield label.text, Word("season" if key in SEASONS else key, locale.tag, SEASONS.get(key, 0))


def _of_cldr(names: Iterable[CalendarName], ours: set[str]) -> Iterator[tuple[str, Word]]:
    for name in names:
        word = Word(name.kind, name.locale, name.month, name.wide, name.locale.split("-")[0] in ours)
        if word.kind != "month" or word.ours or word.wide or len(name.label.strip(".")) >= _SHORTEST_ABBREVIATION:
            yield name.label, word


def _settled(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Keep of competing words those that a locale file or nearly all languages have, one for each sense.

    A word of our languages is no abbreviation in another one: "Fri" is no month, although it is one in Sicilian.
    """
    if any(word.ours for word in words):
        words = tuple(word for word in words if word.ours or word.wide or word.kind == "joining")
    months = [word for word in words if word.kind == "month"]
    eras = [word for word in words if word.kind in {"bce", "ce"}]
    others = [word for word in words if word.kind not in {"month", "bce", "ce"}]
    kept: dict[tuple[str, int], Word] = {}
    for word in [*_settled_months(months), *_settled_eras(eras), *others]:
        sense = (word.kind, word.number)
        first = kept.setdefault(sense, word)
        if not (first.shared or is_same_language(first.locale, word.locale)):
            kept[sense] = replace(first, shared=True)
    return tuple(kept.values())


def _settled_months(months: list[Word]) -> list[Word]:
    """Decide between months that share a name: full names first; abbreviations by our languages, then by a clear majority."""
    wide = {word.number for word in months if word.wide}
    ours = {word.number for word in months if word.ours}
    if len(wide) > 1 or len({word.number for word in months}) < 2:  # noqa: PLR2004 - one meaning needs no choice
        return months
    if wide or len(ours) == 1:
        return [word for word in months if word.number in (wide or ours)]
    (first, votes), (_, others), *_ = Counter(word.number for word in months).most_common()
    return [word for word in months if word.number == first] if votes >= _CLEAR_MAJORITY * others else months


def _settled_eras(eras: list[Word]) -> list[Word]:
    """An abbreviation that means both eras means neither."""
    ours = [word for word in eras if word.ours] or eras
    return ours if len({word.kind for word in ours}) == 1 else []
