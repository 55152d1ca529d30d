"""The table of all pages, and what it takes to serve them: templates in the reader's language, scripts, styles, strict headers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import jinja2
from aiohttp import hdrs, web

from bulk.formats import FORMATS
from normalizers import OVERRIDABLE
from service.pages.files import answer_asset, has_charts, load_assets
from service.pages.guide import add_guide
from service.pages.languages import preferred
from service.pages.samples import load_samples
from service.pages.words import Words, choose_words, load_words

ASSETS = "/assets"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    hdrs.CACHE_CONTROL: "no-cache",
    hdrs.VARY: "Accept-Language",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its address, and its template, whose title it is known by in the menu."""

    path: str
    template: str


PAGES = (
    Page("/explain", "explain.html"),
    Page("/jobs", "jobs.html"),
    Page("/terms", "terms.html"),
    Page("/dashboard", "dashboard.html"),
)


class Site:
    """All pages in all languages, each rendered once. Safe to share between requests."""

    def __init__(self) -> None:
        self.words = load_words()
        self._environment = jinja2.Environment(
            loader=jinja2.PackageLoader("service.pages"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        self._samples = load_samples()
        self._rendered: dict[tuple[str, str], bytes] = {}

    def render(self, page: Page, words: Words) -> bytes:
        """Give a page in a language."""
        key = (page.path, words.tag)
        if key not in self._rendered:
            self._rendered[key] = self._render(page, words).encode()
        return self._rendered[key]

    def _render(self, page: Page, words: Words) -> str:
        environment = self._environment.overlay()
        environment.install_gettext_translations(words.translations(), newstyle=True)  # type: ignore[attr-defined] # the extension adds it
        context: dict[str, Any] = {
            "page": page,
            "words": words,
            "catalogue": dict(words.messages),
            "languages": self.words.values(),
            "samples": self._samples,
            "formats": sorted(FORMATS),
            "term_fields": OVERRIDABLE,
            "has_charts": has_charts(),
        }
        return environment.get_template(page.template).render(context)


def add_pages(app: web.Application) -> None:
    """Put every page at its address, and the scripts and styles that they use."""
    site = Site()
    app.router.add_get("/", _lead_in)
    for page in PAGES:
        app.router.add_get(page.path, partial(_answer, site, page))
    add_guide(app, HEADERS)
    app.router.add_get(f"{ASSETS}/{{name}}", partial(answer_asset, load_assets()))


async def _lead_in(request: web.Request) -> web.StreamResponse:
    """Send whoever opens the bare address to the first page, for that address is what the service names when it starts."""
    return web.Response(status=303, headers={hdrs.LOCATION: str(request.rel_url.with_path(PAGES[0].path, keep_query=True))})


async def _answer(site: Site, page: Page, request: web.Request) -> web.StreamResponse:
    words = choose_words(site.words, preferred(request))
    headers = {**HEADERS, hdrs.CONTENT_LANGUAGE: words.tag}
    return web.Response(body=site.render(page, words), content_type="text/html", charset="utf-8", headers=headers)
