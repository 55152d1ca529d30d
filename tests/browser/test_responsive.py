"""Pages answer while a large job is read: the job has processes of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.test_jobs import PATIENCE, card, records

pytestmark = pytest.mark.slow

RECORDS = 10_000
BOUND = 5.0
"""Seconds in which a page must be there with all that it asks for at first. Where the job took the service's own time, it would be the whole job."""

SIGNS = {
    "/dashboard": "#locales tbody tr",
    "/explain#field=rights&text=CC+BY+4.0": "#marked mark",
    "/terms": "#nothing:visible, #terms [role=option]",
    "/jobs": "#list .job",
}
"""What each page shows once it has what it asked for."""


def seconds_to_show(visit: Visit, path: str, sign: str) -> float:
    """Open a page, and give the seconds until it shows what it asked the service for."""
    visit.open(path)
    expect(visit.page.locator(sign).first).to_be_visible(timeout=PATIENCE)
    milliseconds: float = visit.page.evaluate("performance.now()")
    return milliseconds / 1000


def test_pages_stay_responsive_while_a_large_job_runs(visit: Visit, tmp_path: Path) -> None:
    path = tmp_path / "large.ndjson"
    path.write_bytes(records(RECORDS))
    page = visit.open("/jobs")
    page.set_input_files("input[name=file]", path)
    page.click("#give button")
    job = card(page, "large.ndjson")
    expect(job).to_have_attribute("data-state", "running", timeout=PATIENCE)
    expect(job.locator(".figures")).to_contain_text("a second", timeout=PATIENCE)
    shown = {path: seconds_to_show(visit, path, sign) for path, sign in SIGNS.items()}
    job = card(page, "large.ndjson")
    expect(job).to_have_attribute("data-state", "running")
    job.get_by_role("button", name="Cancel").click()
    expect(job).to_have_attribute("data-state", "cancelled")
    assert max(shown.values()) < BOUND, shown
