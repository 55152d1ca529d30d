"""Asks a server for its records: one answer after the other, politely, and again where it was busy.

The client of OAI-PMH is oaipmh-scythe. How long to wait is decided here: it takes only whole seconds for ``Retry-After``, where servers
may give a date, and a person should see that the program waits, and for how long.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, NoReturn

from bulk.exits import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from httpx2 import Response
    from oaipmh_scythe import Scythe
    from oaipmh_scythe.response import OAIResponse

_BUSY = frozenset({429, 500, 502, 503, 504})
_END = b"OAI-PMH>"
"""How every answer ends: one without its end may lack the token, and the harvest would seem complete."""

_CUT = "the answer is no XML of OAI-PMH, or cut short"
_OAI = "{http://www.openarchives.org/OAI/2.0/}"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a server. Dates are days or UTC seconds, as the server has them, and both are included."""

    url: str
    prefix: str = "oai_dc"
    set: str | None = None
    from_date: str | None = None
    until: str | None = None

    def parameters(self, token: str) -> dict[str, str]:
        """Give the parameters of a request: the token alone where there is one, as the protocol wants it."""
        if token:
            return {"verb": "ListRecords", "resumptionToken": token}
        stated = {"set": self.set, "from": self.from_date, "until": self.until}
        return {"verb": "ListRecords", "metadataPrefix": self.prefix} | {name: value for name, value in stated.items() if value}


@dataclass(frozen=True, slots=True)
class Patience:
    """How a server is treated: seconds between two requests, how often a request is made again, and the longest wait for that."""

    delay: float = 1.0
    retries: int = 8
    longest: float = 900.0
    timeout: float = 120.0


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the server: the document as it came, the token for the next one, and how many records there are in all, if said."""

    content: bytes
    token: str
    total: int | None


def fetch_answers(question: Question, token: str, patience: Patience, say: Callable[[str], None]) -> Iterator[Answer]:
    """Yield the answers from the one that a token stands for; none where the server has no records that fit.

    Raises:
        Failure: The server cannot be asked, stays busy, or refuses.
    """
    with open_client(question.url, patience) as client:
        while True:
            found = _fetch(client, question.parameters(token), patience, say)
            if found is None:
                return
            answer = _answer(found)
            yield answer
            if not answer.token:
                return
            if answer.token == token:
                raise Failure("the server gives the same resumption token again and again; what came so far is kept")
            token = answer.token
            time.sleep(patience.delay)


def require_client() -> None:
    """Make sure that there is a client, before any file is begun.

    Raises:
        Failure: The extra is not installed.
    """
    try:
        import oaipmh_scythe  # noqa: F401, PLC0415 -- the extra need not be there for anything else
    except ImportError:
        raise Failure("drets harvest needs the extra harvest: pip install 'drets[harvest]'") from None


def open_client(url: str, patience: Patience) -> Scythe:
    """Open the client."""
    from oaipmh_scythe import Scythe  # noqa: PLC0415 -- the same
    from oaipmh_scythe.config import HTTPConfig  # noqa: PLC0415 -- the same

    return Scythe(url, http_config=HTTPConfig(timeout=patience.timeout))


@dataclass(frozen=True, slots=True)
class _Busy:
    """Why there is no answer for now, and how many seconds the server asks to wait, if it says so."""

    reason: str
    wait: float | None = None


def _fetch(client: Scythe, parameters: Mapping[str, str], patience: Patience, say: Callable[[str], None]) -> OAIResponse | None:
    """Ask until there is an answer; None where the server has no records that fit."""
    for attempt in range(patience.retries + 1):
        found = _ask(client, parameters)
        if not isinstance(found, _Busy):
            return found
        seconds = found.wait if found.wait is not None else min(patience.longest, 2.0**attempt)
        if attempt == patience.retries or seconds > patience.longest:
            raise Failure(f"the server does not answer: {found.reason}; what came so far is kept, go on with --resume")
        say(f"{found.reason}; waiting {seconds:,.0f} seconds")
        time.sleep(seconds)
    raise AssertionError("the last attempt returns or raises")


def _ask(client: Scythe, parameters: Mapping[str, str]) -> OAIResponse | _Busy | None:
    from httpx2 import HTTPStatusError, InvalidURL, RequestError, UnsupportedProtocol  # noqa: PLC0415 - of the extra
    from oaipmh_scythe.exceptions import NoRecordsMatch, OAIPMHException  # noqa: PLC0415 - the same

    try:
        found = client.harvest(dict(parameters))
    except NoRecordsMatch:
        return None
    except OAIPMHException as refusal:
        raise Failure(f"the server refuses: {type(refusal).__name__}: {refusal}{_advice(parameters)}") from refusal
    except (InvalidURL, UnsupportedProtocol) as fault:
        raise Failure(f"no address of a server: {fault}") from fault
    except HTTPStatusError as fault:
        if fault.response.status_code not in _BUSY:
            _refused(fault.response)
        return _Busy(f"status {fault.response.status_code}", retry_after(fault.response))
    except RequestError as fault:
        return _Busy(f"{type(fault).__name__}: {fault}")
    except AttributeError:
        # oaipmh-scythe 0.16 looks for an error in a document in which lxml found no element at all.
        return _Busy(_CUT)
    return found if found.http_response.content.rstrip().endswith(_END) else _Busy(_CUT)


def retry_after(response: Response) -> float | None:
    """Tell how many seconds a server asks to wait, whether it says so in seconds or by a date (RFC 9110 section 10.2.3)."""
    text = response.headers.get("Retry-After", "").strip()
    if text.isdecimal():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def _answer(found: OAIResponse) -> Answer:
    token = found.xml.find(f".//{_OAI}resumptionToken")
    size = token.get("completeListSize", "") if token is not None else ""
    text = (token.text or "").strip() if token is not None else ""
    return Answer(found.http_response.content, text, int(size) if size.isdecimal() else None)


def _advice(parameters: Mapping[str, str]) -> str:
    return "; start anew without --resume" if "resumptionToken" in parameters else ""


def _refused(response: Response) -> NoReturn:
    location = response.headers.get("Location")
    moved = f"; it moved to {location}" if location else ""
    raise Failure(f"the server refuses: status {response.status_code}{moved}")
