"""The words that each locale's terms about rights are made of, and which of them a misspelt word was meant to be.

A word is misspelt by one letter that is missing, doubled, wrong or in the wrong place. Letters written as two where a keyboard lacks
them ("ae" for "ä", "sx" for "ŝ") are no mistakes, and are known exactly.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from typing import NamedTuple

from rapidfuzz.distance import OSA

from normalizers.folding import fold, is_unspaced
from normalizers.localedata import Locale

SECTIONS = ("lexicon", "statements", "rights_statements", "rights_status", "waiver", "scopes", "access_rights")
SHORTEST = 7
"""Letters of a word that is repaired, and of what it is repaired to: shorter ones are too often other words."""
_LONGEST = 40
_SHORTEST_SPELT_OUT = 3
_SHORTEST_DENIAL = 3
_SHORTEST_ANY_SLIP = 4
_SHORTEST_STEM = 6
_HEAD = 3
_LAST = "\U0010ffff"
_WORDS_AT_HAND = 4_096
_LOCALES_AT_HAND = 16
_AS_TWO = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "ĉ": "cx", "ĝ": "gx", "ĥ": "hx", "ĵ": "jx", "ŝ": "sx", "ŭ": "ux"}
)


class Spelling:
    """Knows the words of all locales. Immutable; those of a locale are put in order when they are first asked for."""

    def __init__(self, locales: Mapping[str, Locale]) -> None:
        self.__setstate__({locale.tag: _listed(locale) for locale in locales.values()})

    def __getstate__(self) -> Mapping[str, _Listed]:
        return self._words

    def __setstate__(self, words: Mapping[str, _Listed]) -> None:
        self._words = words
        self._of = lru_cache(maxsize=_LOCALES_AT_HAND)(self._ordered)
        self._meant = lru_cache(maxsize=_WORDS_AT_HAND)(self._nearest)

    def is_spelt_out(self, word: str, meant: str, locale: str) -> bool:
        """Tell whether letters of a word are written as two."""
        return meant in self._of(locale).spelt_out(word)

    def meant_by(self, word: str, locale: str) -> tuple[str, ...]:
        """Give the words that an unknown folded word may have been meant to be; none for a word that the locale knows."""
        return self._meant(word, locale)

    def denial_meant_by(self, word: str, locale: str) -> str | None:
        """Give the short "not" that an unknown folded word may have been meant to be."""
        words = self._of(locale)
        return None if words.knows(word) else next(filter(partial(_may_be_denial, word), words.denials), None)

    def _nearest(self, word: str, locale: str) -> tuple[str, ...]:
        words = self._of(locale)
        return () if len(word) > _LONGEST or words.knows(word) else tuple(dict.fromkeys((*words.spelt_out(word), *words.near(word))))

    def _ordered(self, locale: str) -> _Words:
        return _Words(self._words.get(locale, _Listed()))


class _Listed(NamedTuple):
    """The words of one locale, each kind in one text, which takes less memory than the words by themselves.

    ``others`` are no words about rights; ``as_two`` are pairs of a spelling and its word; ``denials`` make a prohibition of a permission.
    """

    whole: str = ""
    stems: str = ""
    others: str = ""
    as_two: str = ""
    denials: str = ""


class _Words:
    """The words of one locale, those that are long enough to be meant by their halves.

    A mistake leaves one half as it was. The letter in the middle is of neither, for two letters that changed places spoil both.
    """

    def __init__(self, listed: _Listed) -> None:
        self._whole = frozenset(listed.whole.split())
        self._stems = frozenset(listed.stems.split())
        self._others = frozenset(listed.others.split())
        self.denials = listed.denials.split()
        self._as_two = dict(pair.split("=") for pair in listed.as_two.split())
        self._sorted = sorted(word for word in self._whole | self._stems if len(word) >= SHORTEST)
        self._by_tail: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._sorted:
            self._by_tail[word[len(word) // 2 + 1 :]].append(word)

    def knows(self, word: str) -> bool:
        """Tell whether a word is one of the locale's, or goes on from one of its stems."""
        known = word in self._whole or word in self._others
        return known or not self._stems.isdisjoint([word[:end] for end in range(_SHORTEST_STEM, len(word) + 1)])

    def spelt_out(self, word: str) -> Iterator[str]:
        """Yield the word whose letters were written as two each."""
        if word in self._as_two:
            yield self._as_two[word]
        for end in range(len(word), _SHORTEST_SPELT_OUT - 1, -1):
            stem = self._as_two.get(f"{word[:end]}*")
            if stem:
                yield stem.removesuffix("*") + word[end:]
                return

    def near(self, word: str) -> Iterator[str]:
        """Yield the words that are one mistake away, those that begin alike first; what is listed as a whole word, too, is no stem."""
        if len(word) < SHORTEST - 1:
            return
        tails = dict.fromkeys(self._with_tail_of(word))
        first, last = (bisect_left(self._sorted, word[:_HEAD] + end) for end in ("", _LAST))
        heads = [other for other in self._sorted[first:last] if word.startswith(other[: len(other) // 2]) or other in tails]
        for other in dict.fromkeys((*heads, *tails)):
            if other not in self._whole:
                yield from _with_rest(word, other)
            elif is_mistake(word, other):
                yield other

    def _with_tail_of(self, word: str) -> Iterator[str]:
        """Yield the words whose second half stands in another word where it should, or a place beside."""
        for shift in range(3):
            for middle in range(_HEAD, (len(word) + 1) // 2 + 1):
                start = middle + shift
                yield from self._by_tail.get(word[start : start + middle - 1], ())
                yield from self._by_tail.get(word[start : start + middle], ())


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


def _listed(locale: Locale) -> _Listed:
    """Put the words of a locale in order; those of its other labels are spelt right, and nothing is read as them."""
    rights = set(_written(locale, SECTIONS))
    words = {word for written in rights for word in _spellings(written)}
    as_two = {word for word in words if "=" in word}
    stems = {word for word in words - as_two if word.endswith("*")}
    elsewhere = set(_written(locale, set(locale.sections) - set(SECTIONS))) - rights
    others = {word for written in elsewhere for word in fold(written).text.split() if len(word) >= SHORTEST - 1}
    whole, bare = words - as_two - stems, (stem.removesuffix("*") for stem in stems)
    return _Listed(*(" ".join(sorted(each)) for each in (whole, bare, others, as_two, set(_denials(locale)))))


def _written(locale: Locale, sections: Iterable[str]) -> Iterator[str]:
    for section in sections:
        for _, label in locale.labels(section):
            yield from label.text.removeprefix("=").split()


def _denials(locale: Locale) -> Iterator[str]:
    """Yield the words that make a prohibition of a permission ("not" in "not allowed")."""
    said: defaultdict[str, set[str]] = defaultdict(set)
    for concept, label in locale.labels("lexicon"):
        said[concept].add(fold(label.text).text)
    for phrase in said["forbid"]:
        for word, verb in (phrase.partition(" ")[::2], phrase.rpartition(" ")[::-2]):
            if verb in said["permit"] and len(word) >= _SHORTEST_DENIAL and word.isalpha() and not is_unspaced(word[0]):
                yield word


def _spellings(written: str) -> Iterator[str]:
    """Yield the words of a label, stems with a star, and as ``spelling=word`` those that can be spelt otherwise."""
    star = "*" if written.endswith("*") else ""
    pieces = fold(written).text.split()
    if not pieces or is_unspaced(pieces[0][0]):
        return
    as_two = fold(written.casefold().translate(_AS_TWO)).text.split()
    for place, (word, spelling) in enumerate(zip(pieces, as_two, strict=False)):
        ending = star if place == len(pieces) - 1 else ""
        bare, other = _letters(word), _letters(spelling)
        if bare:
            yield bare + ending
            if other != bare and len(other) >= _SHORTEST_SPELT_OUT:
                yield f"{other}{ending}={bare}{ending}"


def _letters(word: str) -> str:
    return "".join(character for character in word if character.isalnum() or not character.isascii())
