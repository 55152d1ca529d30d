"""Covers a run of words with known wordings, so that as little as possible stays unread and the longest wordings win."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from normalizers.languages.names import NameIndex
from normalizers.languages.tokens import Token
from normalizers.languages.words import LanguageWords, Role

LONGEST_WORDING = 24
"""The longest wording that is looked for, in words, or in characters of scripts without spaces."""

UNREAD = 100.0
_SHORT = 2


class Kind(StrEnum):
    """What a wording is."""

    WORD = "word"
    SCRIPT = "script"
    NAME = "name"
    CODE = "code"
    STEM = "stem"
    TERRITORY = "territory"
    UNREAD = "unread"


_COSTS = {Kind.WORD: 0.9, Kind.SCRIPT: 0.95, Kind.NAME: 1.0, Kind.STEM: 1.2, Kind.TERRITORY: 0.98, Kind.UNREAD: UNREAD}
_SPELT, _BRACKETED_SCRIPT, _PREFIXED = 0.85, 0.96, 1.1


class Item(NamedTuple):
    """A wording that covers the words ``first`` to ``last`` (excluded); ``value`` is what its key stands for, where a table says so."""

    first: int
    last: int
    kind: Kind
    key: str
    cost: float
    value: str = ""


Spelt = Callable[[Sequence[Token], int], tuple[Kind, str] | None]
"""Tells what the word at a place is by its letters: a code or a territory, and for which value; None where it is a word like others."""


class Coverer(Struct, frozen=True):
    """Knows the wordings; what a word of two or three letters is depends on how it is written, and is asked of ``spelt``."""

    names: NameIndex
    words: LanguageWords

    def cover(self, tokens: Sequence[Token], spelt: Spelt) -> list[Item]:
        """Find the cheapest row of wordings that covers all words."""
        best: list[tuple[float, Item | None]] = [(0.0, None), *[(float("inf"), None) for _ in tokens]]
        for first in range(len(tokens)):
            for item in self._items(tokens, first, spelt):
                cost = best[first][0] + item.cost
                if cost < best[item.last][0]:
                    best[item.last] = (cost, item)
        row: list[Item] = []
        last = best[-1][1]
        while last is not None:
            row.append(last)
            last = best[last.first][1]
        return row[::-1]

    def _items(self, tokens: Sequence[Token], first: int, spelt: Spelt) -> Iterator[Item]:
        key = tokens[first].key
        yield Item(first, first + 1, Kind.UNREAD, key, UNREAD)
        short = spelt(tokens, first)
        if short:
            yield Item(first, first + 1, short[0], key, _SPELT, short[1])
        for last in range(first + 1, min(first + LONGEST_WORDING, len(tokens)) + 1):
            if last > first + 1:
                before, token = tokens[last - 2], tokens[last - 1]
                key += token.key if before.end == token.start else f" {token.key}"
            yield from self._wordings(key, first, last, opens=tokens[first].opens)

    def _wordings(self, key: str, first: int, last: int, *, opens: bool) -> Iterator[Item]:
        role = self.words.role(key)
        if role and role is not Role.SCRIPT:
            yield _item(first, last, Kind.WORD, key, role)
        if key in self.names and (len(key) > _SHORT or not key.isascii()):
            yield _item(first, last, Kind.NAME, key)
        if key in self.words.script_phrases:
            yield _item(first, last, Kind.SCRIPT, key, self.words.script_phrases[key])
        elif opens and key in self.words.scripts:
            yield Item(first, last, Kind.SCRIPT, key, _BRACKETED_SCRIPT, self.words.scripts[key])
        if key in self.words.territories:
            yield _item(first, last, Kind.TERRITORY, key, self.words.territories[key])
        if self.words.stem_of(key):
            yield _item(first, last, Kind.STEM, key)
        for prefix in self.words.prefixes if key.startswith(self.words.prefixes) else ():
            if key.startswith(prefix) and len(key) > len(prefix) + _SHORT and key[len(prefix) :] in self.names:
                yield Item(first, last, Kind.NAME, key[len(prefix) :], _PREFIXED)


def _item(first: int, last: int, kind: Kind, key: str, value: str = "") -> Item:
    return Item(first, last, kind, key, _COSTS[kind], value)
