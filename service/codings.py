"""Compressed answers: zstd or gzip, for whoever says that it reads them."""

from __future__ import annotations

import sys
import zlib
from functools import lru_cache
from typing import Protocol

from aiohttp import hdrs, web

from service.state import WORKERS

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_LEAST_BYTES = 1_024
"""Shorter answers fit into one packet as they are."""

_SHARE = 32
"""To compress takes a small part of the time in which as many bytes are read: 64 kB take less than half a millisecond."""

_KEPT = 256
"""Headers that are known: a program sends the same one with each of its requests."""

_GZIP_WINDOW = 31
_LEVELS = {"zstd": 3, "gzip": 5}
CODINGS = ("zstd", "gzip")
"""What is offered, the better first."""


class Encoder(Protocol):
    """Compresses a stream piece by piece; what was fed can be read at the other end at once."""

    def feed(self, piece: bytes) -> bytes:
        """Compress a piece."""

    def end(self) -> bytes:
        """Give what closes the stream."""


class _Gzip:
    def __init__(self) -> None:
        self._deflate = zlib.compressobj(_LEVELS["gzip"], zlib.DEFLATED, _GZIP_WINDOW)

    def feed(self, piece: bytes) -> bytes:
        return self._deflate.compress(piece) + self._deflate.flush(zlib.Z_SYNC_FLUSH)

    def end(self) -> bytes:
        return self._deflate.flush(zlib.Z_FINISH)


class _Zstd:
    def __init__(self) -> None:
        self._frame = zstd.ZstdCompressor(_LEVELS["zstd"])

    def feed(self, piece: bytes) -> bytes:
        return self._frame.compress(piece, mode=zstd.ZstdCompressor.FLUSH_BLOCK)

    def end(self) -> bytes:
        return self._frame.flush(zstd.ZstdCompressor.FLUSH_FRAME)


def choose_coding(request: web.Request) -> str | None:
    """Choose the coding that the client reads (RFC 9110 section 12.5.3); None where it reads none of ours, or says nothing."""
    return _choose(request.headers.get(hdrs.ACCEPT_ENCODING, ""))


@lru_cache(maxsize=_KEPT)
def _choose(header: str) -> str | None:
    accepted: dict[str, bool] = {}
    for part in header.split(","):
        name, _, weight = part.partition(";")
        accepted[name.strip().lower()] = weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return next((coding for coding in CODINGS if accepted.get(coding, accepted.get("*", False))), None)


def build_encoder(coding: str) -> Encoder:
    """Make an encoder for a stream."""
    return _Zstd() if coding == "zstd" else _Gzip()


async def compress_answer(request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
    """Compress a whole answer, if it is worth it and the client reads it."""
    if not isinstance(response, web.Response) or not isinstance(response.body, bytes) or hdrs.CONTENT_ENCODING in response.headers:
        return response
    vary = response.headers.get(hdrs.VARY)
    response.headers[hdrs.VARY] = f"{vary}, {hdrs.ACCEPT_ENCODING}" if vary else str(hdrs.ACCEPT_ENCODING)
    coding = choose_coding(request)
    if coding is not None and len(response.body) >= _LEAST_BYTES:
        encoder = build_encoder(coding)
        body = response.body
        response.body = await request.app[WORKERS].run(len(body) // _SHARE, lambda: encoder.feed(body) + encoder.end())
        response.headers[hdrs.CONTENT_ENCODING] = coding
    return response
