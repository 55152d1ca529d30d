"""From the facts of all clauses to a licence unit, where they say enough for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from normalizers.reading import Query
from normalizers.results import Evidence, Permissions
from normalizers.rights.prose.clause import ACTS, Clause, Fact
from normalizers.rights.prose.constructions import Word
from normalizers.rights.prose.sole import grant_unsaid
from normalizers.rights.prose.unsaid import QUESTION_OF
from normalizers.rights.tools import canonical_unit

_BINDING = {"commercial_use": False, "derivatives": False, "share_alike": True}
_GRANTS = frozenset({"sharing", "commercial_use", "derivatives"})
_LICENSE_TERMS = frozenset({"attribution", "share_alike"})
_RESERVED = frozenset({"sharing", "consent", "attribution", "unread_denial", "unread_terms"})
_ASKED_FIRST = frozenset({"sharing", "consent", "derivatives", "unread_denial"})
_ASKED = frozenset({"commercial_use", "derivatives"})
_FORBIDDEN = _ASKED | {"sharing", "consent", "unread_denial"}
_DENIALS = frozenset({"not", "forbid"})
_LIMITS = frozenset({"only", "use"})
_FREE = frozenset({canonical_unit(("by",)), canonical_unit(("by", "sa"))})
_DOUBTS = frozenset({"unread_denial", "unread_grant"})
_UNSETTLED = _DOUBTS | {"consent", "unread_terms", "unread_sentence"}
_QUOTED = frozenset({"consent", "sole_condition", "unsaid"})
_REFUSALS = frozenset({("unread_denial", True), ("consent", True), ("sharing", False), ("attribution", True)})
_YIELDS = {
    ("attribution", True): "BY",
    ("commercial_use", False): "NC",
    ("derivatives", False): "ND",
    ("share_alike", True): "SA",
    ("unsaid", True): "left open",
}


class Terms(Struct, frozen=True):
    """What the clauses of a text say taken together.

    ``units`` are the licence units that agree with all of it: one where the text says enough, several where it leaves
    a question open or answers it both ways (``contradicted``), none where it states no terms at all. ``withheld`` says that
    the work may not even be passed on, ``unread`` that a sentence was too long to be followed, which may say anything, ``demands_credit``
    that credit is a duty or a condition, not merely mentioned, ``refused`` that something was denied which was not understood, and nothing
    granted or asked for, ``reserved`` that copies are forbidden or need consent, and nothing is granted or asked for on a licence's terms,
    ``asks_first`` that consent must be asked for, if not for what, and nothing else is said but that the work may not be changed,
    ``consent_for_all`` that copies, too, are forbidden without consent, and nothing else is said than what is.
    """

    permissions: Permissions
    units: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    contradicted: bool = False
    withheld: bool = False
    unread: bool = False
    demands_credit: bool = False
    refused: bool = False
    reserved: bool = False
    asks_first: bool = False
    consent_for_all: bool = False

    @property
    def stated(self) -> bool:
        """Tell whether the text states any term."""
        return bool(self.evidence)


_END = Clause(None, (), "", leads=True)
_SILENT = Terms(Permissions(), (), ())


def conclude(query: Query, clauses: Sequence[Clause]) -> Terms:
    """Weigh the facts. A prohibition outweighs a permission of the same act: a work is never taken as freer than it may be.

    Where one clause permits what another forbids, or the text says that it is left open, all licences that agree with the rest remain.
    """
    unsaid = _left_open(clauses)
    facts = _standing([fact for clause in clauses for fact in clause.facts], unsaid)
    if not facts:
        return _SILENT
    said = {fact.question for fact in facts}
    if not _DOUBTS.isdisjoint(said) or ("sharing" in said and _is_contradicted(clauses, "sharing")):
        facts = [fact for fact in facts if not fact.weak]
    attribution = _settle(facts, "attribution", cautious=True)
    commercial = _settle(facts, "commercial_use", cautious=False)
    share_alike = _settle(facts, "share_alike", cautious=True)
    if share_alike:
        facts = _standing(_without_sold_changes(clauses), unsaid)
    derivatives = _settle(facts, "derivatives", cautious=False)
    permissions = Permissions(commercial, derivatives if derivatives is not None or not share_alike else True, share_alike, attribution)
    if "sole_condition" in said and not unsaid and said.isdisjoint(_UNSETTLED):
        permissions = grant_unsaid(permissions, clauses)
    forbidden = _settle(facts, "sharing", cautious=True) is False
    contradicted = [
        question
        for question, binding in _BINDING.items()
        if getattr(permissions, question) is binding and _is_contradicted(clauses, question)
    ]
    settled = replace(permissions, **dict.fromkeys(contradicted)) if contradicted else permissions
    alike_unsure = "unread_terms" in said or "share_alike" in contradicted
    units = () if forbidden or (derivatives is False and share_alike) else _units(settled, alike_unsure=alike_unsure)
    unread = "unread_sentence" in said
    if unread or (len(units) == 1 and (_only_asks_consent(facts, said) or (units[0] in _FREE and _is_taken_back(clauses)))):
        units = ()
    evidence = tuple(_evidence(query, clauses, permissions, forbidden=forbidden))
    demands = bool(attribution) and any(map(_demands_credit, clauses))
    refused = "unread_denial" in said and not demands and _REFUSALS.issuperset((fact.question, fact.holds) for fact in facts)
    reserved = said <= _RESERVED and not demands and not _grants(facts) and (forbidden or _asks_consent_for_use(clauses))
    asks_first = "consent" in said and said <= _ASKED_FIRST and not demands and not _grants(facts)
    for_all = "consent" in said and said <= _FORBIDDEN and not _grants(facts) and any(map(_forbids_copies, clauses))
    return Terms(permissions, units, evidence, bool(contradicted), forbidden, unread, demands, refused, reserved, asks_first, for_all)


def _left_open(clauses: Sequence[Clause]) -> set[str]:
    """Give the questions that the text says that it leaves open."""
    return {QUESTION_OF[fact.word.concept] for clause in clauses for fact in clause.facts if fact.question == "unsaid"}


def _standing(facts: Iterable[Fact], unsaid: set[str]) -> list[Fact]:
    """Leave out what is granted where the text says that it leaves the question open; a denial stands."""
    return [fact for fact in facts if fact.question != "unsaid" and not (fact.holds and fact.question in unsaid)]


def _without_sold_changes(clauses: Sequence[Clause]) -> Iterator[Fact]:
    """Leave out that changing is forbidden where the clause forbids trade: what may not be sold are the work and its changed versions."""
    for clause in clauses:
        sold = any(fact.question == "commercial_use" and not fact.holds and fact.word.concept == "commercial" for fact in clause.facts)
        yield from (fact for fact in clause.facts if not (sold and fact.question == "derivatives" and not fact.holds))


def _forbids_copies(clause: Clause) -> bool:
    return clause.has("share") and clause.permits is False


def _demands_credit(clause: Clause) -> bool:
    asks = clause.opener == "provided" or clause.has("require")
    return asks and any(fact.question == "attribution" and fact.holds for fact in clause.facts)


def _is_contradicted(clauses: Sequence[Clause], question: str) -> bool:
    """Tell whether one clause permits what another forbids; a clause that seems to do both was read badly, and only binds."""
    said = [{fact.holds for fact in clause.facts if fact.question == question and not fact.weak} for clause in clauses]
    return {True} in said and {False} in said


def _only_asks_consent(facts: Sequence[Fact], said: set[str]) -> bool:
    """Tell whether permission must be asked for and nothing is granted, nor asked on the terms of a licence."""
    return "consent" in said and said.isdisjoint(_LICENSE_TERMS) and not _grants(facts)


def _is_taken_back(clauses: Sequence[Clause]) -> bool:
    """Tell whether a sentence behind the grants does no more than deny or limit, and what was not understood ("those of ours are not").

    It may be that the grant holds here, or whom it is limited to ("that holds only for students"). Where it names terms it says that there
    are no others.
    """
    grants = [place for place, clause in enumerate(clauses) if any(fact.holds and fact.question in _ASKED for fact in clause.facts)]
    last = grants[-1] if grants else len(clauses)
    return any(
        clause.leads
        and behind.leads
        and not clause.terms
        and (_only_limits(clause) or (clause.concepts <= _DENIALS and _denies_unread(clause)))
        for clause, behind in pairwise((*clauses[last + 1 :], _END))
    )


def _only_limits(clause: Clause) -> bool:
    return clause.has("only") and clause.concepts <= _LIMITS and clause.opener is None


def _denies_unread(clause: Clause) -> bool:
    return any(fact.question == "unread_denial" for fact in clause.facts)


def _asks_consent_for_use(clauses: Sequence[Clause]) -> bool:
    """Tell whether permission must be asked for a use, named or denied without it in the same clause or the one beside it."""
    asks = [any(fact.question == "consent" for fact in clause.facts) for clause in clauses]
    uses = [not clause.concepts.isdisjoint({"use", "forbid", *ACTS}) for clause in clauses]
    return any(ask and any(uses[max(0, place - 1) : place + 2]) for place, ask in enumerate(asks))


def _grants(facts: Sequence[Fact]) -> bool:
    return any(fact.holds for fact in facts if fact.question in _GRANTS)


def _settle(facts: Sequence[Fact], question: str, *, cautious: bool) -> bool | None:
    """Answer a question by its facts; ``cautious`` is the answer that binds the user more, and wins where they differ."""
    asked = [fact for fact in facts if fact.question == question]
    if not asked:
        return None
    answers = {fact.holds for fact in asked if not fact.weak} or {fact.holds for fact in asked}
    return cautious if len(answers) > 1 else answers.pop()


@cache
def _units(permissions: Permissions, *, alike_unsure: bool) -> tuple[str, ...]:
    """List the units that agree with what is known; attribution may go unsaid where another term binds, since all six ask it."""
    binding = permissions.commercial_use is False or permissions.derivatives is False or permissions.share_alike
    if permissions.attribution is False or (permissions.attribution is None and not binding):
        return ()
    if permissions.derivatives is False and permissions.share_alike:
        return ()
    return tuple(
        canonical_unit(part for part in ("by", commercial, derivative) if part)
        for commercial in ("", "nc")
        for derivative in ("", "nd", "sa")
        if _agrees(permissions, commercial, derivative) or (alike_unsure and derivative == "sa" and _agrees(permissions, commercial, ""))
    )


def _agrees(permissions: Permissions, commercial: str, derivative: str) -> bool:
    if permissions.commercial_use is not None and permissions.commercial_use == bool(commercial):
        return False
    if permissions.share_alike:
        return derivative == "sa"
    if permissions.derivatives is None:
        return True
    return derivative == "" if permissions.derivatives else derivative == "nd"


def _evidence(query: Query, clauses: Sequence[Clause], permissions: Permissions, *, forbidden: bool) -> Iterator[Evidence]:
    """Quote, for each answer that stands, the words of each clause that say it, as one span a clause."""
    for clause in clauses:
        spans: dict[str, list[Word]] = {}
        for fact in clause.facts:
            if fact.question in _QUOTED or getattr(permissions, fact.question, False if forbidden else None) == fact.holds:
                yields = _YIELDS.get((fact.question, fact.holds), f"{fact.question}: {'yes' if fact.holds else 'no'}")
                spans.setdefault(yields, []).append(fact.word)
        for yields, words in spans.items():
            yield query.folded_evidence(clause.base + words[0].start, clause.base + words[-1].end, words[0].rule, yields)
