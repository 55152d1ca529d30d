"""Reads a segment of a text: names, codes, and the words around them ("English, with abstracts in Catalan", "Chinese (Traditional)")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from normalizers.languages.code_lists import CodeListReader
from normalizers.languages.cover import Coverer, Item, Kind
from normalizers.languages.model import Part, Reading
from normalizers.languages.plausibility import is_familiar
from normalizers.languages.repairs import RepairReader
from normalizers.languages.resolution import NameReader, narrows
from normalizers.languages.tags import TagReader
from normalizers.languages.tokens import Gap, Span, Token, is_address, key_of, tokenize
from normalizers.languages.words import LanguageWords, Role
from normalizers.results import Issue, Method

_TWO_LETTERS = 2
_NAMING = frozenset({Kind.NAME, Kind.STEM, Kind.CODE, Kind.TERRITORY})
"""What names a language; a territory that qualified none is one by its own name."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a run of words says: its languages, those of the original, and whether anything in it stayed unread."""

    readings: tuple[Reading, ...]
    originals: tuple[Reading, ...]
    understood: bool


@dataclass(frozen=True, slots=True)
class PhraseReader:
    """Reads segments. Words that no locale knows make a segment unread, for they may change the language: "Old", "Sign Language"."""

    names: NameReader
    words: LanguageWords
    tags: TagReader
    coverer: Coverer
    code_lists: CodeListReader
    repairs: RepairReader

    def read(self, text: str, span: Span, locale: str | None) -> list[Part]:
        """Read one segment into its parts."""
        if is_address(text, span):
            return [Part(span.start, span.end)]
        tokens = tokenize(text, span)
        if not tokens:
            return []
        codes = self.code_lists.read(text, tokens)
        if codes:
            return [codes]
        whole = self._part(text, tokens, locale)
        if whole.readings or not any(token.gap is Gap.COMMA for token in tokens[1:]):
            return [whole]
        return self._listed(text, tokens, locale)

    def _listed(self, text: str, tokens: Sequence[Token], locale: str | None) -> list[Part]:
        """Read what stands between commas one by one; what stands beside something unread may be half a name ("Greek, Ancient").

        Where all that was read names one language, it does so independently, and stands.
        """
        parts = [self._part(text, group, locale) for group in _groups(tokens)]
        unread = {number for number, part in enumerate(parts) if not part.readings}
        tags = [reading.settled for part in parts for reading in part.readings]
        if len(tags) > 1 and len(set(tags)) == 1:
            return parts
        for number, part in enumerate(parts):
            if unread & {number - 1, number + 1}:
                parts[number] = replace(part, readings=(), doubtful=(*part.readings, *part.doubtful))
        return parts

    def _part(self, text: str, tokens: Sequence[Token], locale: str | None) -> Part:
        start, end = tokens[0].start, tokens[-1].end
        items = self.coverer.cover(tokens, partial(self.code_lists.spelt, text))
        inverted = self._inverted(tokens, locale)
        if inverted:
            return Part(start, end, (inverted,))
        sentence = self._interpret(text, tokens, items, locale)
        originals = tuple(_original(reading) for reading in sentence.originals)
        if sentence.understood and sentence.readings:
            return Part(start, end, sentence.readings, issues=originals)
        repaired = self.repairs.read(text, tokens) if not sentence.readings else ()
        return Part(start, end, tuple(repaired), self._well_known(sentence.readings), originals)

    def _inverted(self, tokens: Sequence[Token], locale: str | None) -> Reading | None:
        """Read a name that a catalogue has turned round at a comma: "Sotho, Southern"."""
        groups = _groups(tokens)
        if len(groups) != 2:  # noqa: PLR2004 - what comes first in an index, and what comes first in speech
            return None
        return self.names.read(f"{key_of(groups[1])} {key_of(groups[0])}", tokens[0].start, tokens[-1].end, locale)

    def _interpret(self, text: str, tokens: Sequence[Token], items: Sequence[Item], locale: str | None) -> Sentence:
        readings: list[Reading] = []
        originals: list[Reading] = []
        waiting: list[Item] = []
        understood, from_original, attached = True, False, False
        for number, item in enumerate(items):
            start, end = tokens[item.first].start, tokens[item.last - 1].end
            if item.kind is Kind.WORD:
                understood = understood and not (item.value == Role.AND and number + 1 == len(items))
                from_original = from_original or item.value == Role.TRANSLATED_FROM
                attached = attached and item.value != Role.AND
            elif attached and readings and self._qualifies(tokens, items[number - 1], item, readings[-1]):
                readings[-1] = self._qualified(readings[-1], item, end)
            elif item.kind is Kind.SCRIPT or (item.kind is Kind.TERRITORY and item.key not in self.names.index):
                waiting.append(item)
            elif item.kind is Kind.UNREAD:
                understood = False
            else:
                reading = self._single(text, item, start, end, locale)
                for qualifier in waiting:
                    reading = self._qualified(reading, qualifier, end)
                if from_original:
                    originals.append(reading)
                else:
                    understood = self._join(tokens, items[number - 1] if number else None, item, readings, reading) and understood
                waiting, attached, from_original = [], not from_original, False
        plausible = self._is_plausible(items, readings)
        return Sentence(tuple(readings), tuple(originals), understood and not waiting and plausible)

    def _well_known(self, readings: Sequence[Reading]) -> tuple[Reading, ...]:
        """Keep those readings of a text not understood that may be meant; the names of little known languages are words elsewhere."""
        return tuple(reading for reading in readings if any(is_familiar(tag, self.tags.codes) for tag in reading.tags))

    def _is_plausible(self, items: Sequence[Item], readings: Sequence[Reading]) -> bool:
        """Doubt that a sentence names a language that hardly anyone knows: "available to all" does not mean Kaike."""
        speaks = any(item.kind is Kind.WORD and item.value == Role.AROUND for item in items)
        return not speaks or all(is_familiar(tag, self.tags.codes) for reading in readings for tag in reading.tags)

    def _single(self, text: str, item: Item, start: int, end: int, locale: str | None) -> Reading:
        if item.kind is Kind.CODE:
            return self.code_lists.single(text, start, end)
        stem = self.words.stem_of(item.key) if item.kind is Kind.STEM else None
        if stem:
            return Reading(start, end, (stem.tag,), Method.LABEL, f"{stem.locale}:language", stem.locale)
        found = self.names.read(item.key, start, end, locale, spelling=text[start:end])
        return found or Reading(start, end, (), Method.LABEL, "language")

    def _qualifies(self, tokens: Sequence[Token], before: Item, item: Item, reading: Reading) -> bool:
        """Tell whether a wording is a script or a place that belongs to the name before it.

        A name after a comma is one more language. Behind the name of a language without a code of two letters, a place tells it from
        others of that name ("Beti (Cameroon)").
        """
        if item.kind is Kind.SCRIPT:
            return True
        if item.kind is not Kind.TERRITORY or item.key == before.key:
            return False
        if tokens[item.first].gap is Gap.COMMA and item.key in self.names.index:
            return False
        return all(len(tag.partition("-")[0]) == _TWO_LETTERS for tag in reading.tags)

    def _qualified(self, reading: Reading, item: Item, end: int) -> Reading:
        script, territory = (item.value, None) if item.kind is Kind.SCRIPT else (None, item.value)
        code = self.tags.codes.get(item.key)
        if code and (code.tag,) == reading.tags:
            return reading
        tags = tuple(self.tags.combine(tag, script=script, territory=territory) for tag in reading.tags)
        return replace(reading, tags=tags, end=max(end, reading.end))

    def _join(self, tokens: Sequence[Token], before: Item | None, item: Item, readings: list[Reading], reading: Reading) -> bool:
        """Add a reading to those before it; False where the two are glued as no list is ("Scottish English", "Hindi (Latin)")."""
        token = tokens[item.first]
        previous = readings[-1] if readings and before is not None and before.kind in _NAMING else None
        if previous is None:
            readings.append(reading)
            return True
        first, second = previous.settled, reading.settled
        if first and second and token.gap is not Gap.COMMA and (narrows(second, first) or narrows(first, second)):
            readings[-1] = replace(reading if narrows(second, first) else previous, start=previous.start, end=reading.end)
            return True
        readings.append(reading)
        if first and first == second:
            return True
        return not token.opens and self._is_listed(tokens, item.first, first, second)

    def _is_listed(self, tokens: Sequence[Token], place: int, first: str | None, second: str | None) -> bool:
        """Tell whether a name beside another is one more of a list; after a bare space, only two of the best known languages are."""
        if tokens[place].gap is Gap.SPACE:
            return first is not None and second is not None and len(first) == len(second) == _TWO_LETTERS
        return tokens[place].gap is not Gap.TIGHT or tokens[place - 1].end == tokens[place].start


def _original(reading: Reading) -> Issue:
    return Issue("original_language", f"named as the language of the original: {', '.join(reading.tags)}")


def _groups(tokens: Sequence[Token]) -> list[list[Token]]:
    groups: list[list[Token]] = []
    for token in tokens:
        if token.gap is Gap.COMMA or not groups:
            groups.append([])
        groups[-1].append(token)
    return groups
