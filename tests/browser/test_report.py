"""The page of a report, as a browser shows the file: no fault, no other host, and readable by everyone in both themes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from playwright.sync_api import Browser

from bulk.cli import main

pytestmark = pytest.mark.slow

RECORDS = [
    {
        "dc:title": f"Record {number}",
        "dc:language": ["cat", "Xyzzy", "deutsch"][number % 3],
        "dc:rights": ["CC BY 4.0", "Creative Commons", "© 2019", "see the publisher"][number % 4],
        "dc:type": ["Article", "Tesi doctoral", "Ding"][number % 3],
        "dc:date": ["2019", "19xx", "abril"][number % 3],
    }
    for number in range(60)
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_readable_in_both_themes(browser: Browser, pictures: Path, tmp_path: Path, scheme: str) -> None:
    path = tmp_path / "report.html"
    CliRunner().invoke(main, ["normalize", "--to", "csv", "--report", str(path)], input=json.dumps(RECORDS), catch_exceptions=False)
    page = browser.new_page(color_scheme="dark" if scheme == "dark" else "light", viewport={"width": 400, "height": 800})
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(path.as_uri())
    assert (asked, said) == ([path.as_uri()], [])
    assert page.locator("svg[role=img]").count() == 3
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": 1100, "height": 900})
    page.screenshot(path=pictures / f"report-{scheme}.png", full_page=True)
    page.close()
