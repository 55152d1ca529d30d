"""The report of a run: the same counts on a terminal, as JSON, and as a page that needs nothing beside it."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import html

from bulk.records import Item, Place
from bulk.report import Outcome, build_content
from bulk.report.page import render_page
from bulk.samples import Samples
from bulk.tally import Tally

if TYPE_CHECKING:
    from tests.bulk.conftest import Drets

RECORDS = [
    {"dc:title": f"A < B & C {number}", "dc:language": ["cat", "Xyzzy", "deutsch"][number % 3], "dc:rights": "</pre><script>x</script>"}
    for number in range(30)
]
LINES = "".join(json.dumps(record) + "\n" for record in RECORDS)


@pytest.fixture
def both(drets: Drets, tmp_path: Path) -> tuple[dict[str, object], str]:
    """Make the report of the same run as JSON and as a page."""
    for name in ("report.json", "report.html"):
        drets("normalize", "--to", "datacite", "--report", tmp_path / name, given=LINES)
    return json.loads((tmp_path / "report.json").read_text()), (tmp_path / "report.html").read_text()


def test_the_page_says_what_the_json_says(both: tuple[dict[str, object], str]) -> None:
    content, page = both
    tables = {table.getparent().get("aria-label"): table for table in html.document_fromstring(page).iter("table")}
    fields = {row.findtext("th"): [cell.text for cell in row.findall("td")] for row in tables["Outcomes by field, in figures"].iter("tr")}
    assert fields["language"] == ["20", "0", "0", "10"]
    assert content["statuses"]["language"] == {"matched": 20, "unmatched": 10}  # type: ignore[index]  # JSON
    values = [[cell.text for cell in row.findall("td")] for row in tables["Most frequent unresolved values"].iter("tr")][1:]
    assert values == [[value["field"], value["text"], str(value["count"]), value["example"]] for value in content["unresolved"]]  # type: ignore[attr-defined]  # JSON
    assert {"chart-statuses-title", "chart-methods-title", "chart-issues-title"} <= set(re.findall(r'aria-labelledby="([^"]+)"', page))


def test_the_page_needs_no_script_and_no_other_file(both: tuple[dict[str, object], str]) -> None:
    page = html.document_fromstring(both[1])
    assert [element.tag for element in page.iter("script", "link", "img", "iframe", "object")] == []
    assert page.xpath("//@src | //@href | //@*[local-name()='href']") == []
    assert "@import" not in both[1]
    assert "url(" not in both[1]


def test_the_same_run_gives_the_same_page(drets: Drets, tmp_path: Path, both: tuple[dict[str, object], str]) -> None:
    drets("normalize", "--to", "datacite", "--report", tmp_path / "again.html", given=LINES)
    assert (tmp_path / "again.html").read_text() == both[1]


def test_records_are_shown_before_and_after(both: tuple[dict[str, object], str]) -> None:
    samples = both[0]["samples"]
    assert isinstance(samples, list)
    assert len(samples) == 5
    for sample in samples:
        assert json.loads(sample["before"]) == RECORDS[int(sample["place"].removeprefix("-:")) - 1]
        assert json.loads(sample["after"])["title"] == json.loads(sample["before"])["dc:title"]


def test_a_run_without_records_has_a_page(drets: Drets, tmp_path: Path) -> None:
    drets("normalize", "--report", tmp_path / "report.html", given="")
    assert "There was nothing to read." in (tmp_path / "report.html").read_text()


def test_the_choice_of_samples_is_the_same_whoever_counts() -> None:
    items = [Item(Place("in", number), f"record {number}".encode(), "json") for number in range(1, 501)]
    whole, parts = Samples(), Samples()
    for item in items:
        whole.offer(item, {})
    for start in range(0, 500, 70):
        part = Samples()
        for item in items[start : start + 70]:
            part.offer(item, {})
        parts.add(part.kept)
    assert parts == whole
    assert len({sample.place for sample in whole.kept}) == 5
    assert max(int(sample.place.removeprefix("in:")) for sample in whole.kept) > 100


def test_many_fields_and_issues_stay_one_page() -> None:
    tally = Tally(records=10**9)
    tally.statuses = Counter({(f"field-{number}", status): 10**number for number in range(12) for status in ("matched", "none")})
    tally.issues = Counter({f"issue_{number}": number for number in range(200)})
    page = render_page(build_content(Outcome(tally, 0)))
    assert page.count("<tr>") >= 212
    assert "1,000,000,000" in page
