"""Weighs what a text says as it stands against what it says with its misspelt words read as they were meant."""

from __future__ import annotations

from collections.abc import Sequence

from normalizers.reading import Query
from normalizers.results import Candidate, Issue, License, Result, Status
from normalizers.rights.prose.mending import Mended
from normalizers.rights.severity import burdens_of


def settle(query: Query, written: Result, meant: Result, mended: Sequence[Mended]) -> Result:
    """Give the answer of a text in which words were mended, with the issue ``repaired`` where it hangs on them.

    A mended word settles what was open. It overturns what was settled only where it is sure, and binds at least as much; else both
    answers are offered, for a word may be spelt right and unknown. That there is no licence stands, then; so does what was open, where a
    "not" may have been meant.
    """
    is_sure = all(item.sure for item in mended)
    if (written.status, written.identifiers) == (meant.status, meant.identifiers) or (written.status is Status.NONE and not is_sure):
        return written
    if _is_open(written) and any(item.denies for item in mended):
        return written
    words = "; ".join(f"{query.folded_evidence(item.start, item.end, '', '').text!r} as {item.word!r}" for item in mended)
    issue = Issue("repaired", f"misspelt words were read as they seem to be meant: {words}")
    if _is_open(written) or (is_sure and _binds_as_much(meant, written)):
        return meant.with_issues(issue)
    offered = [Candidate(name, reason="by the words as they stand") for name in written.identifiers]
    offered += [Candidate(name, reason="by misspelt words as they seem to be meant") for name in meant.identifiers]
    offered += [candidate for candidate in meant.candidates if candidate.identifier not in written.identifiers]
    return query.ambiguous(tuple(offered), *meant.issues, issue, evidence=meant.evidence or written.evidence)


def _is_open(result: Result) -> bool:
    return result.status in {Status.AMBIGUOUS, Status.UNMATCHED}


def _binds_as_much(meant: Result, written: Result) -> bool:
    """Tell whether no licence becomes freer; that there is none, or that several are left, binds more than any."""
    if meant.license is None or written.license is None:
        return meant.license is None
    return all(own >= theirs for own, theirs in zip(_burdens(meant.license), _burdens(written.license), strict=True))


def _burdens(found: License) -> tuple[bool, bool, int]:
    return burdens_of(found.permissions) if found.permissions else (False, False, 0)
