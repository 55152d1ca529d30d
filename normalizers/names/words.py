"""The words in and around names, of all locales."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from normalizers.folding import fold, fold_key
from normalizers.localedata import Locale
from normalizers.term_patterns import Term
from normalizers.terms import TermIndex

_ORDINAL_SIGNS = re.compile("[ªº]")
_MOST_INITIALS = 2

ROLES = ("author", "editor", "advisor", "translator", "illustrator", "compiler", "contributor")


class NameWords:
    """Tells particles, titles, suffixes, roles and words of organizations."""

    def __init__(self, locales: Iterable[Locale]) -> None:
        locales = tuple(locales)
        terms: dict[str, list[Term]] = {}
        for locale in locales:
            for concept, label in locale.labels("persons"):
                terms.setdefault(concept, []).append(Term("persons", concept, locale.tag, label.text))
        self._organizations = TermIndex(terms.get("organization", ()))
        self._particles = _keys(terms, "particle")
        self._suffixes = _keys(terms, "suffix")
        honorifics = [term.label for term in terms.get("honorific", ())]
        self._honorifics = frozenset(map(fold_key, honorifics))
        self._initials_too = frozenset(fold_key(label) for label in honorifics if _is_like_initials(label))
        self._with_ordinal_sign = frozenset(label.casefold().strip(".") for label in honorifics if _ORDINAL_SIGNS.search(label))
        joining = {fold_key(label.text) for locale in locales for concept, label in locale.labels("language_words") if concept == "and"}
        self._joining = frozenset(joining - self._particles)
        self._roles = {key: role for role in reversed(ROLES) for key in _keys(terms, role)}

    def organization_spans(self, text: str) -> list[tuple[int, int]]:
        """Give the spans of the text that name a kind of organization."""
        folded = fold(text)
        return [folded.span(hit.start, hit.end) for hit in self._organizations.find(folded.text)]

    def role(self, text: str) -> str | None:
        """Give the role that a text names, if it names nothing else; "UdG" is a university, and no Danish editor ("udg.")."""
        return None if any(map(_is_mixed_acronym, text.split())) else self._roles.get(fold_key(text))

    def joins_names(self, words: Sequence[str]) -> bool:
        """Tell whether a word for "and" stands among given names: then they are of two persons ("Carme and Anna Puig")."""
        return any(word == "&" or (word.islower() and fold_key(word) in self._joining) for word in words[1:-1])

    def is_suffix(self, text: str) -> bool:
        """Tell whether a text is a suffix of family names, such as "Jr."."""
        return fold_key(text) in self._suffixes

    def without_titles(self, words: Sequence[str]) -> list[str]:
        """Leave out the titles before and after a name; what may as well be initials ("MA", "M.") stays."""
        kept = list(words)
        while len(kept) > 1 and self._is_plain_title(kept[0]):
            kept.pop(0)
        while len(kept) > 1 and self._is_plain_title(kept[-1]):
            kept.pop()
        return kept

    def is_title(self, text: str, *, behind_given_name: bool) -> bool:
        """Tell whether a text is made of titles alone; "MA" right behind a family name are initials, behind a given name a degree."""
        told = self._is_honorific if behind_given_name else self._is_plain_title
        return all(map(told, text.split())) or told(text)

    def _is_plain_title(self, word: str) -> bool:
        return self._is_honorific(word) and fold_key(word) not in self._initials_too

    def _is_honorific(self, word: str) -> bool:
        """Tell a title; a sign that folding drops tells "Mª", which is María, from a Master of Arts."""
        if _ORDINAL_SIGNS.search(word):
            return word.casefold().strip(".") in self._with_ordinal_sign
        return fold_key(word) in self._honorifics

    def particle_length(self, words: Sequence[str], index: int) -> int:
        """Count the words of the longest particle that starts here."""
        for length in (3, 2, 1):
            if index + length <= len(words) and fold_key(" ".join(words[index : index + length])) in self._particles:
                return length
        return 0


def _is_mixed_acronym(word: str) -> bool:
    return word[:1].isupper() and any(map(str.isupper, word[1:])) and any(map(str.islower, word))


def _is_like_initials(label: str) -> bool:
    letters = [character for character in label if character.isalpha()]
    return len(letters) <= _MOST_INITIALS and all(character.isupper() for character in letters)


def _keys(terms: dict[str, list[Term]], concept: str) -> frozenset[str]:
    return frozenset(fold_key(term.label) for term in terms.get(concept, ()))
