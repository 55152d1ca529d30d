"""Makes languages of a row of wordings: names listed, qualified by script or place, or glued in a way that was not understood."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from normalizers.languages.code_lists import CodeListReader
from normalizers.languages.cover import Item, Kind
from normalizers.languages.model import Reading
from normalizers.languages.plausibility import is_familiar
from normalizers.languages.resolution import NameReader, narrows
from normalizers.languages.tags import TagReader
from normalizers.languages.tokens import Gap, Token
from normalizers.languages.words import LanguageWords, Role
from normalizers.results import Method

_TWO_LETTERS = 2
_NAMING = frozenset({Kind.NAME, Kind.STEM, Kind.CODE, Kind.TERRITORY})
"""What names a language; a territory that qualified none is one by its own name."""


class Sentence(Struct, frozen=True):
    """What a row of wordings says: its languages, those of the original, and whether all of it was understood."""

    readings: tuple[Reading, ...]
    originals: tuple[Reading, ...]
    understood: bool


class SentenceReader(Struct, frozen=True):
    """Reads rows of wordings."""

    names: NameReader
    words: LanguageWords
    tags: TagReader
    code_lists: CodeListReader

    def read(self, text: str, tokens: Sequence[Token], items: Sequence[Item], locale: str | None) -> Sentence:
        """Read a row that covers all the words of a part."""
        state = _State(self, text, tokens, items, locale)
        for number, item in enumerate(items):
            state.add(number, item)
        plausible = self._is_plausible(items, state.readings)
        return Sentence(tuple(state.readings), tuple(state.originals), state.understood and not state.waiting and plausible)

    def _is_plausible(self, items: Sequence[Item], readings: Sequence[Reading]) -> bool:
        """Doubt that a sentence names a language that hardly anyone knows: "available to all" does not mean Kaike."""
        speaks = any(item.kind is Kind.WORD and item.value == Role.AROUND for item in items)
        return not speaks or all(is_familiar(tag, self.tags.codes) for reading in readings for tag in reading.tags)

    def single(self, text: str, item: Item, start: int, end: int, locale: str | None) -> Reading:
        """Read one wording that names a language."""
        if item.kind is Kind.CODE:
            return self.code_lists.single(text, start, end)
        stem = self.words.stem_of(item.key) if item.kind is Kind.STEM else None
        if stem:
            return Reading(start, end, (stem.tag,), Method.LABEL, f"{stem.locale}:language", stem.locale)
        found = self.names.read(item.key, start, end, locale, spelling=text[start:end])
        return found or Reading(start, end, (), Method.LABEL, "language")

    def qualified(self, reading: Reading, item: Item, end: int) -> Reading:
        """Add a script or a place to a reading; a code in capitals that only repeats the language adds nothing."""
        script, territory = (item.value, None) if item.kind is Kind.SCRIPT else (None, item.value)
        code = self.tags.codes.get(item.key)
        if code and (code.tag,) == reading.tags:
            return reading
        tags = tuple(self.tags.combine(tag, script=script, territory=territory) for tag in reading.tags)
        return replace(reading, tags=tags, end=max(end, reading.end))


class _State(Struct):
    """How far a row was read. ``qualifiable`` is true while a script or place would belong to the last reading."""

    reader: SentenceReader
    text: str
    tokens: Sequence[Token]
    items: Sequence[Item]
    locale: str | None
    readings: list[Reading] = field(default_factory=list)
    originals: list[Reading] = field(default_factory=list)
    waiting: list[Item] = field(default_factory=list)
    understood: bool = True
    qualifiable: bool = False
    from_original: bool = False

    def add(self, number: int, item: Item) -> None:
        """Read one more wording."""
        if item.kind is Kind.WORD:
            self._word(number, item)
        elif item.kind is Kind.UNREAD:
            self.understood = False
        elif self.qualifiable and self.readings and self._qualifies(number, item):
            self.readings[-1] = self.reader.qualified(self.readings[-1], item, self.tokens[item.last - 1].end)
        elif item.kind is Kind.SCRIPT or (item.kind is Kind.TERRITORY and item.key not in self.reader.names.index):
            self.waiting.append(item)
        else:
            self._name(number, item)

    def _word(self, number: int, item: Item) -> None:
        if item.value == Role.AND:
            # "In" is "and" in Slovenian: before a script or a place it is the other one.
            self.qualifiable = self.qualifiable and Role.IN in self.reader.words.roles[item.key]
            self.understood = self.understood and number + 1 < len(self.items)
        elif item.value == Role.TRANSLATED_FROM:
            self.from_original = True

    def _qualifies(self, number: int, item: Item) -> bool:
        """Tell whether a wording is a script or a place that belongs to the name before it.

        A name after a comma is one more language. Behind the name of a language without a code of two letters, a place tells it from
        others of that name ("Beti (Cameroon)").
        """
        if item.kind is Kind.SCRIPT:
            return True
        if item.kind is not Kind.TERRITORY or item.key == self.items[number - 1].key:
            return False
        if self.tokens[item.first].gap is Gap.COMMA and item.key in self.reader.names.index:
            return False
        return all(len(tag.partition("-")[0]) == _TWO_LETTERS for tag in self.readings[-1].tags)

    def _name(self, number: int, item: Item) -> None:
        start, end = self.tokens[item.first].start, self.tokens[item.last - 1].end
        reading = self.reader.single(self.text, item, start, end, self.locale)
        if self.waiting and self.tokens[item.first].gap is Gap.TIGHT:
            self.understood = False  # "Pitcairn-Englisch" is a language of its own
        for qualifier in self.waiting:
            reading = self.reader.qualified(reading, qualifier, end)
        if self.from_original:
            self.originals.append(reading)
        else:
            self.understood = self._join(number, item, reading) and self.understood
        self.waiting, self.qualifiable, self.from_original = [], not self.from_original, False

    def _join(self, number: int, item: Item, reading: Reading) -> bool:
        """Add a reading to those before it; False where the two are glued as no list is ("Scottish English", "Hindi (Latin)")."""
        token = self.tokens[item.first]
        place = self._last_name(number)
        if not self.readings or place is None:
            self.readings.append(reading)
            return True
        previous = self.readings[-1]
        first, second = previous.settled, reading.settled
        if place == number - 1 and first and second and token.gap is not Gap.COMMA and (narrows(second, first) or narrows(first, second)):
            self.readings[-1] = replace(reading if narrows(second, first) else previous, start=previous.start, end=reading.end)
            return True
        if token.opens and first and self._is_short_for(item, first, reading):
            self.readings[-1] = replace(previous, end=reading.end)
            return True
        self.readings.append(reading)
        if first and first == second:
            return True
        return place == number - 1 and not token.opens and self._is_listed(item.first, first, second)

    def _is_short_for(self, item: Item, tag: str, reading: Reading) -> bool:
        """Tell whether a code in brackets is also a short name of the language before it: "American Sign Language (ASL)"."""
        named = self.reader.names.read(item.key, reading.start, reading.end, self.locale) if item.kind is Kind.CODE else None
        return named is not None and tag in named.tags

    def _last_name(self, number: int) -> int | None:
        """Give the place of a name that nothing but little words parts from this one ("lengua de signos de Laos")."""
        for place in range(number - 1, -1, -1):
            item = self.items[place]
            if item.kind in _NAMING:
                return place
            if item.kind is not Kind.WORD or item.value != Role.IN:
                return None
        return None

    def _is_listed(self, place: int, first: str | None, second: str | None) -> bool:
        """Tell whether a name beside another is one more of a list; after a bare space, only two of the best known languages are."""
        if self.tokens[place].gap is Gap.SPACE:
            return first is not None and second is not None and len(first) == len(second) == _TWO_LETTERS
        return self.tokens[place].gap is not Gap.TIGHT or self.tokens[place - 1].end == self.tokens[place].start
