"""What is received piece by piece, and may break off: files, and the events of a job."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import httpx

from drets.client.errors import ClientError


@dataclass(slots=True)
class Transfer:
    """A file that is received: how much of it came, and what to ask for next.

    A file of a job never changes, so that the rest of it can be asked for at any time (RFC 9110 section 14). The tag of the first answer
    is sent along all the same: a service that has another file by now then says so.
    """

    path: str
    received: int = 0
    attempt: int = 0
    is_complete: bool = False
    _tag: str = ""

    def begin(self) -> dict[str, str]:
        """Count an attempt, and give the headers that ask for what is missing."""
        self.attempt += 1
        headers = {"Accept-Encoding": "identity"}
        if self.received:
            headers["Range"] = f"bytes={self.received}-"
        if self.received and self._tag:
            headers["If-Range"] = self._tag
        return headers

    def takes(self, response: httpx.Response) -> bool:
        """Tell whether an answer is what was asked for. Raises ClientError where the file is another one by now."""
        if (
            response.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
            and response.headers.get("Content-Range") == f"bytes */{self.received}"
        ):
            self.is_complete = True
            return False
        if response.is_success and self.received and response.status_code != HTTPStatus.PARTIAL_CONTENT:
            raise ClientError(f"the file at {response.url} is not the one that was begun")
        self._tag = response.headers.get("ETag", "")
        return response.is_success

    def took(self, piece: bytes) -> bytes:
        """Count a piece. Something came, so that the service is patiently asked again if it stops."""
        self.received += len(piece)
        self.attempt = 0
        return piece

    def end(self) -> None:
        """Note that all of an answer came."""
        self.is_complete = True


@dataclass(slots=True)
class Events(Transfer):
    """Server-sent events: they are not taken up again but begin anew, with what is the case then, and end where one of them says so."""

    _rest: bytes = b""
    _event: str = "message"
    _told: list[str] = field(default_factory=list)

    def begin(self) -> dict[str, str]:
        """Count an attempt; nothing is left over from before."""
        self.attempt += 1
        self._rest, self._event, self._told = b"", "message", []
        return {"Accept": "text/event-stream", "Accept-Encoding": "identity"}

    def takes(self, response: httpx.Response) -> bool:
        """Tell whether events will come."""
        return response.is_success

    def end(self) -> None:
        """Leave it to the events to say that they end: a service that stops breaks them off in good order."""

    def feed(self, piece: bytes) -> list[tuple[str, Mapping[str, Any]]]:
        """Take a piece; gives the events that are whole by now, by name and content (WHATWG HTML, server-sent events)."""
        *lines, self._rest = (self._rest + piece).split(b"\n")
        found = [self._line(line.decode().removesuffix("\r")) for line in lines]
        return [event for event in found if event is not None]

    def _line(self, line: str) -> tuple[str, Mapping[str, Any]] | None:
        name, _, value = line.partition(":")
        if name == "event":
            self._event = value.removeprefix(" ")
        elif name == "data":
            self._told.append(value.removeprefix(" "))
        elif not line and self._told:
            event = (self._event, json.loads("\n".join(self._told)))
            self._event, self._told = "message", []
            return event
        return None
