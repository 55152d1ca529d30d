"""What a scheme of identifiers is, and an identifier that passed its checks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier in canonical form.

    ``value`` is the bare identifier. ``uri`` is the address that its scheme gives it, if it gives one. ``remarks`` tell what
    was mended on the way (a doubled slash, an ISBN-10 turned into an ISBN-13).
    """

    scheme: str
    value: str
    uri: str | None
    canonical: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Broken:
    """What looks like an identifier of a scheme and cannot be one, with the reason in words."""

    scheme: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """One kind of identifier.

    ``pattern`` must match the whole bare value. ``canonize`` turns the match into the canonical value, or into the ``Broken``
    value that says why there is none. ``uri`` is a template with ``{value}``. Where ``named`` is true, the value itself starts
    with the name of its scheme ("urn:nbn:...").
    """

    name: str
    pattern: re.Pattern[str]
    canonize: Callable[[re.Match[str]], str | Broken]
    uri: str | None = None
    named: bool = False
