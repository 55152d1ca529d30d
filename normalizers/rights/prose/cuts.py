"""Where a clause that punctuation and openers leave whole is cut still: so that each act stays with its verb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from normalizers.rights.prose.clause import ACTS, ASKS, DENIES, Clause
from normalizers.rights.prose.constructions import Word

_VERBS = frozenset({"permit", "forbid", "free"})
_CUTTING = frozenset({"unless", "even"})


def cut_clause(clause: Clause) -> Iterator[Clause]:
    """Yield the clauses that one stretch of combined words is; most are whole."""
    if clause.opener not in _CUTTING and not (clause.has("forbid") and (clause.has("permit") or clause.has("require"))):
        yield clause
        return
    for opener, words in _by_exception(clause):
        for own, part in _by_demand(opener, words):
            yield from _by_verb(own, part, clause.locale, clause.terms)


def _by_exception(clause: Clause) -> Iterator[tuple[str | None, tuple[Word, ...]]]:
    """Cut an exception that begins the sentence where the main clause follows without a comma ("except for profit any use is permitted").

    The main clause begins behind the acts that are excepted: at "any use", or at its verb.
    """
    words = clause.words
    begins = (index for index, word in enumerate(words) if word.concept in _VERBS or word.concept == "unrestricted")
    cut = next(begins, 0) if clause.opener == "unless" and clause.leads else 0
    if cut and any(word.concept in _VERBS for word in words[cut:]) and any(word.concept in ACTS for word in words[:cut]):
        yield clause.opener, words[:cut]
        yield None, words[cut:]
    else:
        yield clause.opener, words


def _by_demand(opener: str | None, words: tuple[Word, ...]) -> Iterator[tuple[str | None, tuple[Word, ...]]]:
    """Cut a concession where credit is asked for behind it without a comma ("even for money must credit be given")."""
    concepts = [word.concept for word in words]
    cut = next((index for index, pair in enumerate(pairwise(concepts)) if index and pair == ("require", "credit")), 0)
    if opener == "even" and cut and ACTS.issuperset(concepts[:cut]):
        yield opener, words[:cut]
        yield None, words[cut:]
    else:
        yield opener, words


def _demand_behind(words: tuple[Word, ...], verbs: Sequence[int]) -> int:
    """Give where a demand begins that has acts of its own and stands behind a prohibition with its acts, or 0 where none does.

    The same licence for changed works is a demand though its verb is not known.
    """
    if len(verbs) != 1 or words[verbs[0]].concept != "forbid":
        return 0
    verb = verbs[0]
    demand = next((index for index in range(verb + 1, len(words)) if words[index].concept == "require"), 0)
    first_has_acts_before = any(word.concept in ACTS and word.concept not in DENIES for word in words[:verb])
    alike = first_has_acts_before and {"adapt", "same_license"} <= {word.concept for word in words[verb + 1 :]}
    cut = verb + 1 if first_has_acts_before and (demand or alike) else demand
    has_acts = [not ACTS.isdisjoint(word.concept for word in part) for part in (words[:cut], words[cut:])]
    return cut if all(has_acts) else 0


def _turn(words: tuple[Word, ...], verbs: Sequence[int]) -> int:
    """Give where the acts of a prohibition that stands last begin behind a permission of the unchanged work or of free use, or 0."""
    if len(verbs) != 2 or words[verbs[0]].concept != "permit" or verbs[1] != len(words) - 1:  # noqa: PLR2004 - the two that differ
        return 0
    limit = next((index for index in range(verbs[0] + 1, verbs[1]) if words[index].concept in DENIES), 0)
    behind = {word.concept for word in words[limit + 1 : verbs[1]]}
    return limit + 1 if limit and not behind.isdisjoint(ASKS) else 0


def _withheld(words: tuple[Word, ...], verbs: Sequence[int]) -> int:
    """Give where the acts of a right begin that is not granted ("the right to sell it is not granted"), or 0 where it is not one alone."""
    first, last = verbs[0], verbs[-1]
    alone = first == 0 and (words[first].concept, words[last].concept) == ("permit", "forbid") and len(verbs) == len({first, last})
    asks = {word.concept for word in words[:last]}.intersection(ASKS)
    return 1 if alone and len(asks) == 1 and all(word.concept == "not" for word in words[last + 1 :]) else 0


def _by_verb(opener: str | None, words: tuple[Word, ...], tag: str, terms: tuple[Word, ...]) -> Iterator[Clause]:
    """Cut a clause with several verbs so that each act stays with its verb: before it, if acts stand before the first."""
    verbs = [index for index, word in enumerate(words) if word.concept in {"permit", "forbid"}]
    demand = _demand_behind(words, verbs)
    if demand:
        yield Clause(opener, words[:demand], tag, terms)
        yield Clause(None, words[demand:], tag, terms)
        return
    if len(verbs) < 2 or len({words[index].concept for index in verbs}) == 1:  # noqa: PLR2004 - nothing to separate
        yield Clause(opener, words, tag, terms)
        return
    withheld = _withheld(words, verbs)
    if withheld:
        yield Clause(opener, words[withheld:], tag, terms)
        return
    first_has_acts_before = any(word.concept in ACTS for word in words[: verbs[0]])
    turn = _turn(words, verbs)
    if turn:
        yield Clause(opener, words[:turn], tag, terms)
        yield Clause(None, words[turn:], tag, terms)
        return
    cuts = [index + 1 for index in verbs[:-1]] if first_has_acts_before else verbs[1:]
    start = 0
    for cut in [*cuts, len(words)]:
        if words[start:cut]:
            yield Clause(opener if start == 0 else None, words[start:cut], tag, terms)
        start = cut
