"""What is detected of the language of titles and abstracts: a doubt about what is stated, and never an answer in its place."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from normalizers import MissingExtraError, Registry
from normalizers.languages import LanguageDetector, load_detector
from tests.case_files import read_cases
from tests.locale_folders import few_locales

CASES = [entry.parameter(entry.case, name=entry.case["what"]) for entry in read_cases("detection")]
CODES = {"language_disagrees", "language_suggested"}


@pytest.fixture(scope="module")
def detector() -> LanguageDetector:
    return load_detector()


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any], registry: Registry) -> None:
    plain = registry.normalize_record(case["record"], format="json")
    detected = registry.normalize_record(case["record"], format="json", detect=True)
    found = [issue for issue in detected["issues"] if issue["code"] in CODES]

    assert [[one["code"], one["pointer"], *(candidate["identifier"] for candidate in one["candidates"])] for one in found] == case["issues"]
    assert {name: detected[name] for name in ("metadata", "decisions", "unresolved", "unparsed")} == {
        name: plain[name] for name in ("metadata", "decisions", "unresolved", "unparsed")
    }
    assert [issue for issue in detected["issues"] if issue not in found] == plain["issues"]
    again = registry.normalize_record(detected["metadata"], format="json", detect=True)
    assert ([issue for issue in again["issues"] if issue["code"] in CODES], again["metadata"]) == (found, detected["metadata"])


def test_the_detector_is_among_the_versions_only_where_it_was_used(registry: Registry) -> None:
    name = "lingua-language-detector"
    answers = [registry.normalize_record({"dc:title": "A"}, format="json", detect=detect)["versions"] for detect in (True, False)]
    assert (answers[0].pop(name), answers[0]) == (version(name), answers[1])


def test_it_is_loaded_only_when_it_is_asked_for(tmp_path: Path) -> None:
    program = "import pathlib, sys, normalizers; normalizers.build_registry(pathlib.Path(sys.argv[1])); print('lingua' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", program, few_locales(tmp_path)], capture_output=True, text=True, check=True)  # noqa: S603 - our own program
    assert run.stdout == "False\n"


def test_without_the_extra_it_says_how_to_install_it(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lingua", None)
    monkeypatch.delitem(registry.__dict__, "_loaded_detector", raising=False)
    with pytest.raises(MissingExtraError, match=r"pip install 'drets\[detect\]'"):
        registry.normalize_record({"dc:title": "A"}, format="json", detect=True)


def test_long_sentences_are_seldom_taken_for_another_language(detector: LanguageDetector, shared: Path) -> None:
    """The deeds of Creative Commons by their translators; some rows hold English or another language than they say."""
    table = shared / "reference" / "cc_deed_phrases.tsv"
    with table.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["same_as_english"] == "no"]
    outcomes: Counter[str] = Counter()
    for text, tag in {row["text"]: row["lang"] for row in rows if "%(" not in row["text"] and detector.knows(row["lang"])}.items():
        found = detector.detect(text)
        outcomes["unsure" if found is None else "right" if detector.agrees(tag, found.tag) else "wrong"] += 1
    judged = outcomes["right"] + outcomes["wrong"]
    assert judged > 2_500
    assert outcomes["wrong"] / judged < 0.006, outcomes
