"""What a scheme of identifiers is, and an identifier that passed its checks."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct


class Identifier(Struct, frozen=True):
    """An identifier in canonical form.

    ``value`` is the bare identifier. ``uri`` is the address that its scheme gives it, if it gives one. ``remark`` tells what was
    mended on the way (a doubled slash), and is empty where nothing was.
    """

    scheme: str
    value: str
    canonical: str
    uri: str | None = None
    remark: str = ""


class Broken(Struct, frozen=True):
    """What looks like an identifier of a scheme and cannot be one, with the reason in words."""

    scheme: str
    value: str
    reason: str


class Fault(Struct, frozen=True):
    """Why a value that has the shape of its scheme is none of it."""

    reason: str


Canonize = Callable[[re.Match[str]], "str | Fault"]


class Scheme(Struct, frozen=True):
    """One kind of identifier.

    ``shape`` must match the whole bare value. ``canonize`` turns the match into the canonical value, or into the fault that
    says why there is none. ``uri`` is a template with ``{value}``. Where ``named`` is true the value itself starts with the
    name of its scheme ("urn:nbn:..."), and its canonical form is the value. A scheme with ``bare`` is recognized without a
    label or an address; one without looks too much like other things (any number is a PubMed identifier).
    """

    name: str
    shape: re.Pattern[str]
    canonize: Canonize
    uri: str | None = None
    named: bool = False
    bare: bool = True

    def check(self, value: str) -> Identifier | Broken:
        """Check a bare value against the shape and the check digit of the scheme."""
        found = self.shape.fullmatch(value)
        if found is None:
            return Broken(self.name, value, "it does not have the form of one")
        canonical = self.canonize(found)
        if isinstance(canonical, Fault):
            return Broken(self.name, value, canonical.reason)
        uri = self.uri.format(value=canonical) if self.uri else None
        return Identifier(self.name, canonical, canonical if self.named else f"{self.name}:{canonical}", uri)
