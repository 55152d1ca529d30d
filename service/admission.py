"""Who may ask what, and how much at once: decided before anything of a request is read.

First the load: a service that is too busy says so at once, for to look a key up it would be too late as well. Then the address and the key.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from types import MappingProxyType

from aiohttp import hdrs, web

from service.exchange import EXCHANGE
from service.keys import Holder, KeyBook, Scope
from service.overload import Load
from service.problems import Kind, ProblemError
from service.rates import Rates
from service.settings import Settings
from service.state import WORKERS

SCOPES: Mapping[str, Scope | None] = MappingProxyType(
    {
        "Reading": Scope.NORMALIZE,
        "Catalogue": Scope.NORMALIZE,
        "Reconciliation": Scope.NORMALIZE,
        "Jobs": Scope.JOBS,
        "Terms": Scope.CURATE,
        "Operations": None,
        "Contract": None,
    }
)
"""What a key must be for, by the group of the address. What asks for none is answered under any load, too."""

_ADDRESS, _KEY = "address", "key"
_BEARER = "bearer"
_REALM = 'Bearer realm="drets"'


class Gate:
    """What decides, and what it counts."""

    def __init__(self, settings: Settings) -> None:
        self.keys = KeyBook()
        self.load = Load(settings.backlog_milliseconds / 1000)
        self._most_waiting = settings.waiting_reads
        self.rates = {_ADDRESS: Rates(settings.address_requests_per_minute), _KEY: Rates(settings.key_requests_per_minute)}

    def admit(self, request: web.Request, scope: Scope) -> None:
        """Let a request pass, or say why not.

        Raises:
            ProblemError: 503 under too much load, 429 for too many requests, 401 without a key where one is asked for, 403 where the key
                is for something else.
        """
        if self.load.is_too_much() or request.app[WORKERS].waiting > self._most_waiting:
            raise ProblemError(Kind.OVERLOADED, "More is asked than can be answered in time.", headers={hdrs.RETRY_AFTER: "1"})
        _check_rate(self.rates[_ADDRESS].wait(request.remote or ""))
        if self.keys.is_open:
            return
        holder = self._holder(request)
        exchange = request[EXCHANGE]
        exchange.key, exchange.is_admin = holder.id, holder.may(Scope.ADMIN)
        if not holder.may(scope):
            raise ProblemError(Kind.FORBIDDEN, f"The key is not for this: it lacks the scope {scope}.")
        _check_rate(self.rates[_KEY].wait(holder.id))

    def _holder(self, request: web.Request) -> Holder:
        kind, _, given = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
        holder = self.keys.holder_of(given.strip()) if kind.lower() == _BEARER else None
        if holder is None:
            said = "A key is asked for here, as Authorization: Bearer KEY." if not given else "The key opens nothing here."
            raise ProblemError(Kind.UNAUTHORIZED, said, headers={hdrs.WWW_AUTHENTICATE: _REALM})
        return holder


GATE = web.AppKey("gate", Gate)


def _check_rate(wait: float) -> None:
    if wait:
        raise ProblemError(Kind.TOO_MANY, "More requests than this client may make.", headers={hdrs.RETRY_AFTER: str(ceil(wait))})


def scope_of(tag: str) -> Scope | None:
    """Tell what a key must be for at a group of addresses, once there are keys; None where none is asked for."""
    return SCOPES.get(tag, Scope.ADMIN)
