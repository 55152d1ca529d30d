"""Files as downloads that can be taken up again: one range of bytes at a time, on the conditions of RFC 9110."""

from __future__ import annotations

import asyncio
import math
import os
import re
from email.utils import formatdate
from pathlib import Path
from urllib.parse import quote

from aiohttp import hdrs, web
from aiohttp.abc import AbstractStreamWriter

from service.problems import Kind, ProblemError

_RANGE = re.compile(r"bytes=(\d{1,18})?-(\d{1,18})?")


async def offer(request: web.Request, path: Path, content_type: str, name: str) -> web.StreamResponse:
    """Give a file that never changes, whole or the part that is asked for, under a name for saving.

    What is asked for is a range of bytes by GET; several, other units and what is none are passed over, and all of the file is the answer
    (section 14.2). So it is where the file is not the one that ``If-Range`` names.

    Raises:
        ProblemError: 410 where the file is gone, 412 where it is not the one the client wants, 416 for a range behind its end.
    """
    try:
        found = await asyncio.to_thread(path.stat)
    except OSError:
        raise ProblemError(Kind.GONE, "The files of the job are no longer there.") from None
    _check_conditions(request, found)
    response = _Part(path, _is_asked_for(request, found))
    response.headers.update({hdrs.CONTENT_TYPE: content_type, hdrs.CACHE_CONTROL: "private, no-transform"})
    response.headers[hdrs.CONTENT_DISPOSITION] = _attachment(name)
    return response


class _Part(web.FileResponse):
    """A file of which aiohttp is to send a range only where we found one."""

    def __init__(self, path: Path, is_range: bool) -> None:  # noqa: FBT001 - ours alone
        super().__init__(path)
        self._is_range = is_range

    async def prepare(self, request: web.BaseRequest) -> AbstractStreamWriter | None:
        """Have aiohttp see no range, and no condition on one, that is not to be heeded."""
        headers = request.headers.copy()
        for name in (hdrs.IF_RANGE,) if self._is_range else (hdrs.IF_RANGE, hdrs.RANGE):
            headers.popall(name, None)
        return await super().prepare(request.clone(headers=headers))


def _is_asked_for(request: web.Request, found: os.stat_result) -> bool:
    """Tell whether a range is to be sent; one that there is not ends the request."""
    asked = _RANGE.fullmatch(request.headers.get(hdrs.RANGE, "").strip())
    if asked is None or request.method != hdrs.METH_GET or not _is_same(request.headers.get(hdrs.IF_RANGE), found):
        return False
    first, last = (None if end is None else int(end) for end in asked.groups())
    if (first is None and last is None) or (first is not None and last is not None and last < first):
        return False
    if (first is None and last == 0) or (first or 0) >= found.st_size:
        whole = {str(hdrs.CONTENT_RANGE): f"bytes */{found.st_size}"}
        raise ProblemError(Kind.RANGE_NOT_SATISFIABLE, f"The file has {found.st_size:,} bytes.", headers=whole)
    return True


def _is_same(condition: str | None, found: os.stat_result) -> bool:
    """Tell whether a file is the one that ``If-Range`` names, by its tag or to the second by its date (section 13.1.5)."""
    return condition is None or condition.strip() in {f'"{_tag(found)}"', formatdate(math.ceil(found.st_mtime), usegmt=True)}


def _check_conditions(request: web.Request, found: os.stat_result) -> None:
    """Refuse where the client wants another file than there is (sections 13.1.1 and 13.1.4)."""
    wanted, since = request.if_match, request.if_unmodified_since
    if wanted is not None:
        is_met = any(tag.value == "*" or (not tag.is_weak and tag.value == _tag(found)) for tag in wanted)
    else:
        is_met = since is None or math.ceil(found.st_mtime) <= since.timestamp()
    if not is_met:
        raise ProblemError(Kind.PRECONDITION_FAILED, "The file is another than the one the request is for.")


def _tag(found: os.stat_result) -> str:
    """Give the entity tag of a file as aiohttp makes it."""
    return f"{found.st_mtime_ns:x}-{found.st_size:x}"


def _attachment(name: str) -> str:
    """Offer a name for saving (RFC 6266): in ASCII, and as it is."""
    plain = "".join(character if character.isascii() and character.isprintable() and character not in '"\\%' else "_" for character in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
