"""Bodies of requests: what they are said to be, how large they may be, and how long they may take to arrive."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

from aiohttp import ClientPayloadError, hdrs, web
from aiohttp.http_exceptions import HttpProcessingError

from service.admission import GATE
from service.exchange import EXCHANGE
from service.problems import Kind, ProblemError, malformed, too_large
from service.state import SETTINGS

CODINGS = frozenset({"", "identity", "gzip", "deflate", "zstd"})
CHARSETS = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
PAYLOAD_ERRORS = (HttpProcessingError, ClientPayloadError, web.RequestPayloadError)
"""What aiohttp raises for a body that breaks its own framing: wrong chunk sizes, or gzip that is none."""


def check_declared(request: web.Request, accepted: Collection[str], limit: int | None) -> None:
    """Refuse a body by its headers alone, before any of it is read.

    Raises:
        ProblemError: 413 for a declared length over the limit, 415 for a type, charset or coding that is not read here,
            417 for an expectation other than to be told to go on.
    """
    if request.headers.get(hdrs.EXPECT, "100-continue").lower() != "100-continue":
        raise ProblemError(Kind.EXPECTATION_FAILED, "Only 100-continue can be expected.")
    if hdrs.CONTENT_TYPE not in request.headers:
        raise _unsupported("There is no Content-Type; this address reads {}.", accepted)
    if request.content_type not in accepted:
        raise _unsupported("The Content-Type is none that this address reads: {}.", accepted)
    if (request.charset or "utf-8").lower() not in CHARSETS:
        raise _unsupported("The charset is not UTF-8, the only one read here.", accepted)
    if request.headers.get(hdrs.CONTENT_ENCODING, "").strip().lower() not in CODINGS:
        raise unknown_coding()
    if limit is not None and (request.content_length or 0) > limit:
        raise _over(limit)


async def read_body(request: web.Request, limit: int) -> bytes:
    """Read a whole body, up to a limit that also holds for what comes out of a compressed one.

    Raises:
        ProblemError: 400 for broken framing or compression, 408 for a body that takes too long, 413 for one over the limit.
    """
    body = bytearray()
    try:
        if request.content.is_eof():
            # It came with its head, as nearly every record does: there is nothing to wait for.
            _take(body, request.content.read_nowait(), limit)
        else:
            async with asyncio.timeout(request.app[SETTINGS].body_seconds):
                async for chunk in request.content.iter_any():
                    _take(body, chunk, limit)
    except TimeoutError:
        raise late(
            f"The body was not complete after {request.app[SETTINGS].body_seconds:g} seconds; {len(body):,} bytes had come."
        ) from None
    except PAYLOAD_ERRORS:
        raise broken() from None
    finally:
        request[EXCHANGE].received = len(body)
    if (work := request[EXCHANGE].work) is not None:
        request.app[GATE].load.grow(work, len(body))
    return bytes(body)


def _take(body: bytearray, chunk: bytes, limit: int) -> None:
    body += chunk
    if len(body) > limit:
        raise _over(limit)


def late(detail: str) -> ProblemError:
    """Say that the client took too long; the connection is of no more use."""
    return ProblemError(Kind.TIMEOUT, detail, headers={hdrs.CONNECTION: "close"})


def broken() -> ProblemError:
    """Say that a body breaks the framing or compression it declares."""
    return malformed("The body breaks its own framing or compression.")


def unknown_coding() -> ProblemError:
    """Say that a body is compressed in a way that is not read here."""
    detail = "The Content-Encoding is none of gzip, deflate, zstd, identity."
    return ProblemError(Kind.UNSUPPORTED_TYPE, detail, headers={hdrs.ACCEPT_ENCODING: "zstd, gzip, deflate"})


def _over(limit: int) -> ProblemError:
    return too_large(f"At most {limit:,} bytes are read here.")


def _unsupported(detail: str, accepted: Collection[str]) -> ProblemError:
    listed = ", ".join(sorted(accepted))
    return ProblemError(Kind.UNSUPPORTED_TYPE, detail.format(listed), headers={"Accept-Post": listed})
