"""The keys as a process holds them in memory, so that no request waits for the store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from service.keys.secrets import Scope, is_secret_of, split_key
from service.keys.tables import Key
from service.store import now


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever showed a key, by the id of the key, and what it is for."""

    id: str
    scopes: frozenset[Scope]

    def may(self, scope: Scope) -> bool:
        """Tell whether the key is for something."""
        return scope in self.scopes or Scope.ADMIN in self.scopes


class KeyBook:
    """All keys. Where there never was one, the service is open to whoever reaches it."""

    def __init__(self) -> None:
        self._keys: dict[str, Key] = {}

    def replace(self, keys: Iterable[Key]) -> None:
        """Know these keys from now on."""
        self._keys = {key.id: key for key in keys}

    @property
    def is_open(self) -> bool:
        """Tell whether no key is asked for. Once there was one, it stays asked for: that the last one ran out opens nothing."""
        return not self._keys

    def holder_of(self, given: str) -> Holder | None:
        """Find the holder of a key; None where it is none, or opens nothing any more."""
        parts = split_key(given)
        key_id, secret = parts or ("", "")
        key = self._keys.get(key_id)
        fits = is_secret_of(secret, None if key is None else key.hash)
        return Holder(key.id, key.scopes) if fits and key is not None and key.is_valid(now()) else None
