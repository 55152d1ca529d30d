"""Fourth way of reading: statements about rights that are no licence, and the RightsStatements.org statement they amount to."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from msgspec import Struct

from normalizers.reading import Query
from normalizers.results import Evidence, Method
from normalizers.rights.items import is_country
from normalizers.rights.negation import unnegated
from normalizers.rights.prose.clause import Clause
from normalizers.rights.status import SETTLING, compose
from normalizers.rights.waiver import find_waivers
from normalizers.terms import Hits
from normalizers.vocabularies import Vocabulary

_ADDRESS = re.compile(
    r"rights\s?statements?\s?[.,]\s?org\s?/+\s?(?:vocab|page|data)?\s?/*\s?(?P<id>[a-z]{2,3}(?:-[a-z]{2,4}(?:-[a-z]{2})?)?)(?![a-z])",
    re.IGNORECASE,
)
_AMOUNTS_TO = {"all_rights_reserved": "InC", "in_copyright": "InC", "no_known_copyright": "NKC"}


class Statement(Struct, frozen=True):
    """A statement found: its key, the RightsStatements.org key it amounts to (if any), and where it stands."""

    key: str
    rights_statement: str | None
    method: Method
    evidence: Evidence


def read_statements(query: Query, hits: Hits, clauses: Sequence[Clause], vocabulary: Vocabulary) -> Iterator[Statement]:
    """Yield the statements of a text: by address, by title, and by what they say."""
    for match in _ADDRESS.finditer(query.text) if "statement" in query.folded.text else ():
        key = next((key for key in vocabulary.concepts if key.casefold() == match["id"].casefold()), None)
        if key:
            yield Statement(key, key, Method.URL, query.evidence(match.start(), match.end(), "url:rightsstatements", key))
    found = unnegated(query.folded.text, hits, "statements", "rights_statements", "rights_status")
    countries = [hit for hit in hits.spread("ports") if is_country(query, hit)]
    composed = dict(compose(found, countries, hits, clauses))
    for key, (start, end, rule) in composed.items():
        yield Statement(key, key, Method.CLAUSES, query.folded_evidence(start, end, rule, key))
    for key, hit in find_waivers(query.folded.text, hits):
        yield Statement(key, _amounts_to(key, composed), Method.CLAUSES, query.folded_evidence(hit.start, hit.end, hit.rule, key))
    for hit in found:
        evidence = query.folded_evidence(hit.start, hit.end, hit.rule, hit.concept)
        if hit.section == "rights_statements":
            yield Statement(hit.concept, hit.concept, Method.LABEL, evidence)
        elif hit.section == "statements":
            yield Statement(hit.concept, _amounts_to(hit.concept, composed), Method.CLAUSES, evidence)


def _amounts_to(key: str, composed: Container[str]) -> str | None:
    """Give what a statement amounts to; "in copyright" says less than the statements that settle it otherwise."""
    amounts = _AMOUNTS_TO.get(key)
    return None if amounts == "InC" and any(settled in composed for settled in SETTLING) else amounts
