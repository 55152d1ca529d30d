"""Terms, for programs that wait."""

from __future__ import annotations

from collections.abc import Iterator

from drets.client.connections import Connection
from drets.client.terms import questions
from drets.client.terms.shapes import AuditEntry, Impact, Term, TermAddress, TermState, Verdict


class Terms:
    """Lists what stays unresolved, and decides on it.

    Methods take a term as the service tells of it, or its address, and raise ProblemError.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def search(
        self, state: TermState = "open", *, field: str | None = None, q: str | None = None, source: str | None = None, suggest: bool = False
    ) -> Iterator[Term]:
        """List terms, those that were met most often first, page by page.

        Args:
            state: Which of them.
            field: Of this field alone.
            q: Those that hold these words.
            source: Those that were met in records of this source.
            suggest: Whether each comes with what it may mean, which takes longer.
        """
        query = questions.search(state, {"field": field, "q": q, "source": source}, suggest=suggest)
        following: str | None = None
        while True:
            page = self._connection.ask(questions.page(following, query))
            yield from page.members
            following = page.following
            if following is None:
                return

    def show(self, term: Term | TermAddress) -> Term:
        """Tell all that is known of a term, with what it may mean."""
        return self._connection.ask(questions.show(term))

    def impact(self, term: Term | TermAddress, verdict: Verdict, *, identifier: str | None = None) -> Impact:
        """Tell how many of the values met lately a decision would change; nothing is decided."""
        return self._connection.ask(questions.impact(term, verdict, identifier=identifier))

    def decide(self, term: Term | TermAddress, verdict: Verdict, *, author: str, identifier: str | None = None, note: str = "") -> Term:
        """Decide what a term means; every process answers so within two seconds."""
        return self._connection.ask(questions.decide(term, verdict, identifier=identifier, author=author, note=note))

    def withdraw(self, term: Term | TermAddress, *, author: str, note: str = "") -> None:
        """Take a decision back; the log keeps it."""
        self._connection.ask(questions.withdraw(term, author=author, note=note))

    def audit(self) -> Iterator[AuditEntry]:
        """List what was decided and withdrawn, the latest first, page by page."""
        following: str | None = None
        while True:
            page = self._connection.ask(questions.audit(following))
            yield from page.members
            following = page.following
            if following is None:
                return

    def export_sheet(self) -> str:
        """Give all decisions that stand, as CSV."""
        return self._connection.ask(questions.sheet())

    def import_sheet(self, content: str) -> int:
        """Take decisions from CSV, all or none; gives how many there were."""
        return self._connection.ask(questions.take(content))
