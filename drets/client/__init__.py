"""A client of the HTTP service: the same methods for programs that wait (``Client``) and that await (``AsyncClient``).

>>> from drets.client import Client
>>> with Client("http://127.0.0.1:8080") as client:  # doctest: +SKIP
...     client.value("license", "CC BY 4.0")["identifiers"]
['https://creativecommons.org/licenses/by/4.0/']
"""

from drets.client.answers import (
    Candidate,
    Decision,
    Evidence,
    Fault,
    Issue,
    License,
    LineProblem,
    Permissions,
    Problem,
    RecordAnswer,
    Result,
    Vocabulary,
    is_problem,
)
from drets.client.asynchronous import AsyncClient
from drets.client.errors import ClientError, ProblemError, UnreachableError
from drets.client.jobs import AsyncJobs, Job, Jobs, is_finished
from drets.client.questions import Value
from drets.client.retrying import Patience
from drets.client.synchronous import Client
from drets.client.terms import AsyncTerms, Impact, Suggestion, Term, TermAddress, Terms

__all__ = [
    "AsyncClient",
    "AsyncJobs",
    "AsyncTerms",
    "Candidate",
    "Client",
    "ClientError",
    "Decision",
    "Evidence",
    "Fault",
    "Impact",
    "Issue",
    "Job",
    "Jobs",
    "License",
    "LineProblem",
    "Patience",
    "Permissions",
    "Problem",
    "ProblemError",
    "RecordAnswer",
    "Result",
    "Suggestion",
    "Term",
    "TermAddress",
    "Terms",
    "UnreachableError",
    "Value",
    "Vocabulary",
    "is_finished",
    "is_problem",
]
