"""The names of all languages in all display languages, and which language a name means.

One name may be many languages' name. Within a display language the better source decides (a locale file, then CLDR, then ISO 639 and
its translations, which hold mistakes); between display languages the locale of the text decides, or else the number of display
languages that use the name so, if it is many times that of the next; or else nothing, and the name is ambiguous.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from itertools import accumulate, chain, compress
from operator import ne
from typing import NamedTuple

from msgspec import Struct

from normalizers.languages.keys import fold_keys
from normalizers.packed import join_lines, split_lines


class Authority(IntEnum):
    """Where a name comes from; the higher, the more it is to be believed."""

    DERIVED = 1
    ISO_639_3 = 2
    ISO_639_5 = 3
    ISO_639_2 = 4
    CLDR_VARIANT = 5
    REGISTRY = 6
    CLDR = 7
    LOCALE_FILE = 8


class NameList(Struct, frozen=True):
    """Names that one source gives in one display language, and the tag of each, in step."""

    locale: str
    authority: Authority
    names: Sequence[str]
    tags: Sequence[str]


class Meaning(Struct, frozen=True, gc=False):
    """One tag that a name stands for, in one display language."""

    tag: str
    locale: str
    authority: Authority


_AUTHORITIES = (Authority.DERIVED, *Authority)
"""By number; an enumeration would look each up by name."""

_LOCALE_BITS = 12
_AUTHORITY_BITS = 4


def _tag(packed: int) -> int:
    return packed >> _AUTHORITY_BITS + _LOCALE_BITS


def language_of(locale: str) -> str:
    """Give the language subtag of a locale's tag, in small letters."""
    return locale.replace("_", "-").partition("-")[0].lower()


class _Columns(NamedTuple):
    """How an index is kept: its keys a line each, the rest in columns."""

    tags: tuple[str, ...]
    locales: tuple[str, ...]
    keys: tuple[str, ...]
    numbers: array[int]
    starts: array[int]
    shared: array[int]
    spellings: dict[str, dict[str, list[int]]]


class NameIndex:
    """Names by key. Immutable; a hundred and seventy thousand keys in some twenty megabytes, for each meaning is one packed integer.

    A name that means one thing, said once, has its meaning for its number. One that means several has a negative number, and its
    meanings stand together in a column.
    """

    def __init__(self, lists: Iterable[NameList]) -> None:
        ordered = sorted(lists, key=lambda names: -names.authority)
        self._tags = tuple(dict.fromkeys(chain.from_iterable(names.tags for names in ordered)))
        self._locales = tuple(dict.fromkeys(language_of(names.locale) for names in ordered))
        spellings = list(chain.from_iterable(names.names for names in ordered))
        keys = fold_keys(list(dict.fromkeys(spellings)))
        entries = list(map(keys.__getitem__, spellings))
        packed = self._pack(ordered)
        # Most names mean one thing, said once: to part these first spares half of the time.
        first = dict(zip(reversed(entries), reversed(packed), strict=True))
        more: dict[str, list[int]] = {}
        further = map(ne, map(first.__getitem__, entries), packed)
        for key, number in compress(zip(entries, packed, strict=True), further):
            more.setdefault(key, []).append(number)
        first.pop("", None)
        more.pop("", None)
        shared = {key: (first[key], *numbers) for key, numbers in more.items()}
        self._spellings = _spelt_apart(shared, entries, spellings, packed)
        self._numbers = first | {key: ~place for place, key in enumerate(shared)}
        self._starts = array("I", accumulate(map(len, shared.values()), initial=0))
        self._shared = array("I", chain.from_iterable(shared.values()))

    def __getstate__(self) -> _Columns:
        numbers = array("i", self._numbers.values())
        return _Columns(self._tags, self._locales, join_lines(self._numbers), numbers, self._starts, self._shared, self._spellings)

    def __setstate__(self, kept: _Columns) -> None:
        self._tags, self._locales, keys, numbers, self._starts, self._shared, self._spellings = kept
        self._numbers = dict(zip(split_lines(keys), numbers, strict=True))

    def _pack(self, lists: Iterable[NameList]) -> list[int]:
        tags = {tag: number << _LOCALE_BITS + _AUTHORITY_BITS for number, tag in enumerate(self._tags)}
        locales = {locale: number << _AUTHORITY_BITS for number, locale in enumerate(self._locales)}
        packed: list[int] = []
        for names in lists:
            source = locales[language_of(names.locale)] | names.authority
            packed.extend([tags[tag] | source for tag in names.tags])
        return packed

    def __contains__(self, key: str) -> bool:
        """Tell whether a folded text is a name."""
        return key in self._numbers

    def __len__(self) -> int:
        """Count the distinct names."""
        return len(self._numbers)

    def meanings(self, key: str, spelling: str | None = None) -> tuple[Meaning, ...]:
        """Give all that a folded name means, the most believable first; one a tag and display language.

        Where ``spelling`` has marks that folding takes away, and some of the names have the very same, only those count.
        """
        number = self._numbers.get(key)
        if number is None:
            return ()
        if number >= 0:
            return (self._unpack(number),)
        found: Sequence[int] = self._shared[self._starts[~number] : self._starts[~number + 1]]
        if spelling is not None and self.is_apart(key, spelling):
            found = self._spellings[key].get(spelling.casefold(), found)
        best: dict[int, int] = {}
        for packed in found:
            best.setdefault(packed >> _AUTHORITY_BITS, packed)
        return tuple([self._unpack(packed) for packed in best.values()])

    def number(self, key: str) -> int | None:
        """Give the number of what a folded name means where one source says that it is one thing; else one below zero. None for no name.

        Below zero it is ``~place``, where ``place`` counts the names that are shared.
        """
        return self._numbers.get(key)

    def named(self, number: int) -> tuple[str, str]:
        """Give the tag and the display language that a number stands for."""
        number >>= _AUTHORITY_BITS
        return self._tags[number >> _LOCALE_BITS], self._locales[number & (1 << _LOCALE_BITS) - 1]

    def numbers_of(self, pairs: Iterable[tuple[str, str] | None], *, nothing: int) -> Iterator[int]:
        """Give the number that stands for each pair of a tag and a display language, whatever the authority; ``nothing`` for None."""
        tags, locales = ({name: place for place, name in enumerate(names)} for names in (self._tags, self._locales))
        for pair in pairs:
            yield nothing if pair is None else (tags[pair[0]] << _LOCALE_BITS | locales[pair[1]]) << _AUTHORITY_BITS

    def shared(self) -> Iterator[str]:
        """Give the folded names whose number is below zero, in the order of their places."""
        yield from sorted((key for key, number in self._numbers.items() if number < 0), key=lambda key: ~self._numbers[key])

    def apart(self) -> Iterator[tuple[str, str]]:
        """Give the folded names of which a spelling's marks may tell what they mean, with each such spelling."""
        yield from ((key, spelling) for key, spelt in self._spellings.items() for spelling in spelt if self.is_apart(key, spelling))

    def is_apart(self, key: str, spelling: str) -> bool:
        """Tell whether the marks of a spelling, which folding takes away, may tell what a name means."""
        return key in self._spellings and spelling.casefold() != key

    def _unpack(self, packed: int) -> Meaning:
        number = packed >> _AUTHORITY_BITS
        authority = _AUTHORITIES[packed & (1 << _AUTHORITY_BITS) - 1]
        return Meaning(self._tags[number >> _LOCALE_BITS], self._locales[number & (1 << _LOCALE_BITS) - 1], authority)


def _spelt_apart(
    shared: Mapping[str, Sequence[int]], keys: Sequence[str], names: Sequence[str], packed: Sequence[int]
) -> dict[str, dict[str, list[int]]]:
    """Keep how the names of a key are spelt where it has several meanings: folding makes one of slovenština and slověnština."""
    several = {key for key, numbers in shared.items() if any(_tag(number) != _tag(numbers[0]) for number in numbers)}
    apart: dict[str, dict[str, list[int]]] = {}
    for key, name, number in compress(zip(keys, names, packed, strict=True), map(several.__contains__, keys)):
        apart.setdefault(key, {}).setdefault(name.casefold(), []).append(number)
    return apart
