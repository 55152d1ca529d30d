"""How an address says, long before, that it will go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime

from aiohttp import hdrs, web


@dataclass(frozen=True, slots=True, kw_only=True)
class Deprecation:
    """Since when it is said that an address will go, when it goes, and the page that tells what to use instead."""

    since: date
    link: str
    sunset: date | None = None

    def headers(self) -> Mapping[str, str]:
        """Give the headers that say so: RFC 9745, and RFC 8594 for the day on which it goes."""
        stamp = int(_midnight(self.since).timestamp())
        said = {"Deprecation": f"@{stamp}", hdrs.LINK: f'<{self.link}>; rel="deprecation"; type="text/html"'}
        return said if self.sunset is None else {**said, "Sunset": format_datetime(_midnight(self.sunset), usegmt=True)}


DEPRECATION = web.RequestKey("deprecation", Deprecation)
"""Set on a request whose address will go, so that every answer to it says so, a problem too."""


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
