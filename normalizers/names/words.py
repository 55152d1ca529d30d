"""The words in and around names, of all locales."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from normalizers.folding import fold, fold_key
from normalizers.localedata import Locale
from normalizers.terms import Term, TermIndex

ROLES = ("author", "editor", "advisor", "translator", "illustrator", "compiler", "contributor")


class NameWords:
    """Tells particles, titles, suffixes, roles and words of organizations."""

    def __init__(self, locales: Iterable[Locale]) -> None:
        terms: dict[str, list[Term]] = {}
        for locale in locales:
            for concept, label in locale.labels("persons"):
                terms.setdefault(concept, []).append(Term("persons", concept, locale.tag, label.text))
        self._organizations = TermIndex(terms.get("organization", ()))
        self._particles = _keys(terms, "particle")
        self._suffixes = _keys(terms, "suffix")
        self._honorifics = _keys(terms, "honorific")
        self._roles = {key: role for role in reversed(ROLES) for key in _keys(terms, role)}

    def organization_spans(self, text: str) -> list[tuple[int, int]]:
        """Give the spans of the text that name a kind of organization."""
        folded = fold(text)
        return [folded.span(hit.start, hit.end) for hit in self._organizations.find(folded.text)]

    def role(self, text: str) -> str | None:
        """Give the role that a text names, if it names nothing else."""
        return self._roles.get(fold_key(text))

    def is_suffix(self, text: str) -> bool:
        """Tell whether a text is a suffix of family names, such as "Jr."."""
        return fold_key(text) in self._suffixes

    def without_titles(self, words: Sequence[str]) -> list[str]:
        """Leave out the titles before and after a name."""
        kept = list(words)
        while len(kept) > 1 and fold_key(kept[0]) in self._honorifics:
            kept.pop(0)
        while len(kept) > 1 and fold_key(kept[-1]) in self._honorifics:
            kept.pop()
        return kept

    def is_title(self, text: str) -> bool:
        """Tell whether a text is made of titles alone."""
        return all(fold_key(word) in self._honorifics for word in text.split()) or fold_key(text) in self._honorifics

    def particle_length(self, words: Sequence[str], index: int) -> int:
        """Count the words of the longest particle that starts here."""
        for length in (3, 2, 1):
            if index + length <= len(words) and fold_key(" ".join(words[index : index + length])) in self._particles:
                return length
        return 0


def _keys(terms: dict[str, list[Term]], concept: str) -> frozenset[str]:
    return frozenset(fold_key(term.label) for term in terms.get(concept, ()))
