"""The clauses of a sentence while they are cut: what is closed, and what is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct, field
from msgspec.structs import replace

from normalizers.rights.prose.adverbs import without_idle
from normalizers.rights.prose.beside import leave_linked, settle_beside
from normalizers.rights.prose.clause import ACTS, DENIES, Clause, has_verb_of, own_polarity
from normalizers.rights.prose.constructions import Constructions, Word
from normalizers.rights.prose.cuts import cut_clause
from normalizers.rights.prose.denied_orders import settle_denials
from normalizers.rights.prose.marks import ClauseEnd
from normalizers.rights.prose.pointed import rule_of_pointed
from normalizers.terms import Found

_SAME = {"either": "without", "freely": "permit", "no_objection": "permit", "no_limit": "permit"}
VERBS = frozenset({"permit", "forbid", "not", "require", "obligation", "permission"})
_RULING = VERBS | {"nor", "without", "only", "neither"}
_REPEATING = frozenset({"nor", "concord"})
_RUN = 8
_BESIDE = 9
_DENYING = frozenset({"forbid", "not", "without"})
_DENIED = (["not", "forbid"], ["not", "limit"], ["concord", "limit"], ["limit", "not"], ["limit", "neither"])
_FREEING = (".forbid", ".limit", ".no_limit")
_INSIDE = ClauseEnd(0, ends_segment=False)


class Draft(Struct):
    """A sentence that is being cut: words are put in, and clauses come out."""

    constructions: Constructions
    tag: str
    named: frozenset[tuple[int, int]]
    pointed: Mapping[int, str] = field(default_factory=dict)
    denials: frozenset[int] = frozenset()
    changes: Sequence[Found] = ()
    trade: Sequence[Found] = ()
    clauses: list[Clause] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    terms: list[Word] = field(default_factory=list)
    opener: str | None = None
    leads: bool = True
    opened: bool = False
    weighing: bool = False
    spared: int = -_RUN
    agreeing: bool = False

    def take(self, hit: Found, nor: Found | None) -> None:
        """Put the word of a hit into the open clause; a verb that could begin with "nor" does behind a denial ("né è" folds to "ne è").

        An act of altering that continues a list behind "without" is left out as the first is ("without changes, translations or cuts").
        """
        if hit.concept == "same_license" and self.words and self.words[-1].concept == "unmodified" and hit.start - self.words[-1].end <= 1:
            self.words.pop()
        in_run = hit.start - self.spared < _RUN
        if (hit.start in self.denials and hit.concept in {"without", "unmodified"}) or (in_run and hit.concept in {"adapt", "use"}):
            self.spared = hit.end + (_RUN if hit.concept == "without" else 0)
        if in_run and hit.concept == "adapt" and not self.words and not self.opener and not self.leads:
            hit = hit._replace(concept="unmodified")
        if nor and hit.concept == "permit" and self.denies():
            self.add(nor, "nor")
        self.add(hit, _SAME.get(hit.concept, hit.concept))

    def add(self, hit: Found, concept: str) -> None:
        """Put a hit into the open clause as the word of a concept; a licence beside Creative Commons' name is no term of its own."""
        if concept != "terms":
            self.words.append(Word(concept, hit.start, hit.end, self._rule_of(hit, concept)))
        elif (hit.start, hit.end) not in self.named:
            self.terms.append(Word(concept, hit.start, hit.end, hit.rule_of(self.tag)))

    def _rule_of(self, hit: Found, concept: str) -> str:
        """Name the rule of a hit, which is that of a word beside it where this makes an act the name of the work."""
        pointing = self.pointed.get(hit.start) if concept == "adapt" else None
        return rule_of_pointed(self.tag, pointing) if pointing else hit.rule_of(self.tag)

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
        waits = not before.isdisjoint(ACTS) and before.isdisjoint(VERBS)
        return bool(self.words) and not waits and all(word.concept in VERBS for word in self.words)

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
        if at.is_dash and not has_verb_of(VERBS, self.words):
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
        if concepts.isdisjoint(ACTS | {"credit"}) and not concepts.isdisjoint(VERBS - {"require"}):
            turned = any(clause.opener == "but" for clause in self.clauses)
            if self.weighing and self.opener is None and not self.leads and not turned:
                self.weighing = False
                for clause in self.clauses:
                    clause.drop("permit", ".imperative")
        elif has_verb_of(VERBS, self.words):
            self.words = [word for word in self.words if not word.rule.endswith(".imperative")]

    def _combined(self) -> tuple[Word, ...]:
        row = settle_denials(_distinct(self.words), self.denials)
        agreeing = bool(row) and row[0].concept in {"neither", "not"} and self._agrees(row)
        row = self._without_agreeing(row)
        if any(word.concept in _REPEATING for word in row) or (row and row[-1].concept == "not"):
            row = self._repeated(row)
        if row and row[0].concept in {"neither", "not"} and (agreeing or self._agrees(row)):
            del row[0]
        row = self._without_repeated_gain(row)
        return self._without_doubted(tuple([word for word in self.constructions.combine(row) if word.concept != "limit"]))

    def _without_doubted(self, words: tuple[Word, ...]) -> tuple[Word, ...]:
        """Take back gain beside a phrase that denies changes, for it may be denied with them ("not changed or sold").

        It is in doubt behind a phrase that begins with its denial, and before one that ends in it; not where the clause denies otherwise.
        """
        phrases = [word for word in words if word.concept == "unmodified"]
        if not phrases or all(word.concept != "commercial" for word in words) or any(word.concept in _DENYING for word in words):
            return words
        inside = [(word, act) for word in phrases for act in self.changes if word.start <= act.start and act.end <= word.end]
        behind = {word.end for word, act in inside if word.start < act.start}
        before = {word.start for word, act in inside if word.start == act.start and act.end < word.end}
        return tuple([replace(word, concept="use") if _is_beside(word, behind, before) else word for word in words])

    def _without_repeated_gain(self, row: Sequence[Word]) -> list[Word]:
        """Take back gain behind a phrase that denies gain by another word, for it may be denied with it ("not sold or hired out").

        Where the word is the same, opposites are named side by side ("non-commercial and commercial"); "nobody" before denies both.
        """
        if any(word.concept == "concord" for word in row):
            return list(row)
        doubted = {index for index, pair in enumerate(pairwise(row)) if self._is_other_gain(*pair)}
        return [replace(word, concept="use") if {index, index - 1} & doubted else word for index, word in enumerate(row)]

    def _is_other_gain(self, denial: Word, gain: Word) -> bool:
        if denial.concept != "noncommercial" or gain.concept != "commercial" or denial.start not in self.denials:
            return False
        labels = {item.label for item in self.trade if item.start == gain.start}
        inside = {item.label for item in self.trade if denial.start <= item.start and item.end <= denial.end}
        return bool(inside) and inside.isdisjoint(labels)

    def _without_agreeing(self, row: Sequence[Word]) -> list[Word]:
        """Leave out a "not" before an act behind a word for "does not limit": the two agree ("nem korlátozza sem az eladást")."""
        kept: list[Word] = []
        for word, behind in pairwise((*row, *row[-1:])):
            freed = any(item.rule.endswith(".no_limit") for item in kept)
            if not (freed and word.concept == "not" and behind.concept in ACTS):
                kept.append(word)
        self.agreeing = len(kept) < len(row)
        return kept

    def _agrees(self, row: Sequence[Word]) -> bool:
        """Tell whether "neither" or "nor" before acts only agrees with the denial that permits right before it."""
        freed = bool(self.clauses) and not self.leads and self.opener is None and any(map(self._frees, self.clauses[-1].words))
        listed = self.agreeing or row[0].concept == "neither" or any(word.rule.endswith(".nor") for word in self.words)
        return freed and listed and len(row) > 1 and all(word.concept in ACTS for word in row[1:])

    def _repeated(self, words: Sequence[Word]) -> list[Word]:
        """Let "nor" and its like repeat a "not", but for that of a verb that denies what is forbidden."""
        freed = any(map(self._frees, self.clauses[-1].words if self.clauses else ()))
        row: list[Word] = []
        for place, word in enumerate(words):
            if word.concept == "concord" and self._agrees_with_grant(words[place + 1 :]):
                continue
            freed = freed or [item.concept for item in row[-2:]] in _DENIED or self._frees(word)
            if word.concept not in _REPEATING:
                row.append(word)
            elif not freed and not (row and row[-1].rule.endswith(".nor") and word.concept == "nor"):  # nor (what is not known), nor
                row.append(replace(word, concept="not") if word.concept == "nor" else word)
        if freed and len(row) > 1 and row[-1].concept == "not":
            row.pop()  # the last word of a denial that frees, where a language denies twice
        return row

    def _agrees_with_grant(self, behind: Sequence[Word]) -> bool:
        """Tell whether "nobody" stands right before a phrase that permits by its own denial ("nobody is against it")."""
        verb = behind[0] if behind else None
        return verb is not None and (self._frees(verb) or (verb.concept == "permit" and verb.rule.endswith(".no_objection")))

    def _frees(self, word: Word) -> bool:
        """Tell whether a word permits by denying: "not forbidden", or a phrase that begins with a negation ("nothing prevents")."""
        return word.concept == "permit" and (word.rule.endswith(_FREEING) or word.start in self.denials)


def _waits_for_terms(clause: Clause) -> bool:
    return not clause.concepts.isdisjoint({"adapt", "share"}) and own_polarity(clause) is None


def _distinct(words: Sequence[Word]) -> list[Word]:
    """Keep one act and one other word a span: a word may be an act and its verb at once ("unchangeable"), but denies once."""
    denied = {word.start for word in words if word.concept in DENIES}
    kept: dict[tuple[int, bool], Word] = {}
    for word in words:
        if word.concept != "not" or word.start not in denied:
            kept.setdefault((word.start, word.concept in ACTS), word)
    return list(kept.values())


def _is_beside(word: Word, behind: set[int], before: set[int]) -> bool:
    """Tell whether a word of gain stands close behind one of some places, or close before one of others."""
    near = any(0 <= word.start - end <= _BESIDE for end in behind) or any(0 <= start - word.end <= _BESIDE for start in before)
    return word.concept == "commercial" and near
