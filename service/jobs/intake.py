"""Takes a file in: from the body of a request to the disk, a piece at a time, counted and fingerprinted on the way."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import BinaryIO

from aiohttp import BodyPartReader, hdrs, web

from service.bodies import PAYLOAD_ERRORS, broken, late
from service.exchange import EXCHANGE
from service.jobs.files import JobFiles, clean_name, sync_folder
from service.problems import Fault, invalid, malformed, too_large
from service.settings import Settings
from service.state import SETTINGS

MULTIPART = "multipart/form-data"
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that is on the disk: the name that the client gave it, its bytes, and their SHA-256."""

    name: str
    bytes: int
    digest: str


async def take_in(request: web.Request, files: JobFiles) -> Taken:
    """Bring the file that a request carries into the folder of a job, and wait until it is on the disk.

    Raises:
        ProblemError: 400 for a body that breaks its framing or is empty, 408 for one that falls silent, 413 for one that is too long,
            422 for a form without a file.
    """
    files.folder.mkdir(mode=0o700, parents=True)
    name, pieces = await _open(request)
    with files.input.open("xb") as target:
        length, digest = await _store(request, pieces, target)
    if not length:
        raise malformed("The file is empty: there is nothing in it to normalize.")
    await asyncio.to_thread(sync_folder, files.folder)
    await asyncio.to_thread(sync_folder, files.folder.parent)
    return Taken(name, length, digest)


async def _store(request: web.Request, pieces: AsyncIterator[bytes], target: BinaryIO) -> tuple[int, str]:
    settings, digest, length = request.app[SETTINGS], hashlib.sha256(), 0
    async for piece in _timed(pieces, settings):
        length += len(piece)
        request[EXCHANGE].received = length
        if length > settings.job_bytes:
            raise too_large(f"At most {settings.job_bytes:,} bytes are taken in one file.")
        digest.update(piece)
        # The cache of the system takes it; only the end waits for the disk.
        target.write(piece)
    await asyncio.to_thread(_sync, target)
    return length, digest.hexdigest()


def _sync(target: BinaryIO) -> None:
    target.flush()
    os.fsync(target.fileno())


async def _open(request: web.Request) -> tuple[str, AsyncIterator[bytes]]:
    if request.content_type != MULTIPART:
        return clean_name(request.query.get("name", "")), request.content.iter_chunked(_PIECE)
    try:
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader) and part.name == "file":
                return clean_name(part.filename or ""), _pieces(part)
    except PAYLOAD_ERRORS:
        raise broken() from None
    except ValueError:
        raise malformed("The body is no form in parts.") from None
    raise invalid(Fault("/file", "The form has no part with the name 'file'."))


async def _pieces(part: BodyPartReader) -> AsyncIterator[bytes]:
    if part.headers.get(hdrs.CONTENT_TRANSFER_ENCODING, "binary").lower() not in {"binary", "8bit", "7bit"}:
        raise invalid(Fault("/file", "A part is taken as it is, without Content-Transfer-Encoding."))
    while piece := await part.read_chunk(_PIECE):
        yield piece


async def _timed(pieces: AsyncIterator[bytes], settings: Settings) -> AsyncIterator[bytes]:
    """Give the pieces, as long as they keep coming."""
    iterator = aiter(pieces)
    while True:
        try:
            async with asyncio.timeout(settings.stream_idle_seconds):
                piece = await anext(iterator)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise late(f"Nothing came for {settings.stream_idle_seconds:g} seconds.") from None
        except PAYLOAD_ERRORS:
            raise broken() from None
        except ValueError:
            raise malformed("The body is no form in parts.") from None
        yield piece
