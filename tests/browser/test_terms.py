"""The page "Terms": a librarian decides what stayed unresolved means, by mouse and by keyboard."""

from __future__ import annotations

import json
import time
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.slow

THESIS = "http://purl.org/coar/resource_type/c_46ec"


def ask(address: str, field: str, *texts: str) -> list[dict[str, Any]]:
    values = [{"id": f"rec-{number}", "field": field, "text": text} for number, text in enumerate(texts)]
    body = json.dumps({"values": values}).encode()
    request = urllib.request.Request(f"{address}/v1/values", body, {"Content-Type": "application/json"})  # noqa: S310 -- our own server
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 -- the same
        results: list[dict[str, Any]] = json.load(answer)["values"]
        return results


def answered(address: str, field: str, text: str, identifiers: list[str]) -> None:
    """Wait until a text is answered so, which takes two seconds at most."""
    for _ in range(600):
        if ask(address, field, text)[0]["identifiers"] == identifiers:
            return
        time.sleep(0.1)
    raise AssertionError(ask(address, field, text))


def counted(address: str, text: str) -> None:
    """Wait until a text is among the terms."""
    for _ in range(600):
        with urllib.request.urlopen(f"{address}/v1/terms?{urlencode({'q': text})}", timeout=30) as answer:  # noqa: S310 -- the same
            if any(term["text"] == text for term in json.load(answer)["terms"]):
                return
        time.sleep(0.1)
    raise AssertionError(text)


def desk(visit: Visit, text: str, field: str, *, lang: str = "en") -> Page:
    """Have a text met thirty times, and open the desk at it once that is counted."""
    ask(visit.address, field, *[text] * 30)
    counted(visit.address, text)
    page = visit.open(f"/terms?lang={lang}")
    expect(page.locator("#nothing:visible, #term [data-key=I]:enabled")).to_be_visible()
    page.fill("#author", "Mar")
    page.fill("#filters [name=q]", text)
    page.locator("#term h2").evaluate_all("titles => titles.forEach((title) => title.setAttribute('data-before', ''))")
    page.click("#filters button")
    expect(page.locator("#terms [aria-selected=true]")).to_contain_text(text)
    expect(page.locator("#term h2:not([data-before])")).to_have_text(text)
    expect(page.locator("#term [data-key=I]")).to_be_enabled()
    return page


def test_a_term_is_decided_by_searching_the_vocabulary_and_undone(visit: Visit) -> None:
    page = desk(visit, "Qwertz doctoranda", "resource_type", lang="ca")
    page.fill("#term [name=concept]", "tesi")
    page.click("#term [role=search] button")
    choice = page.locator("#term [aria-label='Trobat al vocabulari'] .choice").first
    expect(choice).to_contain_text("text › tesi")
    expect(choice.locator(".impact")).to_have_text("Canvia 30 dels 30 valors trobats en 30 dies")
    visit.check_access()
    visit.picture("terms")
    choice.get_by_role("button", name="Accepta: tesi").click()
    expect(page.locator("#said")).to_have_text("Qwertz doctoranda: tesi")
    expect(page.locator("#nothing")).to_be_visible()
    answered(visit.address, "resource_type", "qwertz Doctoranda", [THESIS])
    page.click("summary:has-text('Qui ha decidit què')")
    expect(page.locator("#entries tbody tr").first).to_contain_text("Mar")
    page.click("#undo")
    expect(page.locator("#terms [aria-selected=true]")).to_contain_text("Qwertz doctoranda")
    expect(page.locator("#entries tbody tr").first).to_contain_text("retirada")
    answered(visit.address, "resource_type", "qwertz Doctoranda", [])


def test_all_is_done_by_keyboard_alone(visit: Visit) -> None:
    ask(visit.address, "resource_type", *["Another zyx doctorand"] * 4)
    page = desk(visit, "Zyx doctorand", "resource_type")
    page.focus("#terms")
    first = page.locator("#term .choice").first
    expect(first.get_by_role("button")).to_be_enabled()
    text, name = page.inner_text("#term h2"), first.locator("strong").inner_text()
    page.keyboard.press("1")
    expect(page.locator("#said")).to_have_text(f"{text}: {name}")
    expect(page.locator("#terms")).to_be_focused()
    page.keyboard.press("u")
    expect(page.locator("#said")).to_have_text(f"{text}: undone")
    expect(page.locator("#term h2")).to_have_text(text)
    page.keyboard.press("ArrowDown")
    expect(page.locator("#term h2")).not_to_have_text(text)
    page.keyboard.press("k")
    expect(page.locator("#term h2")).to_have_text(text)
    page.keyboard.press("s")
    expect(page.locator("#term [name=concept]")).to_be_focused()
    page.keyboard.type("nnn")
    expect(page.locator("#said")).to_have_text(f"{text}: undone")
    page.focus("#terms")
    expect(page.locator("#term [data-key=I]")).to_be_enabled()
    page.keyboard.press("i")
    expect(page.locator("#said")).to_have_text(f"{text}: left aside")


def test_a_decision_is_withdrawn_where_decisions_are_listed(visit: Visit) -> None:
    page = desk(visit, "Zxcvb nothing", "resource_type")
    page.locator("#term .choice", has_text="States no such thing").get_by_role("button").click()
    expect(page.locator("#said")).to_have_text("Zxcvb nothing: no such thing")
    page.select_option("#filters [name=state]", "decided")
    expect(page.locator("#term")).to_contain_text("Decided by Mar: no such thing")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.locator("#said")).to_have_text("Zxcvb nothing: decision withdrawn")
    expect(page.locator("#nothing")).to_be_visible()


def test_without_a_name_nothing_is_decided(visit: Visit) -> None:
    page = desk(visit, "Anonymous thing", "resource_type")
    page.fill("#author", "")
    page.locator("#term .choice", has_text="Leave it aside").get_by_role("button").click()
    expect(page.locator("#fault")).to_contain_text("Say your name first")
    expect(page.locator("#author")).to_be_focused()


def test_decisions_go_out_and_in_as_a_sheet(visit: Visit, tmp_path: Path) -> None:
    sheet = tmp_path / "decisions.csv"
    page = visit.open("/terms")
    sheet.write_text("field,text,decision,identifier\nlanguage,Sheet speech,identifier,xx-none\n", encoding="utf-8")
    page.set_input_files("#sheet input", sheet)
    page.click("#sheet button")
    expect(page.locator("#sheet-faults")).to_contain_text("2/identifier")
    sheet.write_text("field,text,decision,identifier,author\nlanguage,Sheet speech,identifier,ca,Mar\n", encoding="utf-8")
    page.set_input_files("#sheet input", sheet)
    page.click("#sheet button")
    expect(page.locator("#said")).to_have_text("1 decisions were taken.")
    answered(visit.address, "language", "sheet speech", ["ca"])
    with page.expect_download() as saving:
        page.get_by_role("link", name="All decisions as CSV").click()
    assert "Sheet speech" in saving.value.path().read_text(encoding="utf-8")
    assert all("422" in fault for fault in visit.faults), visit.faults
    visit.faults.clear()


@pytest.mark.parametrize("tag", ["en", "ca", "es"])
@pytest.mark.window(viewport={"width": 360, "height": 740})
def test_a_phone_shows_all_in_each_language(visit: Visit, tag: str) -> None:
    page = desk(visit, "Phone thing", "resource_type", lang=tag)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        visit.check_access()
    visit.picture(f"terms-phone-{tag}")
