"""Sentences that are said again word for word, in one text or in the next: each is read once, and then moved to where it stands.

What a sentence says follows from its words, where they stand in it, and the locale that reads them. Notices are repeated in real texts,
with other names and years beside them; a list of files holds one a hundred times, and what is damaged may hold thousands.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import Struct

from normalizers.rights.prose.marks import ClauseEnd
from normalizers.rights.prose.pointed import pointed_at
from normalizers.rights.spans import Spans
from normalizers.terms import Found

SENTENCES_AT_HAND = 512
"""Sentences that are kept, each with what was read of it, which takes some kilobytes."""

LONGEST_AT_HAND = 1_000
"""Characters of a sentence that is kept."""

_new = tuple.__new__
"""Makes a named tuple past its constructor, which takes longer."""


class Sentence(Struct, frozen=True):
    """All that a sentence is read by, its places counted from its first letter.

    ``found`` are the words of the locale that reads it, ``signs`` those that folding drops, ``named`` the spans of the words for
    licence that are those of a name, and ``pointed`` the places of acts that name the work, with what points at it.
    """

    text: str
    tag: str
    found: tuple[Found, ...]
    signs: tuple[ClauseEnd, ...]
    named: frozenset[tuple[int, int]]
    pointed: tuple[tuple[int, str], ...]


class Sentences(Struct, frozen=True):
    """A folded text with the signs that part its clauses, and the stretches in which a word for licence is that of a name."""

    text: str
    signs: Sequence[ClauseEnd]
    named: Spans
    pointing: Sequence[Found]

    def alone(self, start: int, end: int, tag: str, found: Sequence[Found]) -> tuple[int, Sentence]:
        """Give where the first letter of a sentence stands, and the sentence by itself."""
        said = self.text[start:end].lstrip()
        first = end - len(said)
        own = (tag,)
        here = self.signs[bisect_left(self.signs, (first,)) : bisect_left(self.signs, (end,))] if self.signs else ()
        terms = [item for item in found if item.concept == "terms" and self.named.touch(item.start, item.end)] if self.named else ()
        return first, Sentence(
            said,
            tag,
            tuple(
                [_new(Found, (begin - first, stop - first, what, section, label, own)) for begin, stop, what, section, label, _ in found]
            ),
            tuple([sign._replace(place=sign.place - first) for sign in here]),
            frozenset([(item.start - first, item.end - first) for item in terms]),
            tuple([(place - first, concept) for place, concept in self._pointed(start, end, tag, found)]),
        )

    def _pointed(self, start: int, end: int, tag: str, found: Sequence[Found]) -> Iterator[tuple[int, str]]:
        here = self.pointing[bisect_left(self.pointing, (start,)) : bisect_left(self.pointing, (end,))] if self.pointing else ()
        pointing = [item for item in here if tag in item.locales]
        return pointed_at(self.text, [item for item in found if item.concept == "adapt"], pointing) if pointing else iter(())
