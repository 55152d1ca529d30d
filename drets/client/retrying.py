"""When a request is worth another try, and how long to wait before it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

WORTH_ANOTHER = frozenset({429, 502, 503, 504})
"""Refusals that pass: too many requests, and gateways or services that are not ready. Nothing was done then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How often and how long a client tries.

    Attributes:
        tries: Requests at most for one call, the first among them.
        first_wait: Seconds before the second; each further one waits twice as long, with up to half of it taken off by chance,
            so that many clients do not come back at once.
        longest_wait: Seconds at most before any. A service that asks for more by ``Retry-After`` is given up.
    """

    tries: int = 5
    first_wait: float = 0.5
    longest_wait: float = 60.0

    def wait_after(self, attempt: int, response: httpx.Response | None) -> float | None:
        """Give the seconds to wait after an attempt, counted from 1; none where no other is worth it."""
        if attempt >= self.tries or (response is not None and response.status_code not in WORTH_ANOTHER):
            return None
        own = min(self.longest_wait, self.first_wait * 2 ** (attempt - 1)) * random.uniform(0.5, 1.0)  # noqa: S311 -- no secret
        asked = retry_after(response) if response is not None else 0.0
        return None if asked > self.longest_wait else max(own, asked)


def retry_after(response: httpx.Response) -> float:
    """Read the ``Retry-After`` of an answer in seconds, given as a number or a date (RFC 9110 section 10.2.3); 0 where there is none."""
    given = response.headers.get("Retry-After", "").strip()
    if given.isascii() and given.isdigit():
        return float(given)
    try:
        return max(0.0, (parsedate_to_datetime(given) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return 0.0
