"""Whose words a text is read by: the locale whose terms cover most of it.

Texts mix languages, and short words mean different things in each; so a sentence is read by the words of one locale.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from normalizers.localedata import is_same_language
from normalizers.rights.prose.pointed import POINTING
from normalizers.rights.prose.sentences import sentences_of
from normalizers.rights.spans import Spans
from normalizers.terms import Found, Hits

_HINT_BONUS = 1.5
_MAIN_BONUS = 1.2
_DENIALS = frozenset({"not", "forbid", "without"})


def coverage(found: Sequence[Found]) -> dict[str, int]:
    """Count the characters that the terms of each locale cover; they are sorted by start."""
    covered: dict[str, int] = {}
    reached: dict[str, int] = {}
    for start, end, _, _, _, locales in found:
        for locale in locales:
            if locale not in reached:
                covered[locale], reached[locale] = end - start, end
            elif end > reached[locale]:
                covered[locale] += end - max(start, reached[locale])
                reached[locale] = end
    covered.pop("root", None)
    return covered


def _length(found: Sequence[Found]) -> int:
    """Count the characters that terms cover together; they are sorted by start."""
    covered = reached = 0
    for item in found:
        end = item[1]
        if end > reached:
            covered += end - max(item[0], reached)
            reached = end
    return covered


class Spoken(NamedTuple):
    """A sentence of a folded text, the words about rights in it, and the locale by whose words it is read, if there are any."""

    start: int
    end: int
    words: Sequence[Found]
    locale: str | None


class Speech:
    """In which languages a text speaks: worked out once for all who read it. ``hint`` is the language that the caller knows of."""

    def __init__(self, text: str, hits: Hits, hint: str | None) -> None:
        self._text = text
        self._hits = hits
        self._hint = hint
        self._covered = coverage([item for item in hits.found if item.section != "scopes" or item.concept not in POINTING])
        most = max(self._covered.values(), default=0)
        self.main = max([tag for tag, count in self._covered.items() if count == most], default=None)
        """The locale that covers most of the text, or none where no locale covers anything."""

    @cached_property
    def sentences(self) -> Sequence[Spoken]:
        """The sentences in order."""
        lexical = self._hits.of("lexicon")
        starts = [item.start for item in lexical]
        found = []
        for start, end in sentences_of(self._text):
            words = [item for item in lexical[bisect_left(starts, start) : bisect_left(starts, end)] if item.end <= end]
            found.append(Spoken(start, end, words, self.locale_of(words) if words else None))
        return found

    def locale_of(self, words: Sequence[Found]) -> str:
        """Choose the locale of a sentence by its own words; the caller's hint and the locale of the whole text weigh more."""
        main, hint = self.main, self._hint
        own = [item for item in words if main in item.locales] if main is not None and not hint else ()
        if main is not None and own and (len(own) == len(words) or _length(own) * _MAIN_BONUS > _length(words)):
            return main  # even if all words were another locale's, that one would weigh less
        near = coverage(words)
        if len(near) == 1:
            return next(iter(near))

        def weight(tag: str) -> tuple[float, int, str]:
            bonus = _HINT_BONUS if hint and is_same_language(tag, hint) else _MAIN_BONUS if tag == main else 1.0
            return near[tag] * bonus, self._covered.get(tag, 0), tag

        # Without a bonus, none that covers less than another one can be chosen.
        most = max(near.values())
        if main is not None and not hint and near.get(main, 0) * _MAIN_BONUS > most:
            return main
        chosen = max([tag for tag, count in near.items() if count == most or hint or tag == main], key=weight)
        return main if main is not None and chosen != main and _loses_denial(words, main, chosen) else chosen


def _loses_denial(inside: Sequence[Found], main: str, chosen: str) -> bool:
    """Tell whether a word that denies in the language of the text is none at all in the one chosen for a sentence ("non pode")."""
    known = Spans((item.start, item.end) for item in inside if chosen in item.locales)
    return any(item.concept in _DENIALS and main in item.locales and not known.touch(item.start, item.end) for item in inside)
