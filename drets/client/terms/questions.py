"""What a client asks about terms."""

from __future__ import annotations

import json
from typing import cast

from drets.client.questions import Page, Question, read_json, read_nothing
from drets.client.terms.shapes import AuditEntry, Impact, Term, TermAddress, TermState, Verdict

ROOT = "v1/terms"


def search(state: TermState, options: dict[str, str | None], *, suggest: bool) -> dict[str, str]:
    """Give the query of a list of terms."""
    given = {name: value for name, value in options.items() if value is not None}
    return {"state": state, **given, **({"suggest": "true"} if suggest else {})}


def page(following: str | None, query: dict[str, str]) -> Question[Page[Term]]:
    """Ask for a page of terms: the first one, or the one that the page before named."""
    return Question(
        method="GET",
        path=_with_suggestions(following, query) if following else ROOT,
        query={} if following else query,
        read=lambda response: Page(response.json()["terms"], response.json()["next"]),
    )


def show(term: Term | TermAddress) -> Question[Term]:
    """Ask for all that is known of a term."""
    return Question(method="GET", path=_path(term), read=read_json)


def decide(term: Term | TermAddress, verdict: Verdict, *, identifier: str | None, author: str, note: str) -> Question[Term]:
    """Say what a term means. A term that was never met is given with its text by a sheet."""
    stated = {"decision": verdict, "author": author, "note": note} | ({} if identifier is None else {"identifier": identifier})
    return Question(
        method="PUT",
        path=_path(term),
        content=json.dumps(stated, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json"},
        read=read_json,
    )


def withdraw(term: Term | TermAddress, *, author: str, note: str) -> Question[None]:
    """Take a decision back."""
    return Question(method="DELETE", path=_path(term), query={"author": author, "note": note}, read=read_nothing)


def impact(term: Term | TermAddress, verdict: Verdict, *, identifier: str | None) -> Question[Impact]:
    """Ask what a decision would change."""
    query = {"decision": verdict} | ({} if identifier is None else {"identifier": identifier})
    return Question(method="GET", path=f"{_path(term)}/impact", query=query, read=read_json)


def audit(following: str | None) -> Question[Page[AuditEntry]]:
    """Ask for a page of what was decided and withdrawn."""
    return Question(
        method="GET",
        path=following or f"{ROOT}/audit",
        read=lambda response: Page(response.json()["entries"], response.json()["next"]),
    )


def sheet() -> Question[str]:
    """Ask for all decisions as CSV."""
    return Question(method="GET", path=f"{ROOT}/decisions", read=lambda response: response.text)


def take(content: str) -> Question[int]:
    """Give decisions as CSV; gives back how many there were."""
    return Question(
        method="POST",
        path=f"{ROOT}/decisions",
        content=content.encode(),
        headers={"Content-Type": "text/csv; charset=utf-8"},
        read=lambda response: cast("int", response.json()["decisions"]),
    )


def _with_suggestions(following: str, query: dict[str, str]) -> str:
    return f"{following}&suggest=true" if "suggest" in query else following


def _path(term: Term | TermAddress) -> str:
    address = TermAddress.of(term)
    return f"{ROOT}/{address.field}/{address.key}"
