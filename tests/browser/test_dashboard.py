"""The dashboard, while a service is used."""

from __future__ import annotations

import json
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.slow


def read(address: str, *texts: str) -> None:
    values = [{"id": str(number), "field": "license", "text": text} for number, text in enumerate(texts)]
    body = json.dumps({"values": values}).encode()
    request = urllib.request.Request(f"{address}/v1/values", body, {"Content-Type": "application/json"})  # noqa: S310 -- our own server
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 -- the same
        assert answer.status == 200


def test_it_shows_what_happens_as_it_happens(visit: Visit) -> None:
    page = visit.open("/dashboard")
    expect(page.locator("#health .permits").first).to_be_visible()
    expect(page.locator("#live")).to_contain_text("Live")
    before = int(page.inner_text("#now-read").replace(",", "") or 0)
    read(visit.address, *["CC BY 3.52"] * 40, *["nonsense"] * 7)
    expect(page.locator("#now-read")).not_to_have_text(str(before))
    expect(page.locator("#issues")).to_contain_text("There is no such version of the licence.")
    page.select_option("#field", "license")
    expect(page.locator("#requests canvas")).to_be_visible()
    page.locator("figure:has(#outcomes) summary").click()
    expect(page.locator("#outcomes-table")).to_contain_text("not understood")
    visit.check_access()
    visit.picture("dashboard")


def test_the_table_of_languages_is_sorted_by_mouse_and_keyboard(visit: Visit) -> None:
    page = visit.open("/dashboard")
    table = page.locator("#locales")
    expect(table.locator("tbody th").first).to_have_text("af")
    table.get_by_role("button", name="Tag").click()
    table.get_by_role("button", name="Tag").press("Enter")
    expect(table.locator("th[aria-sort=descending]")).to_have_text("Tag")
    expect(table.locator("tbody th").first).to_contain_text("z")
    table.get_by_role("button", name="lexicon").click()
    counts = [int(text) for text in table.locator("tbody td:nth-child(9)").all_inner_texts()]
    assert counts == sorted(counts)


def test_looking_further_back_asks_for_it(visit: Visit) -> None:
    page = visit.open("/dashboard")
    with page.expect_response(lambda response: "/v1/stats?hours=168" in response.url):
        page.select_option("#hours", "168")


@pytest.mark.window(viewport={"width": 360, "height": 740})
def test_a_phone_shows_all_without_scrolling_sideways(visit: Visit) -> None:
    page = visit.open("/dashboard")
    expect(page.locator("#locales tbody th").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
