"""Words that say on which terms changed works may be shared only beside others: "you choose" the licence, or "under this licence".

"You choose" is of any licence where a changed work and a word of terms stand beside it ("the licence of your version you choose yourself").
"Under this licence" asks for the same where it is said of sharing changed works, as a demand ("what you make of it, share under this
licence"); elsewhere it is a word of terms like others ("under this licence you may change it").
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from normalizers.rights.prose.clause import ACTS, Clause, own_polarity
from normalizers.rights.prose.constructions import Word

_BACK = 2


def settle_own_terms(clauses: Sequence[Clause]) -> None:
    """Turn "you choose" and "this licence" into what they mean in a sentence, or leave them out."""
    adapts = False
    for number, clause in enumerate(clauses):
        adapts = adapts or clause.has("adapt")
        if clause.has("chosen"):
            _settle_choice(clause, clauses[number - 1] if number and not clause.leads else None)
        if clause.has("this_license"):
            _settle_this(clause, clauses[max(0, number - _BACK) : number], adapts=adapts)


def _settle_choice(clause: Clause, before: Clause | None) -> None:
    """Count a choice as that of any licence, where its clause and the one before it name changed works and terms."""
    word = next(word for word in clause.words if word.concept == "chosen")
    clause.keep(tuple(word for word in clause.words if word.concept != "chosen"))
    beside = [place for place in (clause, before) if place is not None]
    changed = next((place for place in beside if place.has("adapt")), None)
    if changed is not None and any(place.terms for place in beside):
        for place in beside:
            place.terms = ()
        choice = replace(word, concept="any_license")
        changed.keep(tuple(sorted((*changed.words, choice), key=lambda each: each.start)))


def _settle_this(clause: Clause, ahead: Sequence[Clause], *, adapts: bool) -> None:
    """Count "this licence" as the same where sharing changed works is demanded before it, in its clause or, where that is bare, ahead."""
    words: list[Word] = []
    excepted = _is_excepted(clause, ahead)
    bare = clause.concepts == {"this_license"} and clause.opener is None and not clause.leads
    ordered = bare and any(_is_demand(place, place.words) or (place.has("share") and own_polarity(place) is None) for place in ahead)
    for word in clause.words:
        if word.concept != "this_license":
            words.append(word)
        elif adapts and (excepted or ordered or _is_demand(clause, words) or (clause.has("share") and _is_told(clause, ahead))):
            words.append(replace(word, concept="same_license"))
        else:
            clause.terms = (*clause.terms, word)
    clause.keep(tuple(words))


def _is_excepted(clause: Clause, ahead: Sequence[Clause]) -> bool:
    """Tell whether a clause excepts no more than a licence from what changed works may not be ("may not appear except under this one")."""
    bare = clause.opener == "unless" and clause.concepts == {"this_license"}
    return bare and bool(ahead) and ahead[-1].has("adapt") and own_polarity(ahead[-1]) is False


def _is_told(clause: Clause, ahead: Sequence[Clause]) -> bool:
    """Tell whether a clause is what the one before demands and nothing else ("the licence requires that ...")."""
    demands = bool(ahead) and ahead[-1].has("require") and ahead[-1].concepts.isdisjoint({*ACTS, "credit"})
    return demands and clause.opener is None and not clause.leads and own_polarity(clause) is None


def _is_demand(clause: Clause, before: Sequence[Word]) -> bool:
    """Tell whether the words before demand to share: by "must" or "only", or by the imperative of sharing itself."""
    shares = {(word.start, word.end) for word in before if word.concept == "share"}
    ordered = any(word.concept == "permit" and (word.start, word.end) in shares for word in before)
    demanded = any(word.concept in {"require", "only"} for word in before) and own_polarity(clause) is not False
    return bool(shares) and (ordered or demanded)
