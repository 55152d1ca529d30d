"""Cuts sentences into clauses.

A sentence is cut into clauses at its punctuation and at the words that open a condition, an exception or a concession.
A clause is permissive or prohibitive by its own verb, or by that of the clause it continues; from its acts and its
polarity follow the facts: what may be done, what may not, and on which terms.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from normalizers.folding import Folded
from normalizers.rights.prose.accents import is_written
from normalizers.rights.prose.adverbs import hush, without_idle
from normalizers.rights.prose.beside import leave_linked, settle_beside
from normalizers.rights.prose.clause import ACTS, DENIES, Clause, has_verb_of, own_polarity
from normalizers.rights.prose.constructions import Constructions, Word
from normalizers.rights.prose.cuts import cut_clause
from normalizers.rights.prose.denied_orders import settle_denials
from normalizers.rights.prose.endings import longest_with_endings
from normalizers.rights.prose.marks import ClauseEnd, clause_ends, signs_of
from normalizers.rights.prose.named import beside_names
from normalizers.rights.prose.polarity import read_sentence
from normalizers.rights.prose.questions import answer_question, is_question
from normalizers.rights.prose.repeats import RepeatedSentences, Sentence
from normalizers.rights.prose.sentences import sentences_of
from normalizers.rights.prose.unread import unread_sentence
from normalizers.rights.spans import Spans
from normalizers.rights.speech import locale_of_sentence, main_locale
from normalizers.terms import Found, Hit, Hits

MOST_TERMS = 256
"""Words about rights in one sentence. Real ones have under sixty; what has more is a list or damage, and is left unread as a whole."""
_OPENERS = frozenset({"provided", "unless", "but", "even"})
_SAME = {"either": "without", "freely": "permit", "no_objection": "permit"}
_VERBS = frozenset({"permit", "forbid", "not", "require", "obligation", "permission"})
_RULING = _VERBS | {"nor", "without", "only", "neither"}
_EMPTY = _VERBS | _OPENERS
_FEW = 2
_DENIALS = frozenset({"without", "not", "concord"})
_REPEATING = frozenset({"nor", "concord"})
_RUN = 8
_INSIDE = ClauseEnd(0, ends_segment=False)


class ClauseReader:
    """Reads the clauses of a text. Immutable."""

    def __init__(self, constructions: Constructions) -> None:
        self._constructions = constructions

    def read(self, folded: Folded, hits: Hits, covered: Mapping[str, int], locale: str | None) -> list[Clause]:
        """Give all clauses with their facts, in the order of the text; ``covered`` says how much of it is each locale's."""
        lexical = hits.of("lexicon")
        if not lexical:
            return []
        starts = [item.start for item in lexical]
        main = main_locale(covered)
        named = beside_names(folded.text, hits)
        clauses: list[Clause] = []
        asked: list[Clause] = []
        signs = signs_of(folded)
        sentences = RepeatedSentences(folded.text, named, partial(self._clauses, folded.text, named))
        for start, end in sentences_of(folded.text):
            here = lexical[bisect_left(starts, start) : bisect_left(starts, end)]
            inside = [item for item in here if item.end <= end]
            if inside:
                tag = locale_of_sentence(inside, covered, main, locale)
                own = [item for item in inside if tag in item.locales and (item.concept != "nor" or is_written(folded, item))]
                if tag != main and len(own) <= _FEW and all(item.concept in _EMPTY for item in own):
                    continue  # a lone verb in another language than the text's is a chance likeness
                if len(own) > MOST_TERMS:
                    clauses.append(unread_sentence(own[0].of(tag), own[-1], tag))
                    continue
                ends = clause_ends(folded.text, start, end, signs)
                sentence = sentences.read(Sentence(start, end, tag, own, ends))
                answer_question(asked, sentence)
                asked = sentence if is_question(folded.text, start, end, own) else []
                clauses.extend(sentence)
        answer_question(asked, ())
        return clauses

    def _clauses(self, text: str, named: Spans, sentence: Sentence) -> list[Clause]:
        start, found, ends = sentence.start, sentence.found, sentence.ends
        draft = _Draft(self._constructions, sentence.tag, named)
        position = 0
        draft.denials = denials = frozenset([item.start for item in found if item.concept in _DENIALS])
        nor = {item.start: item.of(draft.tag) for item in found if item.concept == "nor"}
        for hit in [item.of(draft.tag) for item in sorted(longest_with_endings(found), key=_opener_first)]:
            while ends[position].place < hit.start:
                draft.close(ends[position])
                position += 1
            while hit.concept == "ignored" and ends[position].place < hit.end:
                position += 1
            if _is_passed_over(text, hit, draft, denials):
                continue
            if hit.concept == "however" or (hit.concept == "but" and draft.begins_with_verb()):
                draft.opener = draft.opener or "but"
            elif hit.concept in _OPENERS:
                draft.open(hit.concept)
            elif hit.concept == "unless_after":
                draft.opener = "unless"
                draft.close()
            elif hit.concept == "imperative":
                opens = not text[ends[position - 1].place + 1 if position else start : hit.start].strip()
                if opens and not draft.has_verb():
                    draft.weighing = True
                    draft.add(Word("permit", hit.start, hit.end, hit.rule))
            else:
                draft.take(hit, nor.get(hit.start))
        draft.close()
        hush(draft.clauses)
        read_sentence(draft.clauses)
        return draft.clauses


@dataclass(slots=True)
class _Draft:
    """The clauses of a sentence while they are cut: what is closed, and what is open."""

    constructions: Constructions
    tag: str
    named: Spans
    denials: frozenset[int] = frozenset()
    clauses: list[Clause] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    terms: list[Word] = field(default_factory=list)
    opener: str | None = None
    leads: bool = True
    opened: bool = False
    weighing: bool = False
    spared: int = -_RUN

    def take(self, hit: Hit, nor: Hit | None) -> None:
        """Put the word of a hit into the open clause; a verb that could begin with "nor" does behind a denial ("né è" folds to "ne è").

        An act of altering that continues a list behind "without" is left out as the first is ("without changes, translations or cuts").
        """
        if hit.concept == "same_license" and self.words and self.words[-1].concept == "unmodified" and hit.start - self.words[-1].end <= 1:
            self.words.pop()
        in_run = hit.start - self.spared < _RUN
        if (hit.start in self.denials and hit.concept in {"without", "unmodified"}) or (in_run and hit.concept in {"adapt", "use"}):
            self.spared = hit.end + (_RUN if hit.concept == "without" else 0)
        if in_run and hit.concept == "adapt" and not self.words and not self.opener:
            hit = hit._replace(concept="unmodified")
        if nor and hit.concept == "permit" and self.denies():
            self.add(Word("nor", nor.start, nor.end, nor.rule))
        self.add(Word(_SAME.get(hit.concept, hit.concept), hit.start, hit.end, hit.rule))

    def add(self, word: Word) -> None:
        """Put a word into the open clause; the licence that Creative Commons' name stands beside is no term of its own."""
        if word.concept != "terms":
            self.words.append(word)
        elif not self.named.touch(word.start, word.end):
            self.terms.append(word)

    def ends_in(self, starts: frozenset[int]) -> bool:
        """Tell whether the last word is a phrase that begins at one of ``starts``: "or" then repeats the "without" or "not" of it."""
        return bool(self.words) and self.words[-1].start in starts and self.words[-1].concept in DENIES

    def denies(self) -> bool:
        """Tell whether something is denied in the open clause or the one right before it."""
        before = self.words or (self.clauses[-1].words if self.clauses and not self.leads else ())
        return any(word.concept in {"not", "forbid"} for word in before)

    def begins_with_verb(self) -> bool:
        """Tell whether the open clause is its verb so far: a "but" right behind it stands in second place and parts nothing.

        Not so where acts before wait for that verb ("printing, free or for money, is allowed but ...").
        """
        before = self.clauses[-1].concepts if self.clauses and not self.leads else frozenset()
        waits = not before.isdisjoint(ACTS) and before.isdisjoint(_VERBS)
        return bool(self.words) and not waits and all(word.concept in _VERBS for word in self.words)

    def has_verb(self) -> bool:
        """Tell whether an opener, a verb or a negation rules the open segment: a verb behind it is no imperative of a grant."""
        if self.opened or self.opener or any(word.concept in _RULING for word in self.words):
            return True
        for clause in () if self.leads else reversed(self.clauses):
            if has_verb_of(_RULING, clause.words):
                return True
            if clause.leads:
                break
        return False

    def denied(self) -> bool:
        """Tell whether the clause closed last forbids."""
        return not self.words and bool(self.clauses) and self.clauses[-1].has("forbid")

    def open(self, opener: str) -> None:
        """Begin a clause with an opener; a condition right behind "except" or "even" is what that speaks of ("except if", "even if").

        An "also" between a "not" and its verb parts nothing ("nor is there also a duty to").
        """
        denies_only = [word.concept for word in self.words] == ["not"]
        if (opener == "provided" and self.opener == "even" and not self.words) or (opener == "even" and denies_only):
            return
        self.close()
        excepts = opener == "provided" and bool(self.clauses) and self.clauses[-1].opener == "unless" and not self.clauses[-1].words
        self.opener = self.clauses.pop().opener if excepts else opener

    def close(self, at: ClauseEnd = _INSIDE) -> None:
        """End the open clause; without words its opener is kept where it turns what follows, its terms where a sharing stands before."""
        if at.is_dash and not has_verb_of(_VERBS, self.words):
            return
        before = len(self.clauses)
        if self.words:
            self.words, self.terms = leave_linked(self.words, self.terms)
            self.words = without_idle(settle_beside(self.words, self.terms))
        if self.words:
            self._weigh_imperatives()
            self.clauses.extend(cut_clause(Clause(self.opener, self._combined(), self.tag, tuple(self.terms), self.leads)))
        elif self.opener and self.clauses:
            self.clauses.append(Clause(self.opener, (), self.tag))
        elif self.terms and not self.leads and _waits_for_terms(self.clauses[-1]):
            self.clauses[-1].terms += tuple(self.terms)
        if len(self.clauses) > before:
            self.clauses[before].leads = self.leads
            self.leads = False
        self.leads = self.leads or at.ends_segment
        self.opened = not at.ends_segment and (self.opened or self.opener is not None)
        self.words, self.terms, self.opener = [], [], None

    def _weigh_imperatives(self) -> None:
        """Drop the imperatives that a verb rules after all: one in their own clause, or one without acts behind ("copy, sell: no")."""
        concepts = {word.concept for word in self.words}
        if concepts.isdisjoint(ACTS | {"credit"}) and not concepts.isdisjoint(_VERBS - {"require"}):
            turned = any(clause.opener == "but" for clause in self.clauses)
            if self.weighing and self.opener is None and not self.leads and not turned:
                self.weighing = False
                for clause in self.clauses:
                    clause.drop("permit", ".imperative")
        elif has_verb_of(_VERBS, self.words):
            self.words = [word for word in self.words if not word.rule.endswith(".imperative")]

    def _combined(self) -> tuple[Word, ...]:
        row = settle_denials(_distinct(self.words), self.denials)
        if any(word.concept in _REPEATING for word in row) or (row and row[-1].concept == "not"):
            row = self._repeated(row)
        return tuple([word for word in self.constructions.combine(row) if word.concept != "limit"])

    def _repeated(self, words: Sequence[Word]) -> list[Word]:
        """Let "nor" and its like repeat a "not", but for that of a verb that denies what is forbidden."""
        freed = any(map(self._frees, self.clauses[-1].words if self.clauses else ()))
        row: list[Word] = []
        for word in words:
            freed = freed or [item.concept for item in row[-2:]] in (["not", "forbid"], ["not", "limit"]) or self._frees(word)
            if word.concept not in _REPEATING:
                row.append(word)
            elif not freed:
                row.append(replace(word, concept="not") if word.concept == "nor" else word)
        if freed and len(row) > 1 and row[-1].concept == "not":
            row.pop()  # the last word of a denial that frees, where a language denies twice
        return row

    def _frees(self, word: Word) -> bool:
        """Tell whether a word permits by denying: "not forbidden", or a phrase that begins with a negation ("nothing prevents")."""
        return word.concept == "permit" and (word.rule.endswith(".forbid") or word.start in self.denials)


def _waits_for_terms(clause: Clause) -> bool:
    return not clause.concepts.isdisjoint({"adapt", "share"}) and own_polarity(clause) is None


def _opener_first(item: Found) -> tuple[int, bool]:
    """Order a word that both opens a clause and denies in it ("and nor"): it opens first."""
    return item.start, item.concept not in _OPENERS


def _is_passed_over(text: str, hit: Hit, draft: _Draft, denials: frozenset[int]) -> bool:
    """Tell whether a word says nothing where it stands: "or" that repeats no denial, gain behind its denial, "but" behind acts."""
    if hit.concept == "either":
        return not draft.ends_in(denials)
    if hit.concept == "commercial":
        return text[hit.start - 1] == " " and any(
            word.concept == "noncommercial" and word.end == hit.start - 1 for word in draft.words[-1:]
        )
    if hit.concept in {"but", "however"}:
        only_acts = hit.concept == "but" and bool(draft.words) and all(word.concept in ACTS for word in draft.words)
        return only_acts or (draft.denied() and _is_set_off(text, hit))
    return hit.concept == "ignored"


def _is_set_off(text: str, hit: Hit) -> bool:
    """Tell whether a word stands between commas, so that the clause goes on behind it ("may not, however, sell it")."""
    return hit.start > 1 and text.startswith(", ", hit.start - 2) and text.startswith(",", hit.end)


def _distinct(words: Sequence[Word]) -> list[Word]:
    """Keep one act and one other word a span: a word may be an act and its verb at once ("unchangeable"), but denies once."""
    denied = {word.start for word in words if word.concept in DENIES}
    kept: dict[tuple[int, bool], Word] = {}
    for word in words:
        if word.concept != "not" or word.start not in denied:
            kept.setdefault((word.start, word.concept in ACTS), word)
    return list(kept.values())
