"""The names of all languages in all display languages, and which language a name means.

One name may be many languages' name. Within a display language the better source decides (a locale file, then CLDR, then ISO 639 and
its translations, which hold mistakes); between display languages the locale of the text decides, or else the number of display
languages that use the name so, if it is many times that of the next; or else nothing, and the name is ambiguous.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from itertools import chain, compress
from operator import ne

from msgspec import Struct

from normalizers.languages.keys import fold_keys


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


class NameIndex:
    """Names by key. Immutable; a hundred and sixty thousand keys in some thirty megabytes, for each meaning is one packed integer."""

    def __init__(self, lists: Iterable[NameList]) -> None:
        ordered = sorted(lists, key=lambda names: -names.authority)
        self._tags = tuple(dict.fromkeys(chain.from_iterable(names.tags for names in ordered)))
        self._locales = tuple(dict.fromkeys(language_of(names.locale) for names in ordered))
        spellings = list(chain.from_iterable(names.names for names in ordered))
        keys = fold_keys(list(dict.fromkeys(spellings)))
        entries = list(map(keys.__getitem__, spellings))
        packed = self._pack(ordered)
        # Most names mean one thing, said once: those stay bare integers, which spares memory and half of the time.
        self._first = dict(zip(reversed(entries), reversed(packed), strict=True))
        more: dict[str, list[int]] = {}
        further = map(ne, map(self._first.__getitem__, entries), packed)
        for key, number in compress(zip(entries, packed, strict=True), further):
            more.setdefault(key, []).append(number)
        self._first.pop("", None)
        more.pop("", None)
        self._more = {key: tuple(numbers) for key, numbers in more.items()}
        self._spellings = self._spelt_apart(entries, spellings, packed)

    def _pack(self, lists: Iterable[NameList]) -> list[int]:
        tags = {tag: number << _LOCALE_BITS + _AUTHORITY_BITS for number, tag in enumerate(self._tags)}
        locales = {locale: number << _AUTHORITY_BITS for number, locale in enumerate(self._locales)}
        packed: list[int] = []
        for names in lists:
            source = locales[language_of(names.locale)] | names.authority
            packed.extend([tags[tag] | source for tag in names.tags])
        return packed

    def _spelt_apart(self, keys: Sequence[str], names: Sequence[str], packed: Sequence[int]) -> dict[str, dict[str, list[int]]]:
        """Keep how the names of a key are spelt where it has several meanings: folding makes one of slovenština and slověnština."""
        apart: dict[str, dict[str, list[int]]] = {}
        shared = {key for key, more in self._more.items() if any(_tag(number) != _tag(self._first[key]) for number in more)}
        for key, name, number in compress(zip(keys, names, packed, strict=True), map(shared.__contains__, keys)):
            apart.setdefault(key, {}).setdefault(name.casefold(), []).append(number)
        return apart

    def __contains__(self, key: str) -> bool:
        """Tell whether a folded text is a name."""
        return key in self._first

    def __len__(self) -> int:
        """Count the distinct names."""
        return len(self._first)

    def meanings(self, key: str, spelling: str | None = None) -> tuple[Meaning, ...]:
        """Give all that a folded name means, the most believable first; one a tag and display language.

        Where ``spelling`` has marks that folding takes away, and some of the names have the very same, only those count.
        """
        first = self._first.get(key)
        if first is None:
            return ()
        more = self._more.get(key)
        if more is None:
            return (self._unpack(first),)
        found: Sequence[int] = (first, *more)
        if spelling is not None and self.is_apart(key, spelling):
            found = self._spellings[key].get(spelling.casefold(), found)
        best: dict[int, int] = {}
        for packed in found:
            best.setdefault(packed >> _AUTHORITY_BITS, packed)
        return tuple([self._unpack(packed) for packed in best.values()])

    def only(self, key: str) -> Meaning | None:
        """Give what a folded name means where that is one thing, and one source says so; None where it is several, or no name."""
        first = None if key in self._more else self._first.get(key)
        return None if first is None else self._unpack(first)

    def shared(self) -> Iterator[tuple[str, str]]:
        """Give the folded names for which ``only`` has no answer, each with the spellings whose marks may tell what it means."""
        yield from ((key, key) for key in self._more)
        yield from ((key, spelling) for key, spelt in self._spellings.items() for spelling in spelt if self.is_apart(key, spelling))

    def is_apart(self, key: str, spelling: str) -> bool:
        """Tell whether the marks of a spelling, which folding takes away, may tell what a name means."""
        return key in self._spellings and spelling.casefold() != key

    def _unpack(self, packed: int) -> Meaning:
        number = packed >> _AUTHORITY_BITS
        authority = _AUTHORITIES[packed & (1 << _AUTHORITY_BITS) - 1]
        return Meaning(self._tags[number >> _LOCALE_BITS], self._locales[number & (1 << _LOCALE_BITS) - 1], authority)
