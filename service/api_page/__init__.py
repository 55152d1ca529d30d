"""The page on which every address can be tried, and where its files lie; the files of Swagger UI come with a package, not from a host."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

_UI = "mkdocs_swagger_ui_tag"
"""The package that carries Swagger UI; it is made for MkDocs, and only its files are used."""

PAGE = "index.html"
FILES = {
    "start.js": "text/javascript",
    "page.css": "text/css",
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui.css": "text/css",
}
_FOLDERS = {"swagger-ui-bundle.js": "javascripts", "swagger-ui.css": "stylesheets"}


def read_file(name: str) -> bytes:
    """Read the page, or a file that it asks for."""
    return _place(name).read_bytes()


def _place(name: str) -> Traversable:
    folder = _FOLDERS.get(name)
    return files("service") / "api_page" / name if folder is None else files(_UI) / "swagger-ui" / folder / name
