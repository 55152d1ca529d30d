"""From the words of a clause and its polarity to facts: what may be done, what may not, and on which terms."""

from __future__ import annotations

from collections.abc import Iterator

from normalizers.rights.prose.alike import OF_LICENSES, read_license
from normalizers.rights.prose.clause import ACTS, ASKS, DENIES, Clause, Fact, own_polarity
from normalizers.rights.prose.constructions import Word
from normalizers.rights.prose.pointed import names_work

_NEXT = 6


def facts_of(clause: Clause, mode: str, *, main: bool | None) -> Iterator[Fact]:
    """Yield what a clause says; ``mode`` tells a condition or an exception from what is said itself, ``main`` is the polarity of that."""
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
            if not binds and (word.concept != "share" or clause.concepts.isdisjoint(ASKS)) and not _is_name(clause, position, negative):
                yield from _act(clause, word, mode, main=main, turned=position in negative and word.concept not in DENIES)
        elif word.concept == "unrestricted" and clause.permits is not False and not negative:
            yield Fact("commercial_use", holds=True, word=word, weak=True)
            yield Fact("derivatives", holds=True, word=word, weak=True)


def _is_name(clause: Clause, position: int, negative: set[int]) -> bool:
    """Tell whether an act is the name of the work ("this translation may be sold")."""
    return names_work(clause, position, permits=clause.permits is not False and position not in negative)


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


def _is_of_holder(clause: Clause, word: Word) -> bool:
    """Tell whether an act may belong to the name that is credited, right behind that ("copy it citing the Museum of Trade").

    Where acts stand before the credit it may do so without a word between; where a clause has no verb it must be its last word.
    """
    before = [other for other in clause.words if other.start < word.start]
    while before and before[-1].concept in ASKS:
        before.pop()
    verbs = [other.start for other in clause.words if other.concept == "permit"]
    if not before or before[-1].concept != "credit" or before[-1].rule.endswith(".link"):
        return False
    if not verbs:
        return clause.opener is None and not clause.leads and clause.concepts <= {"credit", *ASKS} and clause.words[-1] is word
    parted = word.start - before[-1].end > 1 or any(other.concept in ASKS and verbs[-1] < other.start for other in before)
    return parted and verbs[-1] < before[-1].start


def _stands_alone(clause: Clause) -> bool:
    """Tell whether a clause says no more than that something is left as it is, which a "forbidden" in another clause is not of."""
    return clause.concepts <= {*DENIES, "use", "require", "only", "credit"}


def _is_consented(clause: Clause) -> bool:
    """Tell whether a clause names a permission and asks for none ("published with the consent of the author")."""
    return clause.has("permission") and clause.opener is None and clause.concepts <= {"permission", "share"}


def _is_conceded(clause: Clause, word: Word) -> bool:
    """Tell whether gain stands behind "even", and changes behind it: a "not" at the end denies these ("even sale - changed copies not")."""
    return clause.opener == "even" and word.concept == "commercial" and clause.has("adapt")


def _act(clause: Clause, word: Word, mode: str, *, main: bool | None, turned: bool) -> Iterator[Fact]:
    """Yield what one act says; an act in a condition ("if you adapt it") says nothing unless the condition denies it."""
    permits = not turned and clause.permits is not False
    if turned and _is_conceded(clause, word):
        return
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
            doubted = permits and _is_of_holder(clause, word)
            yield Fact("unread_grant" if doubted else ASKS[word.concept], holds=permits, word=word)
    elif word.concept == "share":
        denied = turned or (own_polarity(clause) is False and not _is_consented(clause))
        if denied or (permits and clause.permits is not None):
            yield Fact("sharing", holds=not denied, word=word)
