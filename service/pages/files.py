"""Scripts and styles: a fixed set of small files, held in memory and named by their content, so that no path leads anywhere else."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

from aiohttp import ETag, hdrs, web

import service.pages
from service.problems import Kind, ProblemError

_CHARTS = "uplot"
_CHART_FILES: Mapping[str, str] = MappingProxyType({"uplot.js": "uPlot.iife.js", "uplot.css": "uPlot.min.css"})
_TYPES: Mapping[str, str] = MappingProxyType({"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"})


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is served."""

    content: bytes
    content_type: str
    tag: str


def has_charts() -> bool:
    """Tell whether there is the library that draws charts; without the extra ``charts`` the same figures stand in tables."""
    return find_spec(_CHARTS) is not None


def load_assets() -> Mapping[str, Asset]:
    """Read all assets, by name; those of uPlot come from the package that carries them, which is looked into and not imported."""
    own = {file.name: file.read_bytes() for file in (files(service.pages) / "assets").iterdir()}
    charts = {name: (_charts_folder() / file).read_bytes() for name, file in _CHART_FILES.items()} if has_charts() else {}
    return MappingProxyType({name: build_asset(name, content) for name, content in {**own, **charts}.items()})


def _charts_folder() -> Path:
    found = find_spec(_CHARTS)
    return Path(str(found.origin)).parent / "static" if found else Path()


def build_asset(name: str, content: bytes) -> Asset:
    """Name a file by its content."""
    return Asset(content, _TYPES[name.rpartition(".")[2]], hashlib.sha256(content).hexdigest()[:32])


async def answer_asset(assets: Mapping[str, Asset], request: web.Request) -> web.StreamResponse:
    """Give a file, or only say that the browser has it already.

    Raises:
        ProblemError: 404 for a name that there is not.
    """
    asset = assets.get(request.match_info["name"])
    if asset is None:
        raise ProblemError(Kind.NOT_FOUND, "There is no such file.")
    if any(tag.value in {asset.tag, "*"} for tag in request.if_none_match or ()):
        response = web.Response(status=304)
    else:
        response = web.Response(body=asset.content, content_type=asset.content_type, charset="utf-8")
    response.etag = ETag(asset.tag)
    response.headers[hdrs.CACHE_CONTROL] = "no-cache"
    return response
