"""Verbs that speak of acts in an earlier clause, as in "except commercial use, which is not permitted"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from msgspec.structs import replace

from normalizers.rights.prose.clause import ACTS, ASKS, Clause
from normalizers.rights.prose.own_terms import settle_own_terms
from normalizers.rights.prose.pairs import join_pairs

_MOST_PARTS = 4
_DEMANDED = frozenset({"neither", "nor", "not", "credit", "permission", "commercial", "use", "require"})
_VERBS = frozenset({"permit", "forbid", "permission", "free", "neither"})
_LISTED = frozenset({*ASKS, "use", "share"})
_NOTHING = Clause(None, (), "")


def join_neighbours(clauses: Sequence[Clause]) -> None:
    """Let each clause of a sentence take what the one beside it says of it."""
    settle_own_terms(clauses)
    join_pairs(clauses)
    _join_relatives(clauses)
    _join_repeated_denials(clauses)
    _join_consents(clauses)
    _join_consents_ahead(clauses)
    _free_from_demands(clauses)
    _join_denials(clauses)
    _join_conditions(clauses)
    _join_other_licenses(clauses)
    _join_turned(clauses)
    _join_parted(clauses)


def _join_relatives(clauses: Sequence[Clause]) -> None:
    """Move a verb that forbids and names no act of its own into the exception before it, which names acts and has no verb."""
    for before, clause in pairwise(clauses):
        excepts = before.opener == "unless" and not before.concepts.isdisjoint(ASKS) and before.concepts.isdisjoint(_VERBS)
        if excepts and clause.opener is None and not clause.leads and clause.has("forbid") and clause.concepts <= {"forbid", "use"}:
            before.keep((*clause.words, *before.words))
            clause.keep(())


def _join_repeated_denials(clauses: Sequence[Clause]) -> None:
    """Let a bare "not" deny the acts right before it, where a prohibition stands before these ("changes are not allowed; sale is not")."""
    for first, before, clause in zip(clauses, clauses[1:], clauses[2:], strict=False):
        acts = not before.concepts.isdisjoint(ASKS) and before.concepts <= {"use", *ASKS} and before.opener is None
        if acts and first.has("forbid") and clause.opener is None and not clause.leads and clause.concepts == {"not"}:
            before.keep((*before.words, replace(clause.words[0], concept="forbid")))
            clause.keep(())


def _join_consents(clauses: Sequence[Clause]) -> None:
    """Ask for consent where "without permission" ends a list that a prohibition opened ("may not be copied, translated or sold without").

    With a verb of its own it frees ("changes are not allowed, sharing is without permission").
    """
    denied = False
    for clause in clauses:
        goes_on = denied and clause.opener is None and not clause.leads and clause.concepts.isdisjoint({"permit", "require"})
        if goes_on and clause.has("free"):
            clause.keep(tuple(replace(word, concept="permission") if word.concept == "free" else word for word in clause.words))
        denied = (clause.has("forbid") and not clause.has("permit")) or (goes_on and not clause.concepts.isdisjoint(ACTS))


def _free_from_demands(clauses: Sequence[Clause]) -> None:
    """Read "neither credit, permission nor payment is needed" as what is not required, over its commas too; nothing of it is an act."""
    for place, clause in enumerate(clauses):
        if not clause.words or clause.words[0].concept != "neither":
            continue
        parts = [clause, *takewhile(lambda part: part.opener is None and not part.leads, clauses[place + 1 : place + _MOST_PARTS])]
        last = next((number for number, part in enumerate(parts) if part.has("require")), None)
        if last is not None and all(part.concepts <= _DEMANDED for part in parts[: last + 1]):
            for part in filter(_has_words, parts[: last + 1]):
                named = tuple(word for word in part.words if word.concept == "credit")
                part.keep((replace(part.words[0], concept="not_required"), *named))


def _join_consents_ahead(clauses: Sequence[Clause]) -> None:
    """Ask for consent, too, where the verb that forbids stands behind the list ("copying without permission, and selling, is barred")."""
    for place, clause in enumerate(clauses):
        if clause.has("free") and clause.concepts <= {"free", *_LISTED}:
            behind = takewhile(lambda part: part.opener is None and not part.leads, clauses[place + 1 :])
            verb = next((part for part in behind if not part.concepts <= _LISTED), clause)
            if verb.has("forbid") and verb.concepts <= {"forbid", *_LISTED}:
                clause.keep(tuple(replace(word, concept="permission") if word.concept == "free" else word for word in clause.words))


def _has_words(clause: Clause) -> bool:
    return bool(clause.words)


def _join_denials(clauses: Sequence[Clause]) -> None:
    """Make a verb forbid that ends a list of acts of one kind behind "no" or "neither" ("no cut, translation or version may be shared")."""
    denied: frozenset[str] = frozenset()
    for clause in clauses:
        asks = clause.concepts.intersection(ASKS)
        verbs = clause.concepts & (_VERBS - {"neither"})
        if clause.opener is not None or (verbs and verbs != {"permit"}):
            denied = frozenset()
        elif verbs:
            if not clause.leads and asks and asks <= denied and clause.words[0].concept in ASKS and not clause.has("not"):
                clause.keep(tuple(replace(word, concept="forbid") if word.concept == "permit" else word for word in clause.words))
            denied = frozenset()
        elif clause.words and clause.words[0].concept in {"not", "neither"}:
            denied = asks
        elif clause.leads or not asks <= denied:
            denied = frozenset()


def _join_conditions(clauses: Sequence[Clause]) -> None:
    """Read conditions by what stands beside them.

    "Provided", where nothing that it says was understood, counts among the terms of a changed work that is named right before it. "If
    you change it", right before a demand for the same licence, says nothing of its own.
    """
    for before, clause in pairwise(clauses):
        demanded = clause.opener is None and not clause.leads and clause.has("same_license")
        if demanded and before.opener == "provided" and before.concepts <= {"adapt", "use", "share"}:
            before.keep(())
        if clause.opener == "provided" and not clause.words and before.has("adapt") and before.concepts.isdisjoint(_VERBS):
            before.terms = (*before.terms, before.words[-1])


def _join_other_licenses(clauses: Sequence[Clause]) -> None:
    """Move a verb that forbids, behind "under another licence, other than this", into the clause that names the licence and has no verb."""
    open_clause: Clause | None = None
    for clause in clauses:
        if clause.leads:
            open_clause = None
        if open_clause and clause.has("forbid") and clause.concepts <= {"forbid"}:
            open_clause.keep((*open_clause.words, *clause.words))
            clause.keep(())
        elif clause.words:
            open_clause = clause if clause.has("any_license") and clause.concepts.isdisjoint(_VERBS) else None


def _join_turned(clauses: Sequence[Clause]) -> None:
    """Let a verb that forbids at the end of a list hold from its "but" on ("but sale, translation or cutting is forbidden")."""
    waiting: list[Clause] = []
    for before, clause in pairwise((_NOTHING, *clauses)):
        only_acts = bool(clause.words) and clause.concepts <= {*ASKS, "use", "share"}
        if clause.opener == "but" or (before.opener == "but" and not before.words):
            waiting = [clause] if only_acts else []
        elif clause.opener is not None or clause.leads:
            waiting = []
        elif waiting and only_acts:
            waiting.append(clause)
        else:
            if clause.concepts <= {*ASKS, "use", "share", "forbid"} and [word.concept for word in clause.words[-1:]] == ["forbid"]:
                for each in waiting:
                    each.keep((*each.words, clause.words[-1]))
            waiting = []


def _join_parted(clauses: Sequence[Clause]) -> None:
    """Let a verb that permits hold for the acts from which a condition parts it ("it is allowed, if we are named, to share and adapt")."""
    for verb, condition, acts in zip(clauses, clauses[1:], clauses[2:], strict=False):
        waits = verb.opener is None and verb.has("permit") and verb.concepts <= {"permit", "use"}
        parts = condition.opener == "provided" and condition.has("credit") and condition.concepts <= {"credit", "require"}
        bare = acts.opener is None and not acts.leads and acts.concepts <= {*ASKS, "use", "share", "noncommercial"}
        if waits and parts and bare and not acts.concepts.isdisjoint(ASKS):
            acts.keep((verb.words[-1], *acts.words))
