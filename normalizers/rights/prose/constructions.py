"""How neighbouring words of a clause combine: "not" and "permit" forbid, "not" and "forbid" permit.

The table (``constructions.yaml``) speaks of concepts, never of a language; spaCy's matcher finds its patterns in the row
of concepts of a clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from msgspec import Struct
from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from normalizers.errors import VocabularyError
from normalizers.strict_yaml import parse_yaml

_NEAR = "~"
_REACH = 14
_ROWS_AT_HAND = 2_048
_LONGEST_AT_HAND = 24
TABLE = Path(__file__).with_name("constructions.yaml")


class Word(Struct):
    """One concept of a clause with its span of the folded sentence; combined words span all they were made of.

    A value, though not frozen: a text has dozens of them, and one that is frozen takes three times as long to make.
    """

    concept: str
    start: int
    end: int
    rule: str


_Outcome = tuple[str, int, int]


class Constructions:
    """Combines the words of clauses by the table. Immutable."""

    def __init__(self, table: Path = TABLE) -> None:
        document = parse_yaml(table.read_text(encoding="utf-8"), table.name)
        if document.faults:
            raise VocabularyError(document.faults)
        self.__setstate__(document.content["stages"])

    def __getstate__(self) -> Sequence[Sequence[str]]:
        return self._rules

    def __setstate__(self, rules: Sequence[Sequence[str]]) -> None:
        self._rules = rules
        self._vocab = Vocab()
        self._stages = tuple(self._stage(stage) for stage in rules)
        self._outcomes = lru_cache(maxsize=_ROWS_AT_HAND)(self._outcome)

    def combine(self, words: Sequence[Word]) -> tuple[Word, ...]:
        """Apply every stage in order, each until it finds nothing more.

        What becomes of a row follows from its concepts and from which of them stand close; rows that are met often are worked out once.
        """
        if not words:
            return ()
        concepts = tuple([word.concept for word in words])
        close = tuple([right.start - left.end <= _REACH for left, right in pairwise(words)])
        outcome = (self._outcomes if len(words) <= _LONGEST_AT_HAND else self._outcome)(concepts, close)
        return tuple(
            [
                words[first] if concept == concepts[first] and first == last else _joined(concept, words[first], words[last])
                for concept, first, last in outcome
            ]
        )

    def _outcome(self, concepts: tuple[str, ...], close: tuple[bool, ...]) -> tuple[_Outcome, ...]:
        """Combine a row of concepts; each word of the outcome names the first and the last that it was made of, by their places."""
        starts = [0, *accumulate(1 if near else _REACH + 1 for near in close)]
        places = {start: place for place, start in enumerate(starts)}
        row = self._combined(tuple(Word(concept, start, start, "") for concept, start in zip(concepts, starts, strict=True)))
        return tuple((word.concept, places[word.start], places[word.end]) for word in row)

    def _combined(self, row: tuple[Word, ...]) -> tuple[Word, ...]:
        said = {word.concept for word in row}
        for matcher, needed in self._stages:
            while any(map(said.issuperset, needed)):
                shorter = self._apply(matcher, row)
                if shorter == row:
                    break
                row, said = shorter, {word.concept for word in shorter}
        return row

    def _apply(self, matcher: Matcher, row: tuple[Word, ...]) -> tuple[Word, ...]:
        matches = matcher(Doc(self._vocab, words=[word.concept for word in row]))
        combined: list[Word] = []
        position = 0
        for number, start, end in sorted(matches, key=lambda match: (match[1], -match[2])):
            if start >= position and self._is_near(number, row[start:end]):
                results = self._vocab.strings[number].split("→")[1].split()
                spans = row[start:end]
                combined.extend(row[position:start])
                combined.extend(_joined(result, spans[0], spans[-1]) for result in results)
                position = end
        return (*combined, *row[position:])

    def _is_near(self, number: int, spans: Sequence[Word]) -> bool:
        if not self._vocab.strings[number].startswith(_NEAR):
            return True
        return all(right.start - left.end <= _REACH for left, right in pairwise(spans))

    def _stage(self, rules: Sequence[str]) -> tuple[Matcher, frozenset[frozenset[str]]]:
        """Give the matcher of some rules, and for each rule the concepts without which it cannot hold."""
        matcher = Matcher(self._vocab)
        needed: set[frozenset[str]] = set()
        for rule in rules:
            pattern, result = (side.split() for side in rule.split("->"))
            matcher.add(f"{' '.join(pattern)}→{' '.join(result)}", [[_token(step) for step in pattern if step != _NEAR]], greedy="LONGEST")
            needed.add(frozenset(step.rstrip("+") for step in pattern if step != _NEAR and not step.endswith(("?", "*"))))
        return matcher, frozenset(needed)


def _joined(concept: str, first: Word, last: Word) -> Word:
    return Word(concept, first.start, last.end, last.rule)


def _token(step: str) -> dict[str, Any]:
    operator = step[-1] if step[-1] in "+?*" else ""
    token: dict[str, Any] = {"ORTH": step.rstrip("+?*")}
    return {**token, "OP": operator} if operator else token
