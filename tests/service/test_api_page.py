"""The page to try every address on works in a browser under its strict policy, and asks no other host."""

from __future__ import annotations

import shutil

import pytest
from playwright.async_api import async_playwright

QUIET = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 60_000


@pytest.mark.slow
async def test_an_address_can_be_tried(live: str) -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("there is no Chromium on this machine")
    asked: list[str] = []
    said: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=QUIET)
        page = await browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        await page.goto(f"{live}/docs/api")
        await page.locator("#operations-Reading-readValues button").first.click(timeout=PATIENCE)
        await page.locator("button.execute").click(timeout=PATIENCE)
        status = page.locator(".live-responses-table .response .response-col_status")
        await status.wait_for(timeout=PATIENCE)
        assert "200" in await status.inner_text()
        await browser.close()
    assert said == []
    assert f"{live}/v1/values" in asked
    assert [address for address in asked if not address.startswith((live, "data:", "blob:"))] == []
