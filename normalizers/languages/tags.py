"""Reads language tags of more than one subtag, well formed or as software writes them (``en_US.UTF-8``, ``ca@valencia``, ``es-ESP``).

Syntax is langcodes' (RFC 5646, section 2.1); its ``Language`` objects are not used, because they are cached for good and anyone can
invent tags. What the subtags mean comes from the registry.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from langcodes.data_dicts import LANGUAGE_REPLACEMENTS, TERRITORY_REPLACEMENTS
from langcodes.tag_parser import LanguageTagError, parse_tag
from msgspec import Struct

from normalizers.languages.codes import Code, CodeTable
from normalizers.languages.subtags import SubtagRegistry

LONGEST_TAG = 48
"""The longest tag that the registry can make has under 40 characters; a longer text is none."""

_SHAPE = re.compile(
    r"(?P<tag>[A-Za-z]{1,8}(?:[-_][A-Za-z0-9]{1,8}){0,6})"
    r"(?:\.(?:utf-?8|iso-?8859-?\d{1,2}))?"  # the character set of a POSIX locale
    r"(?:@(?P<modifier>[a-z]{3,10}))?",
    re.IGNORECASE,
)
_MODIFIERS = {"euro": "", "latin": "Latn", "cyrillic": "Cyrl", "arabic": "Arab", "devanagari": "Deva", "iqtelif": "Latn"}
_PRIVATE = "Private use"
_SINGLETONS = frozenset("tux")
"""The extensions that exist (RFC 6067, RFC 6497), and private use."""

_TWO = 2


class TagReading(Struct, frozen=True):
    """Tags that a text stands for; several for two codes joined by a hyphen.

    ``repaired`` says what was mended, ``retired`` what should be written instead, ``rival`` what the text may mean where it is not clear.
    """

    tags: tuple[str, ...]
    repaired: str | None = None
    retired: str | None = None
    rival: tuple[str, ...] = ()


class TagReader(Struct, frozen=True):
    """Knows codes, subtags, and which languages have official standing in which territories (``official``: ``pt-br``)."""

    codes: CodeTable
    registry: SubtagRegistry
    official: AbstractSet[str]

    def read(self, text: str) -> TagReading | None:
        """Read a whole text as one tag; None where it is none."""
        if len(text) > LONGEST_TAG or not text.isascii():
            return None
        shape = _SHAPE.fullmatch(text)
        if not shape or not ("-" in text or "_" in text or "@" in text):
            return None
        tag = shape["tag"].replace("_", "-")
        modifier = _modifier(shape["modifier"])
        return self._grandfathered(tag) or self._pair(tag) or self._tag(f"{tag}-{modifier}" if modifier else tag)

    def combine(self, tag: str, *, script: str | None = None, territory: str | None = None) -> str:
        """Add a script or a territory to a tag that lacks one; a script that goes without saying is left out."""
        language, *rest = tag.split("-")
        known = self.registry.get("language", language)
        if script and known and known.suppressed_script == script:
            script = None
        scripts = [part for part in rest if _is_script(part)] or ([script] if script else [])
        territories = [part for part in rest if _is_territory(part)] or ([territory] if territory else [])
        others = [part for part in rest if not (_is_script(part) or _is_territory(part))]
        return "-".join([language, *scripts, *territories, *others])

    def territory(self, code: str) -> str | None:
        """Give the canonical form of a territory's code: ``GB`` for ``uk``, ``ES`` for ``esp``; None where there is no such territory."""
        known = self.registry.get("region", code.lower())
        if known and not known.deprecated:
            return None if _PRIVATE in known.names else known.code
        return TERRITORY_REPLACEMENTS.get(code.lower())

    def _grandfathered(self, text: str) -> TagReading | None:
        replacement = LANGUAGE_REPLACEMENTS.get(text.lower(), "")
        if not self.registry.get("grandfathered", text.lower()) or not replacement or "-x-" in replacement:
            return None
        return TagReading((replacement,), retired=f"the subtag registry prefers {replacement}")

    def _pair(self, text: str) -> TagReading | None:
        """Read two pieces that do not form a tag ("eng-spa"), or form one that hardly anyone means ("en-es")."""
        first, hyphen, second = text.partition("-")
        language = self.codes.get(first)
        if not hyphen or "-" in second or not language:
            return None
        other, territory = self.codes.get(second), self.territory(second)
        if other:
            return self._two_codes(text, second, (language, other), territory)
        if territory and territory.lower() != second.lower():
            tag = self.combine(language.tag, territory=territory)
            return TagReading((tag,), f"{second} is not the code of {territory} in a tag", language.retired)
        return None

    def _two_codes(self, text: str, second: str, codes: tuple[Code, Code], territory: str | None) -> TagReading | None:
        language, other = codes
        is_official = territory is not None and f"{language.tag}-{territory.lower()}" in self.official
        if language.tag == other.tag and not is_official:
            return TagReading((language.tag,), None if len(second) > _TWO else f"{second} names the language twice")
        if territory is None or len(second) > _TWO:
            return TagReading((language.tag, other.tag))
        if not is_official and (text.islower() or text.isupper()):
            return TagReading((), rival=(f"{language.tag}-{territory}", language.tag, other.tag))
        return None

    def _tag(self, text: str) -> TagReading | None:
        try:
            parsed: list[tuple[str, str]] = parse_tag(text)  # type: ignore[no-untyped-call] # langcodes leaves it untyped
        except LanguageTagError:
            return None
        language = self.codes.get(parsed[0][1])
        if not language:
            return None
        tag, rest = self._extended(language.tag, parsed[1:])
        found = [(kind, value, self._subtag(tag, kind, value)) for kind, value in rest]
        if any(part is None for _, _, part in found):
            return None
        mended = [f"{value} is not the code of {part} in a tag" for kind, value, part in found if kind == "territory" and part != value]
        return TagReading(("-".join([tag, *(part for _, _, part in found if part)]),), "; ".join(mended) or None, language.retired)

    def _extended(self, tag: str, rest: list[tuple[str, str]]) -> tuple[str, list[tuple[str, str]]]:
        """Take the language that an extended language subtag names for itself: ``yue`` for ``zh-yue``."""
        if rest and rest[0][0] == "extlang":
            extended = self.registry.get("extlang", rest[0][1])
            if extended and extended.preferred:
                return extended.preferred, rest[1:]
        return tag, rest

    def _subtag(self, tag: str, kind: str, value: str) -> str | None:
        """Give the canonical form of a subtag, empty where it goes without saying, None where it does not exist."""
        if kind == "territory":
            return self.territory(value)
        if kind in {"extension", "private"}:
            return value if value[0] in _SINGLETONS else None
        known = self.registry.get(kind, value.lower())
        if not known:
            return None
        language = self.registry.get("language", tag)
        if kind == "script" and language and language.suppressed_script == known.code:
            return ""
        return known.preferred or known.code


def _modifier(name: str | None) -> str:
    return _MODIFIERS.get((name or "").lower(), name or "")


def _is_script(part: str) -> bool:
    return len(part) == 4 and part.isalpha()  # noqa: PLR2004 - scripts have four letters


def _is_territory(part: str) -> bool:
    return len(part) == _TWO or (len(part) == 3 and part.isdigit())  # noqa: PLR2004 - two letters or three digits
