"""First way of reading: addresses of legal tools, in all their damaged forms.

``deed.es`` is the language of a page, not the Spanish port; a code in an old or odd order is put in order; schemes,
slashes, badges and blanks inside an address make no difference. An address that names no legal tool is no reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalizers.reading import Query
from normalizers.results import Issue, Method
from normalizers.rights.model import Reading
from normalizers.rights.tools import ELEMENTS, LegalTools, canonical_unit

_TOOL = re.compile(
    r"""(?:creative\s?commons\s?[.,]\s?org\s?/+\s?(?:[a-z-]*/)?(?:licen[sc]es?|publicdomain|l|p|presskit/buttons/[a-z0-9]+/(?:svg|png))
        |licensebuttons\s?[.,]\s?net\s?/+\s?(?:i/)?[lp])
        \s?[/\\]+\s?(?P<unit>[a-z][a-z+%0-9-]*)
        (?:\s?[/\\]+\s?v?(?P<version>\d{1,2}(?:\.\d{1,3})?)(?![\d]))?
        (?:[/\\]+(?:\n(?=[a-z]{2,8}/))?(?P<port>[a-z]{2}|igo|scotland)(?![a-z0-9._-]))?
        (?:[/\\]*(?:deed|legalcode)(?:[._-][a-z]+(?:[_-][a-z]+)?)?)?/?""",
    re.IGNORECASE | re.VERBOSE,
)
_PUBLIC_DOMAIN = {
    "zero": "zero",
    "cc0": "zero",
    "cc-zero": "zero",
    "mark": "mark",
    "pdm": "mark",
    "publicdomain": "certification",
    "certification": "certification",
}
_SPELLED = {"samplingplus": "sampling+", "sampling%2b": "sampling+", "nc-samplingplus": "nc-sampling+"}


def read_urls(query: Query, tools: LegalTools) -> Iterator[Reading]:
    """Yield a reading for every address of a Creative Commons legal tool in the text."""
    if "/" not in query.text and "\\" not in query.text:
        return
    for match in _TOOL.finditer(query.text):
        cut_off = match["unit"].endswith("-")
        unit = None if cut_off else _unit(match["unit"].lower(), tools)
        if unit is None:
            continue
        version = match["version"]
        if version and "." not in version:
            version += ".0"
        evidence = query.evidence(match.start(), match.end(), "url:creativecommons", unit)
        yield Reading(unit, Method.URL, (evidence,), version, (match["port"] or "").lower() or None, issues=_impossible(unit, tools))


def _unit(code: str, tools: LegalTools) -> str | None:
    if code in _PUBLIC_DOMAIN:
        return _PUBLIC_DOMAIN[code]
    code = _SPELLED.get(code, code)
    if code in tools.units and not set(code.split("-")) <= set(ELEMENTS):
        return code
    parts = re.split(r"[-+_]+", code.removeprefix("cc-"))
    return canonical_unit(parts) if parts and set(parts) <= set(ELEMENTS) else None


def _impossible(unit: str, tools: LegalTools) -> tuple[Issue, ...]:
    known = {canonical_unit(name.split("-")) or name for name in tools.units} | tools.units
    return () if unit in known else (Issue("license_impossible", f"no licence has the elements {unit.upper()}"),)
