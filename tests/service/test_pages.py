"""What every page has in common: its headers, its language, and words for all that it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

import service.pages
from service.pages.guide import Guide
from service.pages.site import PAGES
from service.pages.words import choose_words, load_words
from tests.service.conftest import Service

FOLDER = Path(service.pages.__path__[0])
TRANSLATED = sorted(set(load_words()) - {"en"})


def said() -> Iterator[str]:
    """Find every text that templates and scripts say."""
    methods = [("templates/**.html", "jinja2"), ("assets/**.js", "javascript")]
    for _file, _line, message, _comments, _context in extract_from_dir(FOLDER, method_map=methods, keywords={"_": None}):
        yield message if isinstance(message, str) else message[0]


@pytest.mark.parametrize("tag", TRANSLATED)
def test_each_language_says_all_that_the_pages_say_and_nothing_else(tag: str) -> None:
    texts = set(said())
    assert len(texts) > 50
    assert set(load_words()[tag].messages) == texts


@pytest.mark.parametrize("tag", TRANSLATED)
def test_places_for_values_are_kept_in_translation(tag: str) -> None:
    for text, translated in load_words()[tag].messages.items():
        assert sorted(text.split("{")[1:]) == [] or all(f"{{{part.partition('}')[0]}}}" in translated for part in text.split("{")[1:]), (
            translated
        )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
async def test_a_page_is_held_to_a_strict_policy(service: Service, page: service.pages.site.Page) -> None:
    response = await service.client.get(page.path)
    assert (response.status, response.content_type) == (200, "text/html")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    body = await response.text()
    assert "style=" not in body
    assert "//" not in body.replace("https://creativecommons.org", "").replace("http://www.w3.org", "")


@pytest.mark.parametrize("query", ["", "?lang=ca"])
async def test_the_bare_address_leads_to_the_first_page(service: Service, query: str) -> None:
    response = await service.client.get(f"/{query}", allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, f"/explain{query}")


@pytest.mark.parametrize(
    ("asked", "accepted", "tag"),
    [
        ("", "ca, en;q=0.5", "ca"),
        ("", "en;q=0.5, es-MX;q=0.8", "es"),
        ("", "xx, yy-ZZ", "en"),
        ("", "", "en"),
        ("", "ca;q=nonsense, es;q=0.1", "es"),
        ("?lang=ca", "es", "ca"),
        ("?lang=%3Cscript%3E", "es", "es"),
    ],
)
async def test_the_language_is_the_one_asked_for(service: Service, asked: str, accepted: str, tag: str) -> None:
    response = await service.client.get(f"/explain{asked}", headers={"Accept-Language": accepted})
    assert response.headers["Content-Language"] == tag
    assert f'<html lang="{tag}"' in await response.text()


def test_a_language_nobody_wants_falls_back_on_the_templates() -> None:
    assert choose_words(load_words(), ()).tag == "en"


@pytest.mark.parametrize("path", ["/assets/../site.py", "/assets/%2e%2e/site.py", "/assets/..%2fsite.py", "/assets/", "/assets/none.js"])
async def test_only_assets_are_served(service: Service, path: str) -> None:
    await service.problem(await service.client.get(path), 404)


async def test_scripts_are_scripts(service: Service) -> None:
    response = await service.client.get("/assets/explain.js")
    assert (response.status, response.content_type) == (200, "text/javascript")
    again = await service.client.get("/assets/explain.js", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status == 304


@pytest.mark.parametrize(
    "path", ["/docs/none/", "/docs/../../etc/passwd", "/docs/%2e%2e/guide.py", "/docs/..%2fsite.py", "/docs//etc/passwd"]
)
async def test_the_guide_serves_its_own_pages_only(service: Service, path: str) -> None:
    await service.problem(await service.client.get(path), 404)


def test_a_page_of_the_guide_runs_no_script_but_its_own(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<script>one()</script><script src=two.js></script>", encoding="utf-8")
    guide = Guide(tmp_path)
    assert guide.find("") == ("index.html", tmp_path / "index.html")
    assert "script-src 'self' 'sha256-" in guide.policy("index.html")
    assert guide.policy("index.html").count("sha256") == 1
