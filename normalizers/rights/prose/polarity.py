"""From the words of the clauses of a sentence to what each permits, forbids or asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from normalizers.rights.prose.alike import OF_LICENSES, read_license
from normalizers.rights.prose.clause import ACTS, ASKS, DENIES, Clause, Fact, own_polarity
from normalizers.rights.prose.constructions import Word
from normalizers.rights.prose.denied_orders import hand_denials_on
from normalizers.rights.prose.neighbours import join_neighbours
from normalizers.rights.prose.unread import unread_of

_NEXT = 6


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
            mode, current = "exception", main is False and not _denies_first(clause)
            _lift(clauses[:index], clause, main=main)
        elif own is not None:
            mode, current, main = "main", own, own
        elif clause.has("require"):
            mode, current, main = "main", main or None, main or None
        elif clause.opener == "even":
            mode, current = "main", True if main is None and _is_conceded(clauses) else main
        elif clause.opener == "but":
            mode, current = "main", main if clause.has("not") or clause.has("only") else _verb_after_aside(clauses, index)
            main = main if current is None else current
        bare = own is None and clause.opener is None
        clause.permits = None if bare and _says_nothing(clauses, index, current=current, complete=complete) else current
        complete = complete if bare else _is_complete(clause)
        clause.facts = list(_facts(clause, mode, main=main))
        clause.facts += unread_of(clause)
        if _asks_of_changes(clauses, index):
            clause.facts.append(Fact("unread_terms", holds=True, word=clause.words[0]))
        current = _carried(clauses, index, current=current)
    _release(clauses)


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


def _release(clauses: Sequence[Clause]) -> None:
    """Take back that sharing is denied where the sentence asks for the same licence: what is denied is to share on other terms."""
    if any(fact.question == "share_alike" and fact.holds for clause in clauses for fact in clause.facts):
        for clause in clauses:
            clause.facts = [fact for fact in clause.facts if fact.question != "sharing" or fact.holds]


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
    nor that of a "but" which denies acts of its own, nor what "with one exception:" announces.
    """
    for number, clause in enumerate(clauses):
        own = own_polarity(clause)
        turned = clause.opener == "but" and own is False and not clause.concepts.isdisjoint(ACTS)
        if number and (clause.leads or turned or (clause.opener == "unless" and not clause.words)):
            break
        if own is not None and clause.opener != "provided":
            return own
    return None


def _says_nothing(clauses: Sequence[Clause], index: int, *, current: bool | None, complete: bool) -> bool:
    """Tell whether a clause without a verb has no polarity either: another verb may be meant, or changed works are asked for terms."""
    clause = clauses[index]
    behind = clauses[index + 1] if index + 1 < len(clauses) else clause
    opens = (clause.leads or clause.concepts == {"adapt"}) and _only_acts(clause) and behind.has("require") and not behind.leads
    asks = current is False and not clause.has("not") and (clause.has("same_license") or (opens and behind.has("same_license")))
    return asks or _is_between(clauses, index, current=current) or (complete and _only_acts(clause))


def _is_between(clauses: Sequence[Clause], index: int, *, current: bool | None) -> bool:
    """Tell whether a bare clause stands between two verbs that differ: it may belong to either, so it says nothing."""
    if clauses[index].opener is not None or clauses[index].leads:
        return False
    for clause in clauses[index + 1 :]:
        if clause.leads or clause.opener is not None:
            return False
        own = own_polarity(clause)
        if own is not None:
            return own is not current
    return False


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


def _facts(clause: Clause, mode: str, *, main: bool | None) -> Iterator[Fact]:
    negative = _negated(clause, main=main, mode=mode)
    binds = clause.has("any_license") and clause.permits is False
    for position, word in enumerate(clause.words):
        if word.concept == "credit":
            yield Fact("attribution", not (_is_let_off(clause) or (clause.permits is True and _is_without(clause, position))), word)
        elif word.concept == "uncredited":
            yield Fact("attribution", clause.permits is not True, word)
        elif word.concept in OF_LICENSES:
            yield from read_license(clause, word)
        elif word.concept in ACTS and not _is_spared(clause, position):
            if not binds and (word.concept != "share" or clause.concepts.isdisjoint(ASKS)):
                yield from _act(clause, word, mode, main=main, turned=position in negative and word.concept not in DENIES)
        elif word.concept == "unrestricted" and clause.permits is not False and not negative:
            yield Fact("commercial_use", holds=True, word=word, weak=True)
            yield Fact("derivatives", holds=True, word=word, weak=True)


def _is_let_off(clause: Clause) -> bool:
    """Tell whether a clause requires no credit, rather than nothing but credit ("apart from credit nothing is required")."""
    return clause.has("not_required") and not clause.has("only") and clause.opener != "unless"


def _is_spared(clause: Clause, position: int) -> bool:
    """Tell whether an act is what need not be done, rather than one granted before "without having to ask"."""
    if not clause.has("not_required") or own_polarity(clause) is not None:
        return False
    return clause.permits is not True or any(word.concept == "not_required" for word in clause.words[:position])


def _is_without(clause: Clause, position: int) -> bool:
    """Tell whether "without" stands right before a word, or before words for credit that end in it.

    What was not understood between them may be what is to be left out.
    """
    while position and clause.words[position - 1].concept == "credit":
        position -= 1
    before = clause.words[position - 1] if position else None
    return before is not None and before.concept == "without" and clause.words[position].start - before.end <= _NEXT


def _negated(clause: Clause, *, main: bool | None, mode: str) -> set[int]:
    """Give the positions that a "not" left over speaks of: what follows it, or the whole clause where only a verb follows.

    After an act that is denied already it only agrees with that denial ("nie ... nie"). Changed works that are asked for the same
    licence are not denied ("not to sell it and to share adaptations under the same licence").
    """
    alike = clause.has("same_license")
    everything = {index for index, word in enumerate(clause.words) if not (alike and word.concept == "adapt")}
    if mode == "condition" and main is False:
        return everything
    for position, word in enumerate(clause.words):
        if word.concept == "without":
            after = {index for index in everything if index > position}
            return {index for index in after if clause.words[index].concept in ASKS or _is_without(clause, index)}
        if word.concept == "not":
            after = {index for index in everything if index > position}
            if any(clause.words[index].concept in ASKS for index in after):
                return after
            denied = max((index for index in range(position) if clause.words[index].concept in DENIES), default=-1)
            return everything if denied < 0 else {index for index in range(denied + 1, position) if clause.words[index].concept in ASKS}
        if word.concept == "not_after":
            return {index for index in everything if index < position}
    return set()


def _is_odd(clause: Clause, act: Word) -> bool:
    """Tell whether "only" stands right beside a commercial use, which no licence says: a denial there was not read."""
    near = [word for word in clause.words if word.start - act.end in range(_NEXT) or act.start - word.end in range(_NEXT)]
    return act.concept == "commercial" and any(word.concept == "only" for word in near)


def _is_of_terms(clause: Clause, word: Word) -> bool:
    """Tell whether "unchanged" speaks of terms: a changed work is asked to keep those of the original ("on terms just like its own")."""
    adapts = any(other.concept == "adapt" and other.start < word.start for other in clause.words)
    return adapts and clause.has("require") and (clause.has("same_license") or bool(clause.terms))


def _is_demanded(clause: Clause, word: Word) -> bool:
    """Tell whether an act stands behind the credit that a clause demands: what is asked of it there was not read ("and seek no gain")."""
    return _is_behind_credit(clause, word) and clause.has("require") and own_polarity(clause) is None


def _is_asked(clause: Clause, mode: str) -> bool:
    """Tell whether a clause without a verb goes on with a condition, where a "not" before it denies nothing here."""
    return mode == "condition" and own_polarity(clause) is None and not clause.has("not")


def _is_behind_credit(clause: Clause, word: Word) -> bool:
    """Tell whether changes are named behind credit: what is asked for is to tell of them ("only credit and a note of the changes")."""
    return any(other.concept == "credit" and other.start < word.start for other in clause.words)


def _stands_alone(clause: Clause) -> bool:
    """Tell whether a clause says no more than that something is left as it is, which a "forbidden" in another clause is not of."""
    return clause.concepts <= {*DENIES, "use", "require", "only", "credit"}


def _act(clause: Clause, word: Word, mode: str, *, main: bool | None, turned: bool) -> Iterator[Fact]:
    """Yield what one act says; an act in a condition ("if you adapt it") says nothing unless the condition denies it."""
    permits = not turned and clause.permits is not False
    if word.concept in DENIES:
        if word.concept == "unmodified" and _is_of_terms(clause, word):
            yield Fact("unread_terms", holds=True, word=word)
        elif (permits or word.concept == "not_commercial" or _stands_alone(clause) or _is_asked(clause, mode)) and not clause.is_lifted():
            yield Fact(DENIES[word.concept], holds=False, word=word)
    elif word.concept in ASKS:
        silent = (
            clause.permits is None
            or (mode == "condition" and (main is not False or clause.has("same_license")))
            or _is_odd(clause, word)
            or _is_demanded(clause, word)
        )
        if mode == "exception" and word.concept == "adapt" and _is_behind_credit(clause, word):
            return
        if not permits or not silent:
            yield Fact(ASKS[word.concept], holds=permits, word=word)
    elif word.concept == "share":
        denied = turned or own_polarity(clause) is False
        if denied or (permits and clause.permits is not None):
            yield Fact("sharing", holds=not denied, word=word)
