"""What a key looks like, and what is kept of it.

A key is ``drets_ID_SECRET``: the id is public, and stands in logs and lists; the secret has 256 random bits, so that one round of a plain
hash is as good as a slow one, which is for words that people think up. Only the hash is kept.
"""

from __future__ import annotations

import hmac
import re
import secrets
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

_ID_BYTES = 6
_SECRET_BYTES = 32
_SHAPE = re.compile(r"drets_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_NOBODY = sha256(b"").hexdigest()


class Scope(StrEnum):
    """What a key may be used for; ``admin`` is for everything."""

    NORMALIZE = "normalize"
    JOBS = "jobs"
    CURATE = "curate"
    ADMIN = "admin"


class Made(NamedTuple):
    """A new key: its id, the whole of it, which is shown once, and the hash that is kept."""

    id: str
    key: str
    hash: str


def make_key() -> Made:
    """Draw a new key."""
    key_id, secret = secrets.token_hex(_ID_BYTES), secrets.token_urlsafe(_SECRET_BYTES)
    return Made(key_id, f"drets_{key_id}_{secret}", hash_of(secret))


def hash_of(secret: str) -> str:
    """Hash the secret of a key."""
    return sha256(secret.encode()).hexdigest()


def split_key(given: str) -> tuple[str, str] | None:
    """Split what a client gave into id and secret; None where it has not the shape of a key."""
    found = _SHAPE.fullmatch(given)
    return (found[1], found[2]) if found else None


def is_secret_of(secret: str, kept: str | None) -> bool:
    """Tell whether a secret is the one whose hash is kept, in a time that tells nothing of how near it is, or of whether there is one."""
    fits = hmac.compare_digest(hash_of(secret), kept or _NOBODY)
    return fits and kept is not None
