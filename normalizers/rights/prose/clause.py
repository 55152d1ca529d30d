"""What a clause says: its words, its polarity, and the facts that follow."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy

from msgspec import Struct, field

from normalizers.rights.prose.constructions import Word

ASKS = {"commercial": "commercial_use", "adapt": "derivatives"}
DENIES = {"noncommercial": "commercial_use", "not_commercial": "commercial_use", "unmodified": "derivatives"}
ACTS = frozenset({*ASKS, *DENIES, "use", "share"})


class Fact(Struct):
    """What one clause says of one question: may the work be shared, sold, changed; must it be credited, shared alike.

    The questions ``unread_denial`` and ``unread_terms`` say that a clause denies something, or asks for terms, that were not
    understood, ``unread_grant`` that a grant is in doubt for what stands beside it, ``unread_sentence`` that a whole sentence was left
    unread; ``consent`` says that permission must be asked for, ``sole_condition`` that nothing but what the clause asks for is, ``unsaid``
    that the text itself leaves open what its act asks.
    """

    question: str
    holds: bool
    word: Word
    weak: bool = False


class Clause(Struct):
    """A stretch of a sentence with one opener at most, its words and, once read, its polarity and facts.

    ``leads`` says that it is the first of its segment: of the sentence, or after a semicolon. ``terms`` are its words for
    licence and conditions that are not those of a licence named. The places of words are counted from ``base``, where the first letter
    of the sentence stands.
    """

    opener: str | None
    words: tuple[Word, ...]
    locale: str
    terms: tuple[Word, ...] = ()
    leads: bool = False
    permits: bool | None = None
    facts: list[Fact] = field(default_factory=list)
    concepts: frozenset[str] = frozenset()
    base: int = 0

    def __post_init__(self) -> None:
        self.concepts = frozenset([word.concept for word in self.words])

    def drop(self, concept: str, ending: str) -> None:
        """Take back the words of a concept whose rule has an ending."""
        self.keep(tuple(word for word in self.words if word.concept != concept or not word.rule.endswith(ending)))

    def keep(self, words: tuple[Word, ...]) -> None:
        """Leave a clause with some of its words."""
        self.words = words
        self.concepts = frozenset(word.concept for word in words)

    def has(self, concept: str) -> bool:
        """Tell whether a concept stands in the clause."""
        return concept in self.concepts

    def at(self, base: int) -> Clause:
        """Give the same clause of a sentence that stands elsewhere."""
        clause = copy(self)
        clause.base = base
        return clause

    def is_lifted(self) -> bool:
        """Tell whether "non-commercial" and a "not" beside it are all that a clause says ("there is no limit to non-commercial use")."""
        limits = self.permits is None and sorted(word.concept for word in self.words) == ["noncommercial", "not"]
        return limits and self.words[1].start >= self.words[0].end


def has_verb_of(concepts: frozenset[str], words: Iterable[Word]) -> bool:
    """Tell whether a word of some concepts stands among others and is no imperative."""
    return any(word.concept in concepts and not word.rule.endswith(".imperative") for word in words)


def own_polarity(clause: Clause) -> bool | None:
    """Tell whether a clause permits or forbids by a verb of its own; None where it has none."""
    said = clause.concepts
    if "neither" in said:
        return "forbid" in said
    if "forbid" in said or ("not" in said and len(clause.words) == 1):
        return False
    if "permission" in said and "free" not in said:
        return False
    if "permit" in said or "free" in said:
        return True
    return None


def is_of_trader(clause: Clause) -> bool:
    """Tell whether a clause permits by a verb behind a word of trade, and names nothing else: that may be who trades ("companies may")."""
    concepts = [word.concept for word in clause.words]
    return concepts[:2] == ["commercial", "permit"] and {"permit"}.issuperset(concepts[1:])
