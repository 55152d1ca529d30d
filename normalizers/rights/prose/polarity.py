"""From the words of the clauses of a sentence to what each permits, forbids or asks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from normalizers.rights.prose.alike import OF_LICENSES
from normalizers.rights.prose.clause import ACTS, ASKS, DENIES, Clause, Fact, own_polarity
from normalizers.rights.prose.constructions import Word
from normalizers.rights.prose.denied_orders import hand_denials_on
from normalizers.rights.prose.doubts import settle_doubts
from normalizers.rights.prose.facts import facts_of
from normalizers.rights.prose.neighbours import join_neighbours
from normalizers.rights.prose.unread import unread_of, withhold_unexplained


def read_sentence(clauses: list[Clause]) -> None:
    """Give each clause of a sentence its polarity and its facts."""
    join_neighbours(clauses)
    hand_denials_on(clauses)
    main: bool | None = None
    mode, current = "main", main
    complete = False
    for index, clause in enumerate(clauses):
        own = own_polarity(clause)
        if clause.leads:
            first = _first_polarity(clauses[index:])
            main = main if first is None else first
            mode, current = "main", main
        if clause.opener == "provided":
            mode, current, main = _condition(clauses, index, main=main)
        elif clause.opener == "unless":
            mode, current = "exception", main is False and not (_denies_first(clause) or _is_left_out(clauses, index))
            _lift(clauses[:index], clause, main=main)
        elif own is not None:
            mode, current, main = "main", own, own
        elif clause.has("require"):
            mode, current, main = "main", main or None, main or None
        elif clause.opener == "even":
            mode, current = "main", _conceded(clauses, index, main=main)
        elif clause.opener == "but":
            mode, current = "main", main if clause.has("not") or clause.has("only") else _verb_after_aside(clauses, index)
            main = main if current is None else current
        bare = own is None and clause.opener is None
        clause.permits = None if bare and _says_nothing(clauses, index, current=current, complete=complete) else current
        complete = complete if bare else _is_complete(clause)
        clause.facts = list(facts_of(clause, mode, main=main))
        clause.facts += unread_of(clause)
        withhold_unexplained(clause, clauses[index + 1 : index + 2])
        _withhold_excepted(clauses[:index][-1:], clause, mode)
        if _asks_of_changes(clauses, index):
            clause.facts.append(Fact("unread_terms", holds=True, word=clause.words[0]))
        current = None if mode == "exception" and clause.leads and main is None else _carried(clauses, index, current=current)
    _release(clauses)
    _suspend(clauses)
    settle_doubts(clauses)


def _withhold_excepted(before: Sequence[Clause], exception: Clause, mode: str) -> None:
    """Take back what an exception grants where the prohibition before it names no act.

    What that excepts is somebody, who alone may do what follows ("none but the author may alter it").
    """
    named = {*ACTS, "unrestricted", "permission"}
    denies = any(own_polarity(clause) is False and clause.concepts.isdisjoint(named) for clause in before)
    if denies and mode == "exception" and not exception.leads:
        exception.facts = [fact for fact in exception.facts if not fact.holds or fact.question not in ASKS.values()]


def _asks_of_changes(clauses: Sequence[Clause], index: int) -> bool:
    """Tell whether changed works must be shared in a way that was not understood ("it requires that what you change be shared so")."""
    clause, before = clauses[index], clauses[index - 1] if index else clauses[index]
    demands = clause.has("require") or (before.has("require") and before.concepts.isdisjoint({*ACTS, "credit", *OF_LICENSES}))
    return demands and {"adapt", "share"} <= clause.concepts <= {"adapt", "share", "use", "require"} and clause.permits is not False


def _verb_after_aside(clauses: Sequence[Clause], index: int) -> bool | None:
    """Give the polarity of the verb that stands alone behind an aside, for what stands before it ("sale, even of prints, is not")."""
    if index + 2 >= len(clauses):
        return None
    aside, verb = clauses[index + 1 : index + 3]
    alone = verb.opener is None and not verb.leads and verb.concepts.isdisjoint(ACTS)
    return own_polarity(verb) if alone and aside.opener == "even" and own_polarity(aside) is None else None


def _carried(clauses: Sequence[Clause], index: int, *, current: bool | None) -> bool | None:
    """Give the polarity for bare clauses behind one: a "not" left over denies, a demand that no verb follows says nothing."""
    clause = clauses[index]
    if own_polarity(clause) is not None:
        return current
    if clause.has("not"):
        return False
    demands = clause.has("require") and clause.opener != "provided" and _first_polarity(clauses[index + 1 :]) is None
    return None if demands else current


def _denies_first(clause: Clause) -> bool:
    """Tell whether a clause forbids before it names an act, so that the verb is its own and not the main clause's at its end."""
    return clause.has("forbid") and clause.words[0].concept == "forbid"


def _is_left_out(clauses: Sequence[Clause], index: int) -> bool:
    """Tell whether a sentence is an exception from the one before it: its verb names no act but those ("except sale, for which ask us")."""
    if not clauses[index].leads:
        return False
    behind = takewhile(lambda clause: not clause.leads, clauses[index + 1 :])
    return all(clause.concepts.isdisjoint({*ACTS, "unrestricted"} - {"use"}) for clause in behind)


def _release(clauses: Sequence[Clause]) -> None:
    """Take back that sharing is denied where the sentence asks for the same licence: what is denied is to share on other terms.

    Where changed works stand before "but" and have no verb, they are what may not be shared ("changed copies may, however, not be").
    """
    if any(fact.question == "share_alike" and fact.holds for clause in clauses for fact in clause.facts):
        for clause in clauses:
            clause.facts = [fact for fact in clause.facts if fact.question != "sharing" or fact.holds]
    for index, clause in enumerate(clauses):
        waits = any(before.has("adapt") and before.permits is None and before.opener is None for before in clauses[:index])
        if waits and clause.opener == "but" and {(fact.question, fact.holds) for fact in clause.facts} == {("sharing", False)}:
            clause.facts = [Fact("derivatives", holds=False, word=fact.word) for fact in clause.facts]


def _suspend(clauses: Sequence[Clause]) -> None:
    """Take back what a clause grants on a condition that is a consent ("if she allows it"), or that was not understood.

    Behind an order such a condition is mostly a phrase that asks for nothing ("sell it if you like").
    """
    for index, clause in enumerate(clauses):
        if clause.opener == "provided":
            bound = clauses[index + 1 : index + 2] if clause.leads else clauses[max(0, index - 1) : index]
            consents = bool(clause.words) and all(_is_verb(word) for word in clause.words)
            for granted in bound if consents or (not clause.words and _ends(clauses, index)) else ():
                if consents or any(_is_verb(word) for word in granted.words):
                    granted.facts = [fact for fact in granted.facts if not fact.holds or fact.question not in ASKS.values()]


def _is_verb(word: Word) -> bool:
    return word.concept == "permit" and word.rule.endswith(".permit")


def _ends(clauses: Sequence[Clause], index: int) -> bool:
    """Tell whether nothing of a condition can stand in the clause behind it."""
    behind = next((clause for clause in clauses[index + 1 :] if clause.words), None)
    return behind is None or behind.leads or behind.opener not in {None, "provided"}


def _conceded(clauses: Sequence[Clause], index: int, *, main: bool | None) -> bool | None:
    """Give the polarity of a concession: that of its sentence, but gain is not conceded by a prohibition that only follows.

    What permits it was not read ("play it, even commercially, but whole: cuts are not allowed"), unless it goes on with what is prohibited
    ("to change it, as also to sell it, is not allowed").
    """
    if main is None:
        return True if _is_conceded(clauses) else None
    follows = main is False and not any(before.has("adapt") or own_polarity(before) is False for before in clauses[:index])
    return None if follows and clauses[index].has("commercial") else main


def _is_conceded(clauses: Sequence[Clause]) -> bool:
    """Tell whether a sentence without a verb that permits takes a use for granted ("who uses it, even commercially, must name us")."""
    if any(own_polarity(clause) is not None or clause.has("not") for clause in clauses):
        return False
    return any((clause.has("require") or clause.opener == "provided") and clause.has("credit") for clause in clauses)


def _condition(clauses: Sequence[Clause], index: int, *, main: bool | None) -> tuple[str, bool, bool | None]:
    """Give mode and polarity of a condition, and the main polarity; one that nobody objects to ("if you sell it, fine") permits."""
    here, behind = clauses[index].words, clauses[index + 1].words if index + 1 < len(clauses) else ()
    verdict = here[-1:] if here and here[-1].concept == "permit" else behind if len(behind) == 1 else ()
    if any(word.rule.endswith(".no_objection") for word in verdict):
        return "main", True, True
    return "condition", own_polarity(clauses[index]) is not False, main


def _first_polarity(clauses: Sequence[Clause]) -> bool | None:
    """Give the polarity of the first verb of a segment, which holds for what stands before it too.

    The verb behind an exception is the main clause's own ("any use except commercial is permitted"), that of a condition is not,
    nor that of a "but" or an "only" which denies acts of its own, nor what "with one exception:" announces.
    """
    for number, clause in enumerate(clauses):
        own = own_polarity(clause)
        turned = (clause.opener == "but" or _turns_by_only(clause)) and own is False and not clause.concepts.isdisjoint(ACTS)
        if number and (clause.leads or turned or (clause.opener == "unless" and not clause.words)):
            break
        if own is not None and (clause.opener != "provided" or (number and _ends_main(clause))):
            return None if number and _demands_first(clause) and not _is_excepted(clauses, number) else own
    return None


def _demands_first(clause: Clause) -> bool:
    """Tell whether a clause demands credit before it forbids acts, which are its own then ("cut it, play it, only name us - no sale")."""
    concepts = [word.concept for word in clause.words]
    verb = concepts.index("forbid") if "forbid" in concepts else 0
    return "credit" in concepts[:verb] and not clause.has("same_license") and not {*ASKS}.isdisjoint(concepts[verb:])


def _is_excepted(clauses: Sequence[Clause], index: int) -> bool:
    """Tell whether an exception follows, with which a prohibition says under which terms an act is allowed."""
    return [behind.opener for behind in clauses[index + 1 : index + 2]] == ["unless"]


def _turns_by_only(clause: Clause) -> bool:
    """Tell whether "only" opens a clause ("sing it, only do not sell it")."""
    return clause.words[:1] != () and clause.words[0].concept == "only" and clause.opener is None


def _ends_main(clause: Clause) -> bool:
    """Tell whether the verb at the end of a condition is that of the main clause around it ("sale, if the author is named, is free")."""
    return (
        clause.words[-1].concept == "permit" and _is_verb(clause.words[-1]) and clause.concepts <= {"credit", "permit", "require", "only"}
    )


def _says_nothing(clauses: Sequence[Clause], index: int, *, current: bool | None, complete: bool) -> bool:
    """Tell whether a clause without a verb has no polarity either: another verb may be meant, or changed works are asked for terms."""
    clause = clauses[index]
    behind = next((other for other in clauses[index + 1 :] if not (_is_share(other) or _is_aside(other))), clause)
    asked = behind.has("require") or behind.has("share")
    opens = (clause.leads or clause.concepts == {"adapt"}) and _only_acts(clause) and asked and not behind.leads
    asks = current is False and not clause.has("not") and (clause.has("same_license") or (opens and behind.has("same_license")))
    return (
        asks
        or _is_apart(clauses, index, current=current)
        or _is_between(clauses, index, current=current)
        or (complete and _only_acts(clause))
    )


def _is_share(clause: Clause) -> bool:
    """Tell whether a condition says no more than that the work is shared ("changed copies, if they are shared, must")."""
    return clause.opener == "provided" and not clause.leads and clause.concepts <= {"share", "use"}


def _is_aside(clause: Clause) -> bool:
    """Tell whether a clause forbids no more than gain, of changed works named before it ("adaptations, which may not be sold, must")."""
    return clause.opener is None and not clause.leads and clause.has("forbid") and clause.concepts <= {"forbid", "commercial", "use"}


def _is_apart(clauses: Sequence[Clause], index: int, *, current: bool | None) -> bool:
    """Tell whether a segment names acts and no verb, though a clause before permits: its own verb ("; sale stays with us") was not read.

    Not so in a list whose verb stands alone at its head ("you are free: to share it; to adapt it; to sell it").
    """
    clause = clauses[index]
    if clauses[0].concepts == {"permit"}:
        return False
    names_acts = clause.leads and not clause.concepts.isdisjoint(ASKS) and clause.concepts <= {*ASKS, "use", "share"}
    return current is True and bool(index) and names_acts and not clause.terms and _first_polarity(clauses[index:]) is None


def _is_between(clauses: Sequence[Clause], index: int, *, current: bool | None) -> bool:
    """Tell whether a bare clause stands between two verbs that differ: it may belong to either, so it says nothing."""
    if clauses[index].opener is not None or clauses[index].leads:
        return False
    for clause in clauses[index + 1 :]:
        if clause.leads or clause.opener is not None:
            return False
        own = own_polarity(clause)
        if own is not None or _is_denied_last(clause):
            return bool(own) is not current
    return False


def _is_denied_last(clause: Clause) -> bool:
    """Tell whether a bare "not" stands behind all acts of a clause, and may deny those of a row before it ("changes, sales are not")."""
    last = clause.words[-1] if clause.words else None
    denies = last is not None and (last.concept == "not" or (last.concept in DENIES and last.rule.endswith(".not_after")))
    return denies and clause.concepts <= {"not", "use", *ASKS, *DENIES}


def _is_complete(clause: Clause) -> bool:
    """Tell whether a verb that denies stands after all acts ("adaptations are not prohibited"): what follows has its own verb."""
    last = clause.words[-1] if clause.words else None
    permits = last is not None and last.concept == "permit" and last.rule.endswith((".permit", ".imperative", ".freely"))
    denies = last is not None and last.concept in {"permit", "forbid"} and not permits
    return denies and not clause.concepts.isdisjoint(ACTS)


def _only_acts(clause: Clause) -> bool:
    """Tell whether a clause names acts and no more, so that its own verb may be one that was left out ("profit-making is")."""
    return clause.concepts <= {"use", *ASKS}


def _lift(before: Sequence[Clause], exception: Clause, *, main: bool | None) -> None:
    """Take back what a prohibition said of acts that its exception allows on the licence's own terms; what the sentence granted stays."""
    terms = {"credit", "same_license", "noncommercial", "unmodified"}
    if main is False and not exception.leads and any(word.concept in terms for word in exception.words):
        segment = next((index for index in range(len(before) - 1, -1, -1) if before[index].leads), 0)
        for clause in before[segment:]:
            if clause.permits is not True:
                clause.facts = [Fact(fact.question, holds=True, word=fact.word) for fact in clause.facts]
