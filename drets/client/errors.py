"""What a client raises."""

from __future__ import annotations

from drets.client.answers import Problem


class ClientError(Exception):
    """The service gave no answer that could be used."""


class UnreachableError(ClientError):
    """The service could not be reached, or broke off, as often as it was tried."""


class ProblemError(ClientError):
    """The service refused the request, and says why."""

    def __init__(self, problem: Problem) -> None:
        places = "".join(f"\n{fault['pointer'] or '/'}: {fault['detail']}" for fault in problem["errors"])
        super().__init__(f"{problem['status']} {problem['title']}: {problem['detail']} (request {problem['request_id']}){places}")
        self.problem = problem
        self.status = problem["status"]
