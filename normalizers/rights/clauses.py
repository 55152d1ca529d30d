"""Third way of reading: prose without a licence name, by its clauses.

A sentence is cut into clauses at its punctuation and at the words that open a condition, an exception or a concession.
A clause is permissive or prohibitive by its own verb, or by that of the clause it continues; from its acts and its
polarity follow the facts: what may be done, what may not, and on which terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from normalizers.folding import Folded
from normalizers.rights.constructions import Constructions, Word
from normalizers.rights.speech import coverage, locale_of_sentence
from normalizers.terms import Hit, longest

_SENTENCE_END = re.compile(r"[!?]|\.(?!\d)(?=[\s;)]|$|[^\x00-\x7f])")
_CLAUSE_END = re.compile(r"[,;():]")
_SEGMENT_END = ";"
_OPENERS = frozenset({"provided", "unless", "but", "even"})


@dataclass(frozen=True, slots=True)
class Fact:
    """What one clause says of one question: may the work be shared, sold, changed; must it be credited, shared alike."""

    question: str
    holds: bool
    word: Word
    weak: bool = False


@dataclass(slots=True)
class Clause:
    """A stretch of a sentence with one opener at most, its words and, once read, its polarity and facts.

    ``leads`` says that it is the first of its segment: of the sentence, or after a semicolon.
    """

    opener: str | None
    words: tuple[Word, ...]
    locale: str
    leads: bool = False
    permits: bool | None = None
    facts: list[Fact] = field(default_factory=list)
    concepts: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.concepts = frozenset(word.concept for word in self.words)

    def has(self, concept: str) -> bool:
        """Tell whether a concept stands in the clause."""
        return concept in self.concepts


class ClauseReader:
    """Reads the clauses of a text. Immutable."""

    def __init__(self, constructions: Constructions) -> None:
        self._constructions = constructions

    def read(self, folded: Folded, hits: Sequence[Hit], locale: str | None) -> list[Clause]:
        """Give all clauses with their facts, in the order of the text."""
        lexical = [hit for hit in hits if hit.section == "lexicon"]
        covered = coverage(hits)
        clauses: list[Clause] = []
        for start, end in _sentences(folded.text):
            inside = [hit for hit in lexical if start <= hit.start and hit.end <= end]
            if inside:
                tag = locale_of_sentence(inside, covered, locale)
                sentence = self._clauses(folded.text, start, end, [hit for hit in inside if hit.locale == tag], tag)
                _read_sentence(sentence)
                clauses.extend(sentence)
        return clauses

    def _clauses(self, text: str, start: int, end: int, hits: Sequence[Hit], tag: str) -> list[Clause]:
        ends = [match.start() for match in _CLAUSE_END.finditer(text, start, end)] + [end]
        draft = _Draft(self._constructions, tag)
        position = 0
        for hit in longest(hits):
            while ends[position] < hit.start:
                draft.close(ends_segment=text[ends[position]] == _SEGMENT_END)
                position += 1
            if hit.concept == "ignored":
                continue
            if hit.concept in _OPENERS:
                draft.close()
                draft.opener = hit.concept
            elif hit.concept == "unless_after":
                draft.opener = "unless"
                draft.close()
            else:
                draft.words.append(Word(hit.concept, hit.start, hit.end, hit.rule))
        draft.close()
        return draft.clauses


@dataclass(slots=True)
class _Draft:
    """The clauses of a sentence while they are cut: what is closed, and what is open."""

    constructions: Constructions
    tag: str
    clauses: list[Clause] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    opener: str | None = None
    leads: bool = True

    def close(self, *, ends_segment: bool = False) -> None:
        """End the open clause; one without words is kept only where its opener turns what follows."""
        before = len(self.clauses)
        if self.words:
            self.clauses.extend(_by_verb(self.opener, self.constructions.combine(_distinct(self.words)), self.tag))
        elif self.opener and self.clauses:
            self.clauses.append(Clause(self.opener, (), self.tag))
        if len(self.clauses) > before:
            self.clauses[before].leads = self.leads
            self.leads = False
        self.leads = self.leads or ends_segment
        self.words, self.opener = [], None


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _distinct(words: Sequence[Word]) -> list[Word]:
    """Keep one act and one other word a span: a word may be an act and its verb at once ("unchangeable")."""
    kept: dict[tuple[int, bool], Word] = {}
    for word in words:
        kept.setdefault((word.start, word.concept in _ACTS), word)
    return list(kept.values())


def _by_verb(opener: str | None, words: tuple[Word, ...], tag: str) -> Iterator[Clause]:
    """Cut a clause with several verbs so that each act stays with its verb: before it, if acts stand before the first."""
    verbs = [index for index, word in enumerate(words) if word.concept in {"permit", "forbid"}]
    if len(verbs) < 2 or len({words[index].concept for index in verbs}) == 1:  # noqa: PLR2004 - nothing to separate
        yield Clause(opener, words, tag)
        return
    first_has_acts_before = any(word.concept in _ACTS for word in words[: verbs[0]])
    cuts = [index + 1 for index in verbs[:-1]] if first_has_acts_before else verbs[1:]
    start = 0
    for cut in [*cuts, len(words)]:
        if words[start:cut]:
            yield Clause(opener if start == 0 else None, words[start:cut], tag)
        start = cut


_ASKS = {"commercial": "commercial_use", "adapt": "derivatives"}
_DENIES = {"noncommercial": "commercial_use", "not_commercial": "commercial_use", "unmodified": "derivatives"}
_ACTS = frozenset({*_ASKS, *_DENIES, "use", "share"})


def _read_sentence(clauses: list[Clause]) -> None:
    main: bool | None = None
    mode, current = "main", main
    for index, clause in enumerate(clauses):
        own = _own_polarity(clause)
        if clause.leads:
            first = _first_polarity(clauses[index:])
            main = main if first is None else first
            mode, current = "main", main
        if clause.opener == "provided":
            mode, current = "condition", True if own is None else own
        elif clause.opener == "unless":
            mode, current = "exception", main is False
            _lift(clauses[:index], clause, main=main)
        elif own is not None:
            mode, current, main = "main", own, own
        elif clause.has("require"):
            mode, current = "main", main or None
        elif clause.opener == "even":
            mode, current = "main", main
        elif clause.opener == "but":
            mode, current = "main", main if clause.has("not") or clause.has("only") else None
        clause.permits = None if own is None and _is_between(clauses, index, current=current) else current
        clause.facts = list(_facts(clause, mode, main=main))
        if any(word.concept == "not" for word in clause.words) and own is None:
            current = False


def _first_polarity(clauses: Sequence[Clause]) -> bool | None:
    """Give the polarity of the first verb of a segment, which holds for what stands before it too.

    The verb behind an exception is the main clause's own ("any use except commercial is permitted"), that of a condition is not.
    """
    for number, clause in enumerate(clauses):
        if number and clause.leads:
            break
        own = _own_polarity(clause)
        if own is not None and clause.opener != "provided":
            return own
    return None


def _is_between(clauses: Sequence[Clause], index: int, *, current: bool | None) -> bool:
    """Tell whether a bare clause stands between two verbs that differ: it may belong to either, so it says nothing."""
    if clauses[index].opener is not None or clauses[index].leads:
        return False
    for clause in clauses[index + 1 :]:
        if clause.leads or clause.opener is not None:
            return False
        own = _own_polarity(clause)
        if own is not None:
            return own is not current
    return False


def _own_polarity(clause: Clause) -> bool | None:
    if clause.has("neither"):
        return clause.has("forbid")
    if [word.concept for word in clause.words] == ["not"]:
        return False
    if clause.has("forbid"):
        return False
    if clause.has("permission") and not clause.has("free"):
        return False
    if clause.has("permit") or clause.has("free"):
        return True
    return None


def _lift(before: Sequence[Clause], exception: Clause, *, main: bool | None) -> None:
    """Take back what a prohibition said of acts that its exception allows on the licence's own terms."""
    terms = {"credit", "same_license", "noncommercial", "unmodified"}
    if main is False and any(word.concept in terms for word in exception.words):
        for clause in before:
            clause.facts = [Fact(fact.question, holds=True, word=fact.word) for fact in clause.facts]


def _facts(clause: Clause, mode: str, *, main: bool | None) -> Iterator[Fact]:
    negative = _negated(clause, main=main, mode=mode)
    for position, word in enumerate(clause.words):
        before = clause.words[position - 1].concept if position else ""
        if word.concept == "credit":
            yield Fact("attribution", not (clause.has("not_required") or (before == "without" and clause.permits is True)), word)
        elif word.concept == "same_license":
            yield Fact("share_alike", not clause.has("not_required"), word)
        elif word.concept in _ACTS and not (clause.has("not_required") and _own_polarity(clause) is None):
            if word.concept != "share" or clause.concepts.isdisjoint(_ASKS):
                yield from _act(clause, word, mode, main=main, turned=position in negative and word.concept not in _DENIES)
        elif word.concept == "unrestricted" and clause.permits is not False and not negative:
            yield Fact("commercial_use", holds=True, word=word, weak=True)
            yield Fact("derivatives", holds=True, word=word, weak=True)


def _negated(clause: Clause, *, main: bool | None, mode: str) -> set[int]:
    """Give the positions that a "not" left over speaks of: what follows it, or the whole clause where only a verb follows.

    After an act that is denied already it only agrees with that denial ("nie ... nie").
    """
    everything = set(range(len(clause.words)))
    if mode == "condition" and main is False:
        return everything
    for position, word in enumerate(clause.words):
        if word.concept in {"not", "without"}:
            after = {index for index in everything if index > position}
            if any(clause.words[index].concept in _ASKS for index in after):
                return after
            denied = max((index for index in range(position) if clause.words[index].concept in _DENIES), default=-1)
            return everything if denied < 0 else {index for index in range(denied + 1, position) if clause.words[index].concept in _ASKS}
        if word.concept == "not_after":
            return {index for index in everything if index < position}
    return set()


def _act(clause: Clause, word: Word, mode: str, *, main: bool | None, turned: bool) -> Iterator[Fact]:
    """Yield what one act says; an act in a condition ("if you adapt it") says nothing unless the condition denies it."""
    permits = not turned and clause.permits is not False
    if word.concept in _DENIES:
        if permits or word.concept == "not_commercial":
            yield Fact(_DENIES[word.concept], holds=False, word=word)
    elif word.concept in _ASKS:
        silent = clause.permits is None or (mode == "condition" and main is not False)
        if not permits or not silent:
            yield Fact(_ASKS[word.concept], holds=permits, word=word)
    elif word.concept == "share":
        denied = turned or _own_polarity(clause) is False
        if denied or (permits and clause.permits is not None):
            yield Fact("sharing", holds=not denied, word=word)
