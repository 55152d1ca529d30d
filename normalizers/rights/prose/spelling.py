"""Which words of a locale's terms about rights a misspelt word was meant to be.

A word is misspelt by one letter that is missing, doubled, wrong or in the wrong place. Letters written as two where a keyboard lacks
them ("ae" for "ä", "sx" for "ŝ") are no mistakes, and are known exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache, partial

from rapidfuzz.distance import OSA

from normalizers.localedata import Locale
from normalizers.rights.prose.words import SHORTEST, Words, list_words

_LONGEST = 40
_SHORTEST_DENIAL = 3
_SHORTEST_ANY_SLIP = 4
_HEAD = 3
_WORDS_AT_HAND = 4_096


class Spelling:
    """Knows the words of all locales. Immutable."""

    def __init__(self, locales: Mapping[str, Locale]) -> None:
        self.__setstate__(list_words(locales.values()))

    def __getstate__(self) -> Words:
        return self._words

    def __setstate__(self, words: Words) -> None:
        self._words = words
        self._meant = lru_cache(maxsize=_WORDS_AT_HAND)(self._nearest)

    def is_spelt_out(self, word: str, meant: str, locale: str) -> bool:
        """Tell whether letters of a word are written as two."""
        return meant in self._words.spelt_out(word, locale)

    def meant_by(self, word: str, locale: str) -> tuple[str, ...]:
        """Give the words that an unknown folded word may have been meant to be; none for a word that the locale knows."""
        return self._meant(word, locale)

    def denial_meant_by(self, word: str, locale: str) -> str | None:
        """Give the short "not" that an unknown folded word may have been meant to be."""
        denials = self._words.denials.get(locale, ())
        return None if self._words.knows(word, locale) else next(filter(partial(_may_be_denial, word), denials), None)

    def _nearest(self, word: str, locale: str) -> tuple[str, ...]:
        if len(word) > _LONGEST or self._words.knows(word, locale):
            return ()
        return tuple(dict.fromkeys((*self._words.spelt_out(word, locale), *self._near(word, locale))))

    def _near(self, word: str, locale: str) -> Iterator[str]:
        """Yield the words that are one mistake away, those that begin alike first; what is listed as a whole word, too, is no stem.

        A mistake leaves one half of a word as it was. The letter in the middle is of neither half, for two letters that changed places
        spoil both.
        """
        if len(word) < SHORTEST - 1:
            return
        tails = dict.fromkeys(self._with_tail_of(word, locale))
        heads = self._words.that_begin(word[:_HEAD], locale)
        alike = [other for other in heads if word.startswith(other[: len(other) // 2]) or other in tails]
        for other in dict.fromkeys((*alike, *tails)):
            if not self._words.is_whole(other, locale):
                yield from _with_rest(word, other)
            elif is_mistake(word, other):
                yield other

    def _with_tail_of(self, word: str, locale: str) -> Iterator[str]:
        """Yield the words whose second half stands in another word where it should, or a place beside."""
        for shift in range(3):
            for middle in range(_HEAD, (len(word) + 1) // 2 + 1):
                start = middle + shift
                yield from self._words.that_end(word[start : start + middle - 1], locale)
                yield from self._words.that_end(word[start : start + middle], locale)


def _with_rest(word: str, stem: str) -> Iterator[str]:
    """Yield a stem with the ending of a word that begins like it, but for one mistake before the last letter of the stem."""
    for end in range(len(stem) - 1, min(len(stem) + 1, len(word)) + 1):
        if word[end - 1] == stem[-1] and is_mistake(word[:end], stem):
            yield stem + word[end:]
            return


def _may_be_denial(written: str, denial: str) -> bool:
    """Tell whether a "not" was written with one mistake; of three letters only where two changed places or one is double."""
    likely = len(denial) >= _SHORTEST_ANY_SLIP and written[:1] == denial[:1]
    return len(written) >= _SHORTEST_DENIAL and is_mistake(written, denial) and (likely or is_slip(written, denial))


def is_mistake(written: str, word: str) -> bool:
    """Tell whether a word was written with one mistake."""
    return OSA.distance(written, word, score_cutoff=1) == 1


def is_inside(written: str, word: str) -> bool:
    """Tell whether a mistake is inside a word: at its ends one letter more, less or other makes another word or form."""
    whole = written[1:] != word and word[1:] != written
    return whole and ((written[0] == word[0] and written[-1] == word[-1]) or is_slip(written, word))


def is_slip(written: str, word: str) -> bool:
    """Tell whether two letters changed places, or a letter is double in one of the two: hardly any other word is so near.

    Of the commonest words of 39 languages, more than thirty times as many have another letter or one more or less than a word about rights.
    """
    if sorted(written) == sorted(word):
        return True
    long, short = (written, word) if len(written) > len(word) else (word, written)
    place = next((index for index, (one, other) in enumerate(zip(long, short, strict=False)) if one != other), len(short))
    return len(long) > len(short) and place > 1 and long[place] == long[place - 1]
