"""Every language code and the tag it stands for: ISO 639 parts 1, 2/B, 2/T, 3 and 5, MARC's, and the retired ones of each.

The tag is always the shortest one that the subtag registry has: ``en`` for ``eng``, ``de`` for ``ger`` and ``deu``.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from langcodes.data_dicts import LANGUAGE_REPLACEMENTS
from msgspec import Struct

from normalizers.languages.iso_codes import PARTS, IsoLanguage
from normalizers.languages.subtags import SubtagRegistry
from normalizers.strict_yaml import parse_yaml

RETIRED = Path(__file__).with_name("retired_codes.yaml")

_TWO_LETTERS = 2


class Code(Struct, frozen=True):
    """The tag a code stands for; ``retired`` says why it should no longer be written.

    ``common`` codes belong to ISO 639-1 or 639-2; ``familiar`` ones do, or CLDR names their language in English.
    """

    tag: str
    retired: str | None = None
    common: bool = False
    familiar: bool = False


class CodeTable(Struct, frozen=True):
    """All codes, in small letters, and the English reference name of each tag."""

    codes: Mapping[str, Code]
    names: Mapping[str, str]

    def get(self, code: str) -> Code | None:
        """Find a code in small letters, in capitals, or capitalized; a mixture of them is an abbreviation of something else ("VoR")."""
        return self.codes.get(code) or (self.codes.get(code.lower()) if code.isupper() or code.istitle() else None)


def build_codes(registry: SubtagRegistry, parts: Mapping[str, Iterable[IsoLanguage]], named: Container[str]) -> CodeTable:
    """Put the codes of all sources into one table; ``named`` are the languages that CLDR names in English."""
    codes: dict[str, Code] = {}
    names: dict[str, str] = {}
    for subtag in registry.kinds["language"].values():
        if not subtag.deprecated and ".." not in subtag.code:
            common = len(subtag.code) == _TWO_LETTERS
            codes[subtag.code] = Code(subtag.code, common=common, familiar=common or subtag.code in named)
            names[subtag.code] = subtag.names[0]
    for part in PARTS:
        for language in parts[part]:
            tag = _shortest(language, registry)
            common = part == "639-2" or bool(language.alpha_2)
            codes.update(dict.fromkeys(language.codes, Code(tag, common=common, familiar=common or tag in named)))
            names[tag] = language.names[0]
    codes.update(_retired(registry, codes))
    return CodeTable(MappingProxyType(codes), MappingProxyType(names))


def _shortest(language: IsoLanguage, registry: SubtagRegistry) -> str:
    if language.alpha_2:
        return language.alpha_2
    shorter = LANGUAGE_REPLACEMENTS.get(language.alpha_3, "")
    known = len(shorter) == _TWO_LETTERS and registry.get("language", shorter)
    return shorter if known and not known.deprecated else language.alpha_3


def _retired(registry: SubtagRegistry, current: Mapping[str, Code]) -> dict[str, Code]:
    found: dict[str, Code] = {}
    for subtag in registry.kinds["language"].values():
        if subtag.deprecated and subtag.preferred and subtag.code not in current:
            common = len(subtag.code) == _TWO_LETTERS
            found[subtag.code] = Code(subtag.preferred, f"the subtag registry prefers {subtag.preferred}", common=common, familiar=common)
    for code, replacement in LANGUAGE_REPLACEMENTS.items():
        base = found.get(replacement, current.get(replacement))
        if base and code.isalpha() and code not in current and code not in found:
            found[code] = Code(base.tag, f"CLDR replaces it by {base.tag}", familiar=True)
    for code, entry in parse_yaml(RETIRED.read_text(encoding="utf-8"), RETIRED.name).content.items():
        found[code] = Code(entry["tag"], entry["why"], common=code in current, familiar=True)
    return found
