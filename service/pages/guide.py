"""The guide for users under ``/docs``, as it was built into the package; of scripts in its pages, only those named by hash run."""

from __future__ import annotations

import base64
import hashlib
import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import partial
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from aiohttp import hdrs, web

import service.pages
from service.problems import Kind, ProblemError

ADDRESS = "/docs"
_INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


class Guide:
    """The files of the guide by the path they are asked for. Empty where the package was installed without one."""

    def __init__(self, folder: Path) -> None:
        self._files = MappingProxyType({path.relative_to(folder).as_posix(): path for path in _walk(folder)})
        self._policies: dict[str, str] = {}

    def find(self, asked: str) -> tuple[str, Path]:
        """Find the file for a path; one that ends in a slash is a page.

        Raises:
            ProblemError: 404 where there is none.
        """
        name = f"{asked}index.html" if asked.endswith("/") or not asked else asked
        if name in self._files:
            return name, self._files[name]
        detail = "The guide has no such page." if self._files else "This installation has no guide: it was not installed from a wheel."
        raise ProblemError(Kind.NOT_FOUND, detail)

    def is_folder(self, asked: str) -> bool:
        """Tell whether a path would be a page if it ended in a slash."""
        return posixpath.join(asked, "index.html") in self._files

    def policy(self, name: str) -> str:
        """Give the content security policy of a page."""
        if name not in self._policies:
            scripts = sorted({f"'sha256-{_digest(script)}'" for script in _INLINE.findall(self._files[name].read_bytes())})
            self._policies[name] = (
                f"default-src 'none'; script-src 'self' {' '.join(scripts)}; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                "worker-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
            )
        return self._policies[name]


def add_guide(app: web.Application, headers: Mapping[str, str]) -> None:
    """Serve the guide, its pages with the headers that all pages carry."""
    guide = Guide(Path(str(files(service.pages) / "built_guide")))
    app.router.add_get(ADDRESS, _to_start)
    app.router.add_get(f"{ADDRESS}/{{path:.*}}", partial(_answer, guide, headers))


async def _to_start(_request: web.Request) -> web.StreamResponse:
    return _moved(f".{ADDRESS}/")


async def _answer(guide: Guide, headers: Mapping[str, str], request: web.Request) -> web.StreamResponse:
    asked = request.match_info["path"]
    if guide.is_folder(asked) and not asked.endswith("/") and asked:
        return _moved(f"{posixpath.basename(asked)}/")
    name, path = guide.find(asked)
    if not name.endswith(".html"):
        return web.FileResponse(path, headers={hdrs.CACHE_CONTROL: "no-cache"})
    return web.FileResponse(path, headers={**headers, "Content-Security-Policy": guide.policy(name)})


def _moved(address: str) -> web.Response:
    return web.Response(status=HTTPStatus.PERMANENT_REDIRECT, headers={hdrs.LOCATION: address})


def _walk(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else iter(())


def _digest(script: bytes) -> str:
    return base64.b64encode(hashlib.sha256(script).digest()).decode()
