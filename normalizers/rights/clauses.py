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
from normalizers.localedata import is_same_language
from normalizers.rights.constructions import Constructions, Word
from normalizers.terms import Hit, longest

_SENTENCE_END = re.compile(r"[!?]|\.(?!\d)(?=\s|$|\)|[^\x00-\x7f])")
_CLAUSE_END = re.compile(r"[,;():]")
_OPENERS = frozenset({"provided", "unless", "but", "even"})
_HINT_BONUS = 1.5


@dataclass(frozen=True, slots=True)
class Fact:
    """What one clause says of one question: may the work be shared, sold, changed; must it be credited, shared alike."""

    question: str
    holds: bool
    word: Word
    weak: bool = False


@dataclass(slots=True)
class Clause:
    """A stretch of a sentence with one opener at most, its words and, once read, its polarity and facts."""

    opener: str | None
    words: tuple[Word, ...]
    locale: str
    permits: bool | None = None
    facts: list[Fact] = field(default_factory=list)

    def has(self, concept: str) -> bool:
        """Tell whether a concept stands in the clause."""
        return any(word.concept == concept for word in self.words)


class ClauseReader:
    """Reads the clauses of a text. Immutable."""

    def __init__(self, constructions: Constructions) -> None:
        self._constructions = constructions

    def read(self, folded: Folded, hits: Sequence[Hit], locale: str | None) -> list[Clause]:
        """Give all clauses with their facts, in the order of the text."""
        lexical = [hit for hit in hits if hit.section == "lexicon"]
        clauses: list[Clause] = []
        for start, end in _sentences(folded.text):
            inside = [hit for hit in lexical if start <= hit.start and hit.end <= end]
            if inside:
                tag = _dominant_locale(inside, lexical, locale)
                sentence = self._clauses(folded.text, start, end, [hit for hit in inside if hit.locale == tag], tag)
                _read_sentence(sentence)
                clauses.extend(sentence)
        return clauses

    def _clauses(self, text: str, start: int, end: int, hits: Sequence[Hit], tag: str) -> list[Clause]:
        ends = [match.start() for match in _CLAUSE_END.finditer(text, start, end)] + [end]
        found: list[Clause] = []
        words: list[Word] = []
        opener: str | None = None
        for hit in [*longest(hits), None]:
            while ends and (hit is None or ends[0] < hit.start):
                ends.pop(0)
                self._close(found, opener, words, tag)
                opener, words = None, []
            if hit is None:
                break
            if hit.concept in _OPENERS:
                self._close(found, opener, words, tag)
                opener, words = hit.concept, []
            elif hit.concept == "unless_after":
                self._close(found, "unless", words, tag)
                opener, words = None, []
            else:
                words.append(Word(hit.concept, hit.start, hit.end, hit.rule))
        return found

    def _close(self, found: list[Clause], opener: str | None, words: Sequence[Word], tag: str) -> None:
        if words:
            combined = self._constructions.combine(_distinct(words))
            found.extend(_by_verb(opener, combined, tag))
        elif opener and found:
            found.append(Clause(opener, (), tag))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _dominant_locale(inside: Sequence[Hit], everywhere: Sequence[Hit], hint: str | None) -> str:
    """Choose whose words a sentence is read by: the locale whose terms cover most of it, then most of the text."""
    near, far = _coverage(inside), _coverage(everywhere)

    def weight(tag: str) -> tuple[float, float, str]:
        bonus = _HINT_BONUS if hint and is_same_language(tag, hint) else 1.0
        return near[tag] * bonus, far[tag], tag

    return max(near, key=weight)


def _coverage(hits: Sequence[Hit]) -> dict[str, int]:
    covered: dict[str, int] = {}
    reached: dict[str, int] = {}
    for hit in hits:
        begin = max(hit.start, reached.get(hit.locale, 0))
        covered[hit.locale] = covered.get(hit.locale, 0) + max(0, hit.end - begin)
        reached[hit.locale] = max(hit.end, reached.get(hit.locale, 0))
    return covered


def _distinct(words: Sequence[Word]) -> list[Word]:
    """Keep one word a span: where a term has two concepts, the first of them in the file stands."""
    return [word for index, word in enumerate(words) if index == 0 or word.start >= words[index - 1].end]


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


_RESTRICTED = frozenset({"adapt", "commercial"})
_NEGATIVE_ACTS = frozenset({"noncommercial", "not_commercial", "unmodified"})
_ACTS = _RESTRICTED | _NEGATIVE_ACTS | {"use", "share"}


def _read_sentence(clauses: list[Clause]) -> None:
    main = _first_polarity(clauses)
    mode, current = "main", main
    for index, clause in enumerate(clauses):
        own = _own_polarity(clause)
        if clause.opener == "provided":
            mode, current = "condition", True if own is None else own
        elif clause.opener == "unless":
            mode, current = "exception", main is False
            _lift(clauses[:index], clause, main=main)
        elif own is not None:
            mode, current, main = "main", own, own
        elif clause.opener == "even":
            mode, current = "main", main
        elif clause.opener == "but":
            mode, current = "main", main if clause.has("not") or clause.has("only") else None
        clause.permits = current
        clause.facts = list(_facts(clause, mode, main=main))
        if any(word.concept == "not" for word in clause.words) and own is None:
            current = False


def _first_polarity(clauses: Sequence[Clause]) -> bool | None:
    for clause in clauses:
        own = _own_polarity(clause)
        if own is not None and clause.opener not in {"provided", "unless"}:
            return own
    return None


def _own_polarity(clause: Clause) -> bool | None:
    if clause.has("neither"):
        return clause.has("forbid")
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
            yield Fact("share_alike", not (clause.has("not_required") or before == "not"), word)
        elif word.concept in _ACTS:
            turned = position in negative and word.concept not in _NEGATIVE_ACTS
            yield from _act(word, mode, main=main, permits=not turned and clause.permits is not False, stated=clause.permits)
        elif word.concept == "unrestricted" and clause.permits is not False and not negative:
            yield Fact("commercial_use", holds=True, word=word, weak=True)
            yield Fact("derivatives", holds=True, word=word, weak=True)


def _negated(clause: Clause, *, main: bool | None, mode: str) -> set[int]:
    """Give the positions that a "not" left over speaks of: what follows it, or the whole clause where only a verb follows."""
    everything = set(range(len(clause.words)))
    if mode == "condition" and main is False:
        return everything
    for position, word in enumerate(clause.words):
        if word.concept in {"not", "without"}:
            after = {index for index in everything if index > position}
            return after if any(clause.words[index].concept in _RESTRICTED for index in after) else everything
        if word.concept == "not_after":
            return {index for index in everything if index < position}
    return set()


def _act(word: Word, mode: str, *, main: bool | None, permits: bool, stated: bool | None) -> Iterator[Fact]:
    silent = mode == "condition" and permits and main is not False
    if word.concept == "not_commercial":
        yield Fact("commercial_use", holds=False, word=word)
    elif word.concept == "noncommercial":
        if permits:
            yield Fact("commercial_use", holds=False, word=word)
    elif word.concept == "unmodified":
        if permits:
            yield Fact("derivatives", holds=False, word=word)
    elif word.concept == "commercial":
        if not permits or (stated is not None and not silent):
            yield Fact("commercial_use", holds=permits, word=word)
    elif word.concept == "adapt":
        if not permits or (stated is not None and not silent):
            yield Fact("derivatives", holds=permits, word=word)
    elif word.concept == "share" and (not permits or stated is not None):
        yield Fact("sharing", holds=permits, word=word)
