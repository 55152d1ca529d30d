"""A service that has keys: pages ask for one where it is wanted, and carry it from then on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect

from normalizers import Registry
from service.keys.commands import keys
from tests.browser.conftest import Visit, serving
from tests.processes import only

pytestmark = pytest.mark.slow

PATIENCE = 180_000


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("guarded")


@pytest.fixture(scope="module")
def secret(state: Path) -> str:
    """Make a key for jobs only, in a thread of its own: in that of the tests, the loop of the browser runs."""
    arguments = ["create", "--name", "test", "--scope", "jobs"]
    with ThreadPoolExecutor(1) as aside:
        made = aside.submit(CliRunner().invoke, keys, arguments, env=only(DRETS_STATE=str(state))).result()
    assert made.exit_code == 0, made.output
    return made.stdout.strip()


@pytest.fixture(scope="module")
def address(registry: Registry, state: Path, secret: str) -> Iterator[str]:
    assert secret
    with serving(registry, state) as served:
        yield served


def expected(faults: list[str]) -> bool:
    """Tell whether a browser complained of nothing but answers that a key was wanted for."""
    return all("401" in fault or "403" in fault for fault in faults)


def test_a_key_is_asked_for_kept_and_carried(visit: Visit, secret: str, tmp_path: Path) -> None:
    path = tmp_path / "guarded.ndjson"
    path.write_text(json.dumps({"dc:language": "cat"}), encoding="utf-8")
    page = visit.open("/jobs")
    dialog = page.locator("#key")
    expect(dialog).to_contain_text("A key is asked for here")
    visit.check_access()
    page.keyboard.type("nonsense")
    page.keyboard.press("Enter")
    expect(dialog).to_contain_text("opens nothing")
    page.keyboard.type(secret)
    page.keyboard.press("Enter")
    expect(page.locator("#none")).to_be_visible()
    page.reload()
    page.set_input_files("input[name=file]", path)
    page.click("#give button")
    done = page.locator("#list > li")
    expect(done).to_have_attribute("data-state", "done", timeout=PATIENCE)
    with page.expect_download() as saving:
        done.get_by_role("link", name="Result:").click()
    assert saving.value.suggested_filename == "guarded.clean.ndjson"
    assert json.loads(saving.value.path().read_text(encoding="utf-8"))["metadata"]["languages"] == ["ca"]
    assert page.evaluate("localStorage.length") == 0
    page.click("#forget-key")
    expect(dialog).to_be_visible()
    assert expected(visit.faults), visit.faults
    visit.faults.clear()


def test_a_key_for_something_else_is_told_of(visit: Visit, secret: str) -> None:
    page = visit.open("/explain")
    page.fill("#text", "CC BY 4.0")
    page.click("#question button[type=submit]")
    page.fill("#key input", secret)
    page.click("#key button[value=use]")
    expect(page.locator("#key")).to_contain_text("lacks the scope normalize")
    page.keyboard.press("Escape")
    expect(page.locator("#fault")).to_contain_text("lacks the scope normalize")
    assert expected(visit.faults), visit.faults
    visit.faults.clear()
