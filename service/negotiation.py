"""Which form of an answer a client takes, by its Accept header and by the address (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from aiohttp import hdrs, web

from normalizers.records.crosswalks import PROFILES, TARGETS, XML
from service.answers import JSON
from service.problems import Kind, ProblemError

_MOST = 32
"""Ranges of an Accept header that are looked at."""

_KEPT = 256
"""Headers that are known: a program sends the same one with each of its requests."""

_ANYTHING = ("*/*",)
_WEIGHT = re.compile(r"0(?:\.\d{0,3})?|1(?:\.0{0,3})?", re.ASCII)
_XML_NAMES = frozenset({XML, "text/xml"})
_OTHER_NAMES = MappingProxyType({"application/vnd.schemaorg.ld+json": "schema_org"})
_BY_TYPE: Mapping[str, str] = MappingProxyType(
    {target.media_type: target.name for target in TARGETS.values() if target.media_type != XML} | dict(_OTHER_NAMES)
)
FORMS = (*_BY_TYPE, XML)
"""Media types of an answer, beside JSON."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is answered: a record as JSON, with or without a crosswalk in it, or the document of a crosswalk alone."""

    to: str | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True)
class _Range:
    """One range of an Accept header."""

    name: str
    weight: float
    parameters: Mapping[str, str] = field(default_factory=dict)


def choose(request: web.Request, to: str | None) -> Wanted:
    """Choose the answer. A target named in the address goes before the header, which then only says whether JSON is wanted around it.

    Raises:
        ProblemError: 406 where the client takes none of what there is.
    """
    return _choose(tuple(request.headers.getall(hdrs.ACCEPT, _ANYTHING)), to)


def names_type(accepted: str, media_type: str) -> bool:
    """Tell whether an Accept header names just this media type, and not only a range that it lies in."""
    return any(given.name == media_type and given.weight > 0 for given in _ranges((accepted,)))


@lru_cache(maxsize=_KEPT)
def _choose(accepted: tuple[str, ...], to: str | None) -> Wanted:
    for given in sorted(_ranges(accepted), key=lambda given: -given.weight):
        found = _named(given, to) if to else _unnamed(given)
        if found is not None and given.weight > 0:
            return found
    known = ", ".join((JSON, *FORMS)) if to is None else f"{JSON}, {TARGETS[to].media_type}"
    raise ProblemError(Kind.NOT_ACCEPTABLE, f"Answered here: {known}. XML by a profile, or by the parameter to.")


def _ranges(headers: Iterable[str]) -> Iterator[_Range]:
    for part in ",".join(headers).split(",")[:_MOST]:
        name, *given = (piece.strip() for piece in part.split(";"))
        pairs = (piece.partition("=") for piece in given)
        parameters = {key.strip().lower(): value.strip().strip('"') for key, _, value in pairs}
        weight = _WEIGHT.fullmatch(parameters.get("q", "1"))
        if name and weight:
            yield _Range(name.lower(), float(weight.group()), parameters)


def _named(given: _Range, to: str) -> Wanted | None:
    media_type = TARGETS[to].media_type
    if given.name == JSON:
        return Wanted(to)
    names = _XML_NAMES if media_type == XML else {media_type, *(name for name, target in _OTHER_NAMES.items() if target == to)}
    return Wanted(to, alone=True) if given.name in {*names, "*/*", "application/*"} else None


def _unnamed(given: _Range) -> Wanted | None:
    if given.name in {JSON, "*/*", "application/*"}:
        return Wanted()
    if given.name in _XML_NAMES:
        profile = PROFILES.get(given.parameters.get("profile", ""))
        return Wanted(profile, alone=True) if profile else None
    return Wanted(_BY_TYPE[given.name], alone=True) if given.name in _BY_TYPE else None
