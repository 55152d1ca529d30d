"""The page "Jobs": a file is given by mouse and by keyboard, watched, and its results taken."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.slow

PATIENCE = 180_000
"""Milliseconds for a job: its runner and its worker are processes that each have the language data to load."""


def records(count: int) -> bytes:
    """Write so many records one a line, and a broken line at the end."""
    lines = [
        {"dc:title": f"Els molins, {number}", "dc.language.iso": "cat", "dc:rights": f"CC BY 4.0 ({number})"} for number in range(count)
    ]
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines) + b"{broken\n"


@pytest.fixture
def dump(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Give a small file with a name of its own, since all tests share a service."""
    path = tmp_path / f"{request.node.name.partition('[')[0]}.ndjson"
    path.write_bytes(records(40))
    return path


def card(page: Page, name: str) -> Locator:
    return page.locator("#list > li").filter(has=page.get_by_role("heading", name=name))


def finished(page: Page, name: str) -> Locator:
    found = card(page, name)
    expect(found).to_have_attribute("data-state", "done", timeout=PATIENCE)
    return found


def test_a_dropped_file_is_read_and_its_results_are_taken(visit: Visit, dump: Path) -> None:
    page = visit.open("/jobs")
    content = dump.read_text(encoding="utf-8")
    carried = page.evaluate_handle(
        "([name, content]) => { const carried = new DataTransfer(); carried.items.add(new File([content], name)); return carried; }",
        [dump.name, content],
    )
    page.dispatch_event("#drop", "drop", {"dataTransfer": carried})
    done = finished(page, dump.name)
    expect(done).to_contain_text("41 records · 1 rejected")
    expect(page.locator("#said")).to_have_text(f"{dump.name}: done")
    for name, check in (("Result", 40), ("Rejects", 1)):
        with page.expect_download() as saving:
            done.get_by_role("link", name=f"{name}:").click()
        assert len(saving.value.path().read_text(encoding="utf-8").splitlines()) == check
    with page.expect_download() as saving:
        done.get_by_role("link", name="Report:").click()
    assert json.loads(saving.value.path().read_text(encoding="utf-8"))["records"] == 40
    visit.check_access()
    visit.picture("jobs")


def test_all_is_done_by_keyboard_alone(visit: Visit, dump: Path) -> None:
    visit.page.on("filechooser", lambda _chooser: None)  # so that it is taken over before it can open
    page = visit.open("/jobs")
    page.focus("input[name=file]")
    with page.expect_file_chooser() as choosing:
        page.keyboard.press("Enter")
    choosing.value.set_files(dump)
    page.keyboard.press("Tab")
    expect(page.locator("select[name=format]")).to_be_focused()
    page.keyboard.type("ndjson")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    done = finished(page, dump.name)
    expect(done).to_contain_text("ndjson")
    done.get_by_role("link", name="Result:").focus()
    with page.expect_download() as saving:
        page.keyboard.press("Enter")
    assert saving.value.suggested_filename == f"{dump.stem}.clean.ndjson"
    done.get_by_role("button", name="Remove").focus()
    page.keyboard.press("Enter")
    expect(card(page, dump.name)).to_have_count(0)


def test_a_job_is_cancelled_and_its_state_can_be_asked_for(visit: Visit, tmp_path: Path) -> None:
    path = tmp_path / "long.ndjson"
    path.write_bytes(records(20_000))
    page = visit.open("/jobs")
    page.set_input_files("input[name=file]", path)
    page.click("#give button")
    card(page, "long.ndjson").get_by_role("button", name="Cancel").click()
    expect(card(page, "long.ndjson")).to_have_attribute("data-state", "cancelled")
    page.select_option("#state", "cancelled")
    expect(page.locator("#list > li")).to_have_count(1)
    page.select_option("#state", "failed")
    expect(page.locator("#none")).to_be_visible()


def test_what_is_refused_says_why_and_can_be_tried_again(visit: Visit, tmp_path: Path) -> None:
    path = tmp_path / "any.ndjson"
    path.write_bytes(records(1))
    page = visit.open("/jobs")
    page.eval_on_selector("select[name=format]", "list => list.add(new Option('nonsense'))")
    page.select_option("select[name=format]", "nonsense")
    page.set_input_files("input[name=file]", path)
    page.click("#give button")
    expect(page.locator("#uploads [role=alert]")).to_contain_text("The formats are")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#uploads [role=alert]")).to_contain_text("The formats are")
    page.get_by_role("button", name="Stop the upload").click()
    expect(page.locator("#uploads > li")).to_have_count(0)
    assert [fault for fault in visit.faults if "422" not in fault] == []
    visit.faults.clear()


def test_the_dashboard_shows_jobs_with_their_progress(visit: Visit, dump: Path) -> None:
    page = visit.open("/jobs")
    page.set_input_files("input[name=file]", dump)
    page.click("#give button")
    finished(page, dump.name)
    visit.open("/dashboard")
    shown = page.locator("#jobs > li").filter(has=page.get_by_role("heading", name=dump.name))
    expect(shown.get_by_role("progressbar")).to_have_attribute("value", "1")
    visit.check_access()


@pytest.mark.parametrize("tag", ["en", "ca", "es"])
@pytest.mark.window(viewport={"width": 360, "height": 740})
def test_a_phone_shows_all_in_each_language(visit: Visit, tag: str) -> None:
    page = visit.open(f"/jobs?lang={tag}")
    expect(page.locator("#list > li, #none:visible").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        visit.check_access()
    visit.picture(f"jobs-phone-{tag}")


def test_a_very_large_file_is_given_by_the_page(visit: Visit, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    size = 200_000_000 if request.config.getoption("--long-drills") else 20_000_000
    path = tmp_path / "upload.ndjson"
    block = records(1_000).removesuffix(b"{broken\n")
    path.write_bytes(block * (size // len(block) + 1))
    page = visit.open("/jobs")
    page.set_input_files("input[name=file]", path)
    page.click("#give button")
    job = card(page, path.name)
    expect(job).to_have_attribute("data-state", re.compile("queued|running"), timeout=PATIENCE)
    job.get_by_role("button", name="Cancel").click()
    expect(job).to_have_attribute("data-state", "cancelled")
    visit.check_access()
