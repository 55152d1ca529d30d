"""The page "Explain", used as a person would."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.slow

CATALAN = "Llicència Creative Commons. Es permet la reproducció sempre que no sigui amb finalitats comercials i se'n citi l'autor. No es permet la creació d'obres derivades."


def ask(visit: Visit, text: str, field: str = "rights") -> None:
    visit.page.select_option("select[name=field]", field)
    visit.page.fill("#text", text)
    visit.page.click("button[type=submit]")
    expect(visit.page.locator("#answer")).to_have_attribute("aria-busy", "false")
    expect(visit.page.locator("#answer")).to_be_visible()


def test_a_statement_comes_back_with_its_evidence_marked(visit: Visit) -> None:
    visit.open("/explain")
    ask(visit, CATALAN)
    page = visit.page
    assert page.inner_text("#marked") == CATALAN
    assert "no sigui amb finalitats comercials" in page.inner_text("mark.nc")
    assert "CC-BY-NC" in page.inner_text("#verdict")
    assert page.locator("#reasons table:has(caption:text('Clauses')) .forbids").count() == 1
    assert json.loads(page.locator("#json").text_content() or "")["license"]["permissions"]["commercial_use"] is False


def test_evidence_is_counted_in_characters_not_in_units(visit: Visit) -> None:
    visit.open("/explain")
    ask(visit, f"𝔇𝔯𝔢𝔱𝔰 👩‍🏫 {CATALAN}")
    assert "finalitats comercials" in visit.page.inner_text("mark.nc")


def test_the_tip_tells_rule_and_locale_to_mouse_and_keyboard(visit: Visit) -> None:
    visit.open("/explain")
    ask(visit, CATALAN)
    page, tip = visit.page, visit.page.locator("#tip")
    page.hover("mark.nc")
    expect(tip).to_contain_text("lexicon.commercial")
    expect(tip).to_contain_text("ca")
    page.mouse.move(0, 0)
    expect(tip).to_be_hidden()
    page.focus("mark.nc")
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_all_is_done_by_keyboard_alone(visit: Visit) -> None:
    page = visit.open("/explain")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("select[name=field]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("CC BY 4.0")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#verdict")).to_contain_text("https://creativecommons.org/licenses/by/4.0/")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "MARK":
            break
    expect(page.locator("#tip")).to_contain_text("BY")


def test_a_contradiction_shows_both_readings(visit: Visit) -> None:
    visit.open("/explain")
    ask(visit, "CC BY-NC-ND 4.0, https://creativecommons.org/licenses/by-nc/3.0/")
    candidates = visit.page.inner_text("#reasons table:has(caption:text('Candidates'))")
    assert "by-nc-nd/4.0" in candidates
    assert "by-nc/3.0" in candidates
    assert "two things that do not agree" in visit.page.inner_text("#reasons")


@pytest.mark.parametrize("form", ["page", "json"])
def test_a_record_is_read_in_whichever_form_it_is_pasted(visit: Visit, form: str) -> None:
    record = {"title": "Els molins", "language": "Anglès", "rights": "CC BY 4.0", "publisher-note": "hm"}
    visit.open("/explain")
    ask(visit, json.dumps(record) if form == "json" else "\n".join(f"{name}: {value}" for name, value in record.items()), "record")
    page = visit.page
    assert "Angl" in page.inner_text("mark.language")
    assert json.loads(page.locator("#json").text_content() or "")["languages"] == ["en"]
    page.click("details:has-text('license') summary")
    expect(page.locator("details:has-text('license')").first).to_contain_text("https://creativecommons.org/licenses/by/4.0/")


def test_a_link_keeps_the_text_and_the_service_never_sees_it_in_an_address(visit: Visit) -> None:
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    visit.open("/explain")
    ask(visit, CATALAN)
    link = visit.page.url
    visit.page.goto("about:blank")
    visit.page.goto(link)
    expect(visit.page.locator("#marked")).to_have_text(CATALAN)
    assert [url for url in asked if "finalitats" in url.partition("#")[0]] == []


def test_the_answer_can_be_copied(visit: Visit) -> None:
    visit.open("/explain")
    ask(visit, "CC0 1.0")
    visit.page.click("#clean summary")
    visit.page.click("#copy")
    expect(visit.page.locator("#copy")).to_have_text("Copied")
    assert json.loads(visit.page.evaluate("navigator.clipboard.readText()"))["status"] == "matched"


def test_a_text_is_never_markup(visit: Visit) -> None:
    visit.open("/explain")
    ask(visit, "<img src=x onerror=alert(1)> CC BY 4.0 <script>alert(2)</script>")
    assert visit.page.locator("#answer img, #answer script").count() == 0


def test_a_fault_is_said_on_the_page(visit: Visit) -> None:
    visit.open("/explain")
    visit.page.fill("input[name=locale]", "not a tag")
    visit.page.fill("#text", "CC BY")
    visit.page.click("button[type=submit]")
    expect(visit.page.locator("#fault")).to_contain_text("BCP 47")
    assert [fault for fault in visit.faults if "422" not in fault] == []
    visit.faults.clear()


def test_every_sample_is_read(visit: Visit) -> None:
    page = visit.open("/explain")
    buttons = page.locator("#choices button")
    assert buttons.count() >= 10
    for number in range(buttons.count()):
        buttons.nth(number).click()
        expect(page.locator("#answer")).to_have_attribute("aria-busy", "false")
        expect(page.locator("#marked mark").first).to_be_visible()


@pytest.mark.parametrize("tag", ["en", "ca", "es"])
def test_the_page_is_accessible_in_each_language(visit: Visit, tag: str) -> None:
    visit.open(f"/explain?lang={tag}")
    visit.page.click("button[data-sample='0']")
    expect(visit.page.locator("#marked mark").first).to_be_visible()
    assert visit.page.get_attribute("html", "lang") == tag
    for theme in ("light", "dark"):
        visit.page.emulate_media(color_scheme=theme)
        visit.check_access()
    if tag == "en":
        visit.picture("explain")


@pytest.mark.window(locale="es-MX")
def test_the_language_is_the_browsers(visit: Visit) -> None:
    visit.open("/explain")
    assert visit.page.inner_text("h1") == "Explicar"


@pytest.mark.window(viewport={"width": 360, "height": 740})
def test_a_phone_shows_all_without_scrolling_sideways(visit: Visit) -> None:
    visit.open("/explain")
    ask(visit, CATALAN)
    assert visit.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    visit.picture("explain-phone")
