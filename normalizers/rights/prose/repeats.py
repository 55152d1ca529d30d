"""Sentences that a text says again word for word: each is read once, and then moved to where it is repeated.

What a sentence says follows from its words, where they stand in it, and the locale that reads them. Notices are repeated in real texts,
a hundred times in a list of files, and what is damaged may hold thousands of them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from msgspec import Struct

from normalizers.rights.prose.clause import Clause
from normalizers.rights.prose.marks import ClauseEnd
from normalizers.rights.spans import Spans
from normalizers.terms import Found


class Sentence(Struct, frozen=True):
    """A sentence of a folded text with the locale that reads it, what that finds in it, and where its clauses end."""

    start: int
    end: int
    tag: str
    found: Sequence[Found]
    ends: Sequence[ClauseEnd]


class RepeatedSentences:
    """What was read of the sentences of one text so far; ``named`` are the stretches in which a word for licence is that of a name."""

    def __init__(self, text: str, named: Spans, read: Callable[[Sentence], list[Clause]]) -> None:
        self._text = text
        self._named = named
        self._read = read
        self._known: dict[str, dict[Hashable, tuple[int, list[Clause]]]] = {}

    def read(self, sentence: Sentence) -> list[Clause]:
        """Give the clauses of a sentence; they are the caller's to change."""
        said = self._text[sentence.start : sentence.end]
        known = self._known.get(said)
        if known is None:  # of most sentences no more is ever asked than whether they were met
            self._known[said] = {}
            return self._read(sentence)
        row = self._row(sentence)
        if row not in known:
            known[row] = sentence.start, self._read(sentence)
        start, clauses = known[row]
        return [clause.moved(sentence.start - start) for clause in clauses]

    def _row(self, sentence: Sentence) -> Hashable:
        """Give all that a sentence is read by, counted from its start."""
        first = sentence.start
        return (
            sentence.tag,
            tuple([(item.start - first, item.end - first, item.concept, item.label) for item in sentence.found]),
            tuple([end._replace(place=end.place - first) for end in sentence.ends]),
            tuple([self._named.touch(item.start, item.end) for item in sentence.found if item.concept == "terms"]),
        )
