"""What a clause denies or asks for without its being understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from normalizers.rights.prose.alike import OF_LICENSES
from normalizers.rights.prose.clause import ACTS, ASKS, DENIES, Clause, Fact, own_polarity
from normalizers.rights.prose.constructions import Word
from normalizers.terms import Found, Hit

_SETTLING = OF_LICENSES | {"not_required"}
"""What makes the words "licence" and "terms" beside it understood."""
_UNEXPLAINED = frozenset({*ASKS, "use", "share", "require", "only", "permit"})


def unread_sentence(first: Hit, last: Found, tag: str) -> Clause:
    """Stand for a sentence that is too long to be followed: it may forbid anything."""
    place = Word("unread", first.start, last.end, first.rule)
    return Clause(None, (), tag, facts=[Fact("unread_sentence", holds=True, word=place)])


def unread_of(clause: Clause) -> Iterator[Fact]:
    """Yield what a clause denies or asks for without its being understood: a licence must not be taken as freer for it."""
    denies = (
        clause.permits is False
        and not clause.facts
        and clause.words
        and clause.concepts <= {"not", "forbid", "use", "require", "unrestricted"}
    )
    unclear = clause.opener == "provided" and clause.has("not") and clause.concepts.isdisjoint(ACTS)
    if denies or unclear or _denies_beside_terms(clause) or _ends_in_nor(clause):
        yield Fact("unread_denial", holds=True, word=clause.words[0])
    if _ends_in_denial(clause):
        yield Fact("unread_grant", holds=True, word=clause.words[-1])
    if (clause.has("permission") and not clause.has("free")) or (clause.has("forbid") and clause.has("free")):
        yield Fact("consent", holds=True, word=clause.words[0])
    if clause.terms and clause.concepts.isdisjoint(_SETTLING):
        asks = [word.start for word in clause.words if word.concept in {"require", "only", "share"}]
        bound = clause.opener == "provided" or (clause.has("share") and (own_polarity(clause) is None or _is_ordered(clause, "share")))
        bound = bound or (clause.has("adapt") and clause.permits is None)
        first = 0 if bound else min(asks, default=clause.terms[-1].end)
        credit = min((word.start for word in clause.words if word.concept == "credit"), default=clause.terms[-1].end)
        last = max((word.start for word in clause.words if word.concept == "share"), default=0)
        again = min((start for start in asks if start > credit), default=clause.terms[-1].end)
        unread = [
            word
            for word in clause.terms
            if first < word.start < credit or again < word.start or credit < word.start < last or _binds_changes(clause, word)
        ]
        yield from (Fact("unread_terms", holds=True, word=word) for word in unread)


def _ends_in_denial(clause: Clause) -> bool:
    """Tell whether a "not" stands last in a clause that a permission opens: what it denies was not read ("may sell it without ado")."""
    ends = len(clause.words) > 1 and clause.words[-1].concept == "not" and clause.words[0].concept == "permit"
    return ends and clause.permits is True and clause.concepts.isdisjoint(DENIES)


def _ends_in_nor(clause: Clause) -> bool:
    """Tell whether a "nor" stands last behind what is denied: what it denies besides was not read ("not for money nor in slices")."""
    return len(clause.words) > 1 and clause.words[-1].concept == "not" and clause.words[-2].concept in DENIES


def _denies_beside_terms(clause: Clause) -> bool:
    """Tell whether a "not" stands in a clause that lets changed works be shared alike: it denies more ("take no dosh and share alike")."""
    return clause.has("not") and clause.has("share") and clause.has("same_license") and clause.permits is True


def withhold_unexplained(clause: Clause, behind: Sequence[Clause]) -> None:
    """Take back that gain or changes are granted where they are bound to what was not understood ("to sell it you must").

    A condition right behind may be what they are bound to, and credit there is what is demanded ("and sell it: all we ask is credit").
    So too where a "not" stands last whose word was not read, for it denies them or nothing.
    """
    if _ends_in_denial(clause):
        clause.facts = [fact for fact in clause.facts if fact.question not in ASKS.values()]
    asks = clause.has("require") and (own_polarity(clause) is None or _only_freely(clause))
    bound = asks or (clause.has("only") and clause.has("adapt"))
    if bound and clause.concepts <= _UNEXPLAINED and not any(map(_explains, behind)):
        clause.facts = [fact for fact in clause.facts if not fact.holds or fact.question not in ASKS.values()]


def _only_freely(clause: Clause) -> bool:
    """Tell whether no verb permits, but words for "anybody" or "freely", beside which a demand rules ("anybody must, to sell it, ...")."""
    return clause.concepts.isdisjoint({"forbid", "free", "permission"}) and all(
        word.rule.endswith(".freely") for word in clause.words if word.concept == "permit"
    )


def _explains(behind: Clause) -> bool:
    """Tell whether a clause says what the one before it demands."""
    return behind.opener == "provided" or (behind.has("credit") and not behind.leads)


def _is_ordered(clause: Clause, act: str) -> bool:
    """Tell whether a clause tells to do an act, by a word that is both the act and the verb ("share it")."""
    verbs = {(word.start, word.end) for word in clause.words if word.concept == "permit"}
    return any(word.concept == act and (word.start, word.end) in verbs for word in clause.words)


def _binds_changes(clause: Clause, term: Word) -> bool:
    """Tell whether a term belongs to a demand about changed works: behind it, or before a verb that stands last."""
    before = [word.concept for word in clause.words if word.start < term.start]
    if clause.opener == "provided" and before[-1:] == ["adapt"]:
        return True
    behind = before[len(before) - before[::-1].index("require") :] if "require" in before else []
    demanded = clause.has("require") and not clause.has("credit") and own_polarity(clause) is None
    return ("adapt" in behind and ("credit" not in behind or behind[-1] == "adapt")) or (demanded and "adapt" in before)
