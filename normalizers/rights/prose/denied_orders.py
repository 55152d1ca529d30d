"""Prohibitions ("do not cut it, nor add to it"), where a language lists imperatives among the verbs, or fuses "not" with them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from normalizers.rights.prose.clause import ACTS, Clause
from normalizers.rights.prose.constructions import Word

_NEXT = 8
_NEEDS = frozenset({"require", "obligation", "not_required"})
_BARE = frozenset({"not", "forbid"})
_DENYING = frozenset({"not", "nor"})


def settle_denials(words: Sequence[Word], denials: frozenset[int]) -> list[Word]:
    """Give the words of a clause in which each denial speaks of what it denies; negations begin at ``denials``."""
    if _DENYING.isdisjoint([word.concept for word in words]):
        return list(words)
    single = without_doubled_nor(words, denials)
    return with_withheld_permission(without_agreeing_nor(without_denied_gain(without_denied_orders(single))))


def without_doubled_nor(words: Sequence[Word], denials: frozenset[int]) -> list[Word]:
    """Leave out a "nor" right before a phrase that forbids and begins with a negation itself ("tampoc no es pot"): the two agree."""
    forbids = {word.start for word in words if word.concept == "forbid" and word.start in denials}
    doubled = {left.start for left, right in pairwise(words) if left.concept == "nor" and right.start in forbids}
    return [word for word in words if word.concept != "nor" or word.start not in doubled]


def without_denied_orders(words: Sequence[Word]) -> list[Word]:
    """Leave out the verb of a word that is an act and its verb at once, where "not" stands right before: only the act is denied then."""
    kept: list[Word] = []
    for place, word in enumerate(words):
        act = words[place - 1] if place else None
        doubled = act is not None and word.concept == "permit" and act.concept in ACTS and (act.start, act.end) == (word.start, word.end)
        if not (doubled and place > 1 and words[place - 2].concept == "not"):
            kept.append(word)
    return kept


def without_agreeing_nor(words: Sequence[Word]) -> list[Word]:
    """Leave out a "nor" that agrees with a "not" and denies nothing: that of a verb beside it, or of "no permission needed" before it."""
    agreeing = {right.start for left, right in pairwise(words) if (left.concept, right.concept) == ("not", "nor")}
    agreeing |= {left.start for left, right in pairwise(words) if left.concept == "nor" and right.concept == "unmodified"}
    freed = next((right.end for left, right in pairwise(words) if (left.concept, right.concept) == ("not_required", "permission")), None)
    if freed is not None and all(word.concept in {"nor", *ACTS} for word in words if word.start > freed):
        agreeing |= {word.start for word in words if word.start > freed}
    return [word for word in words if word.concept != "nor" or word.start not in agreeing]


def without_denied_gain(words: Sequence[Word]) -> list[Word]:
    """Leave out a verb of earning right before its denied object ("verdient kein Geld"), or the two would name both kinds of use.

    So too an object right before its denied verb, with a word between that was not known ("money ever not earn").
    """
    kept = list(words)
    rules = any(word.concept == "forbid" for word in words)
    for verb, denial, gain in zip(words, words[1:], words[2:], strict=False):
        concepts = (verb.concept, denial.concept, gain.concept)
        close = _is_next(verb, denial) or (not rules and verb.end + _NEXT >= denial.start)
        if concepts == ("commercial", "not", "commercial") and close and _is_next(denial, gain):
            kept.remove(verb)
    return kept


def _is_next(left: Word, right: Word) -> bool:
    return right.start - left.end <= 1


def with_withheld_permission(words: Sequence[Word]) -> list[Word]:
    """Read "not (included is) permission to sell" as a prohibition; "no permission" right beside, or one that is needed, asks for none."""
    kept = list(words)
    for denial, consent, act in zip(words, words[1:], words[2:], strict=False):
        withheld = (denial.concept, consent.concept) == ("not", "permission") and act.concept in ACTS and not _is_next(denial, consent)
        if withheld and _NEEDS.isdisjoint(word.concept for word in words):
            kept.remove(consent)
            kept[kept.index(denial)] = replace(denial, concept="forbid")
    return kept


def hand_denials_on(clauses: Sequence[Clause]) -> None:
    """Turn the verb right behind a denial that names nothing: it is what is denied ("not covered is the right to adapt it").

    A "however" set off by commas may stand between the two.
    """
    before: Clause | None = None
    parted = False
    for clause in clauses:
        if not clause.words:
            parted = parted or clause.opener == "but"
            continue
        if before is not None and _opens_with_verb(clause) and (parted or clause.words[0].start - before.words[-1].end <= _NEXT):
            clause.keep((replace(clause.words[0], concept="forbid"), *clause.words[1:]))
        before, parted = clause if clause.concepts <= _BARE and clause.opener is None else None, False


def _opens_with_verb(clause: Clause) -> bool:
    return not clause.leads and clause.words[0].concept == "permit" and not clause.concepts.isdisjoint(ACTS)
