"""The guide, as a service shows it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

import service.pages
from tests.browser.conftest import Visit

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (Path(service.pages.__path__[0]) / "built_guide").is_dir(),
        reason="what is tested is a checkout, and the guide is built into the wheel",
    ),
]


@pytest.mark.window(viewport={"width": 1400, "height": 900})
def test_a_reader_finds_a_page_by_the_menu_and_by_searching(visit: Visit) -> None:
    page = visit.open("/docs/")
    expect(page.locator("h1")).to_contain_text("Documentation")
    page.click("nav.md-nav--primary a:has-text('HTTP')")
    expect(page.locator("h1")).to_contain_text("HTTP")
    page.wait_for_load_state("load")  # from then on the page listens, and to keys only: a value that is set starts no search
    page.locator("input.md-search__input").press_sequentially("contradiction")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    visit.picture("docs")


def test_addresses_without_a_slash_lead_to_the_page(visit: Visit) -> None:
    page = visit.open("/docs")
    expect(page).to_have_url(f"{visit.address}/docs/")
    page.goto(f"{visit.address}/docs/fields/rights")
    expect(page).to_have_url(f"{visit.address}/docs/fields/rights/")
    expect(page.locator("h1")).to_contain_text("ights")


def test_pages_kept_elsewhere_are_in_it(visit: Visit) -> None:
    page = visit.open("/docs/locales/")
    expect(page.locator("h1")).to_be_visible()
    page.goto(f"{visit.address}/docs/changelog/")
    expect(page.locator("h1")).to_contain_text("Change")
