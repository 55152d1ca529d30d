"""The subtags of language tags: which exist, which are retired in favour of which, and what the registry calls each language.

From the IANA Language Subtag Registry as ``language_data`` carries it (RFC 5646, section 3), which lags behind ISO 639-3 by
some years; what is newer comes from ISO 639 itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files

from msgspec import Struct

_MEMBER = re.compile(r"^([A-Z][\w-]+): (.+)$", re.MULTILINE)
_FOLDED_LINE = "\n  "


class Subtag(Struct, frozen=True):
    """One record of the registry: what it is called, and by what it was replaced, where it is retired."""

    code: str
    names: tuple[str, ...]
    preferred: str | None
    deprecated: bool
    suppressed_script: str | None


class SubtagRegistry(Struct, frozen=True):
    """The registry, by kind of subtag and code, both in small letters.

    The kinds are ``language``, ``extlang``, ``script``, ``region``, ``variant``, ``grandfathered`` and ``redundant``.
    """

    date: str
    kinds: Mapping[str, Mapping[str, Subtag]]

    def get(self, kind: str, code: str) -> Subtag | None:
        """Find a subtag by its kind and its code in small letters."""
        return self.kinds.get(kind, {}).get(code)


def load_registry() -> SubtagRegistry:
    """Read the registry."""
    text = (files("language_data") / "data" / "language-subtag-registry.txt").read_text(encoding="utf-8")
    head, *records = text.replace(_FOLDED_LINE, " ").split("%%\n")
    kinds: dict[str, dict[str, Subtag]] = {}
    for kind, subtag in map(_record, records):
        kinds.setdefault(kind, {})[subtag.code.lower()] = subtag
    return SubtagRegistry(head.removeprefix("File-Date: ").strip(), kinds)


def _record(text: str) -> tuple[str, Subtag]:
    members: dict[str, list[str]] = {}
    for name, value in _MEMBER.findall(text):
        members.setdefault(name, []).append(value)
    code = (members.get("Subtag") or members["Tag"])[0]
    first = {name: values[0] for name, values in members.items()}
    subtag = Subtag(
        code,
        names=tuple(members["Description"]),
        preferred=first.get("Preferred-Value"),
        deprecated="Deprecated" in members,
        suppressed_script=first.get("Suppress-Script"),
    )
    return first["Type"], subtag


def registered_names(registry: SubtagRegistry) -> Iterator[tuple[str, str]]:
    """Yield every English name of every language subtag in force, with the subtag."""
    for subtag in registry.kinds["language"].values():
        if not subtag.deprecated:
            for name in subtag.names:
                yield name, subtag.code
