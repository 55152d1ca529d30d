"""Which languages a reader wants, by what the browser says (RFC 9110 section 12.5.4) or by a choice in the address."""

from __future__ import annotations

from aiohttp import hdrs, web

CHOICE = "lang"
_MOST = 20


def preferred(request: web.Request) -> tuple[str, ...]:
    """List the tags wanted, the most wanted first; ``?lang=`` comes before what the browser says."""
    weighed = []
    for part in request.headers.get(hdrs.ACCEPT_LANGUAGE, "").split(",")[:_MOST]:
        tag, _, quality = part.partition(";")
        if (weight := _weight(quality)) > 0:
            weighed.append((-weight, tag.strip()))
    chosen = request.query.get(CHOICE, "")
    return (chosen, *(tag for _, tag in sorted(weighed, key=lambda pair: pair[0])))


def _weight(quality: str) -> float:
    name, _, value = quality.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
