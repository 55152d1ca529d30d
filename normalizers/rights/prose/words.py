"""The words that each locale's terms about rights are made of, kept so that nothing has to be put in order when one is looked up.

All are in two tries (marisa-trie), which take less room than the letters of the words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from marisa_trie import LABEL_ORDER, BytesTrie, Trie

from normalizers.folding import fold, is_unspaced
from normalizers.localedata import Locale

SECTIONS = ("lexicon", "statements", "rights_statements", "rights_status", "waiver", "scopes", "access_rights")
SHORTEST = 7
"""Letters of a word that is repaired, and of what it is repaired to: shorter ones are too often other words."""
_SHORTEST_SPELT_OUT = 3
_SHORTEST_DENIAL = 3
_SHORTEST_STEM = 6
_AS_TWO = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "ĉ": "cx", "ĝ": "gx", "ĥ": "hx", "ĵ": "jx", "ŝ": "sx", "ŭ": "ux"}
)
_WHOLE, _OTHER, _STEM, _BEGINS, _ENDS = "=+*<>"
"""What parts the tag of a locale from a word in the trie, and says what it is; ``_ENDS`` has the second half before the word itself."""


class Words:
    """The words of all locales. Immutable. ``denials`` make a prohibition of a permission."""

    def __init__(self, words: Iterable[str], spelt_out: Mapping[str, str], denials: Mapping[str, Sequence[str]]) -> None:
        self._trie = Trie(words, order=LABEL_ORDER)
        self._spelt_out = BytesTrie((spelling, word.encode()) for spelling, word in spelt_out.items())
        self.denials = denials

    def __getstate__(self) -> tuple[bytes, bytes, Mapping[str, Sequence[str]]]:
        return self._trie.tobytes(), self._spelt_out.tobytes(), self.denials

    def __setstate__(self, state: tuple[bytes, bytes, Mapping[str, Sequence[str]]]) -> None:
        words, spelt_out, self.denials = state
        self._trie, self._spelt_out = Trie().frombytes(words), BytesTrie().frombytes(spelt_out)

    def knows(self, word: str, locale: str) -> bool:
        """Tell whether a word is one of the locale's, or goes on from one of its stems."""
        known = self.is_whole(word, locale) or f"{locale}{_OTHER}{word}" in self._trie
        return known or bool(self._trie.prefixes(f"{locale}{_STEM}{word}"))

    def is_whole(self, word: str, locale: str) -> bool:
        """Tell whether a word is a whole one of the terms about rights."""
        return f"{locale}{_WHOLE}{word}" in self._trie

    def that_begin(self, head: str, locale: str) -> Iterator[str]:
        """Yield the words of ``SHORTEST`` letters and more that begin with some letters, stems too."""
        first = len(locale) + 1
        return (key[first:] for key in self._trie.keys(f"{locale}{_BEGINS}{head}"))

    def that_end(self, half: str, locale: str) -> Iterator[str]:
        """Yield the words of ``SHORTEST`` letters and more whose second half is this, behind the letter in the middle."""
        first = len(locale) + len(half) + 2
        return (key[first:] for key in self._trie.keys(f"{locale}{_ENDS}{half}{_ENDS}"))

    def spelt_out(self, word: str, locale: str) -> Iterator[str]:
        """Yield the word whose letters were written as two each."""
        yield from map(bytes.decode, self._spelt_out.get(f"{locale}{_WHOLE}{word}", ()))
        stems = self._spelt_out.prefixes(f"{locale}{_STEM}{word}")
        if stems:
            yield self._spelt_out[stems[-1]][0].decode() + word[len(stems[-1]) - len(locale) - 1 :]


def list_words(locales: Iterable[Locale]) -> Words:
    """Put the words of all locales together."""
    keys: set[str] = set()
    spelt_out: dict[str, str] = {}
    denials: dict[str, Sequence[str]] = {}
    for locale in locales:
        written = set(_written(locale, SECTIONS))
        spellings = {spelling for label in written for spelling in _spellings(label)}
        elsewhere = set(_written(locale, set(locale.sections) - set(SECTIONS))) - written
        keys.update(f"{locale.tag}{key}" for key in _keys(spellings, elsewhere))
        spelt_out.update((f"{locale.tag}{key}", word) for key, word in _as_two(spellings))
        denials[locale.tag] = sorted(set(_denials(locale)))
    return Words(keys, spelt_out, denials)


def _keys(spellings: Iterable[str], elsewhere: Iterable[str]) -> Iterator[str]:
    """Yield what the trie holds of a locale; the words of its labels ``elsewhere`` are spelt right, and nothing is read as them."""
    words = {spelling for spelling in spellings if _WHOLE not in spelling}
    stems = {word.removesuffix("*") for word in words if word.endswith("*")}
    whole = {word for word in words if not word.endswith("*")}
    yield from (_WHOLE + word for word in whole)
    yield from (_STEM + stem for stem in stems if len(stem) >= _SHORTEST_STEM)
    yield from (_OTHER + word for label in elsewhere for word in fold(label).text.split() if len(word) >= SHORTEST - 1)
    for word in whole | stems:
        if len(word) >= SHORTEST:
            yield _BEGINS + word
            yield f"{_ENDS}{word[len(word) // 2 + 1 :]}{_ENDS}{word}"


def _as_two(spellings: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the spellings with letters written as two, each with its word; of several words with one spelling the last counts."""
    for pair in sorted(spelling for spelling in spellings if _WHOLE in spelling):
        spelling, word = pair.split(_WHOLE)
        kind = _STEM if spelling.endswith("*") else _WHOLE
        yield kind + spelling.removesuffix("*"), word.removesuffix("*")


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
