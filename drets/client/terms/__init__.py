"""Terms: what stays unresolved, and what people decide that it means."""

from drets.client.terms.asynchronous import AsyncTerms
from drets.client.terms.shapes import AuditEntry, Impact, Ruling, Suggestion, Term, TermAddress, TermState, Verdict
from drets.client.terms.synchronous import Terms

__all__ = ["AsyncTerms", "AuditEntry", "Impact", "Ruling", "Suggestion", "Term", "TermAddress", "TermState", "Terms", "Verdict"]
