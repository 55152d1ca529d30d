"""A record page in any language with a lexicon is read by its own labels."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

import pytest

from normalizers import Registry
from normalizers.localedata import Locale

FILES = [entry for entry in files("locales").iterdir() if entry.name.endswith(".yaml")]
TAGS = [entry.name.removesuffix(".yaml") for entry in FILES if "\nlexicon:\n" in entry.read_text(encoding="utf-8")]
LINES = {
    "title": ("A short history of bells", "/title"),
    "creator": ("Puig Ferrer, Aurora", "/creators/0/name"),
    "publisher": ("Vallnova University Press", "/publishers/0"),
    "date_issued": ("2014-05-03", "/dates/issued"),
    "language": ("eng", "/languages/0"),
    "rights": ("CC BY-SA 4.0", "/rights/license/uri"),
}


def label(locale: Locale, key: str) -> str:
    return next(label.text for name, label in locale.labels("fields") if name == key)


@pytest.mark.parametrize("tag", sorted(TAGS))
def test_a_page_is_read_by_its_own_labels(registry: Registry, locales: Mapping[str, Locale], tag: str) -> None:
    page = "\n".join(f"{label(locales[tag], key)}: {value}" for key, (value, _) in LINES.items())
    answer = registry.normalize_record(page, format="text")
    read = {decision["source"].get("rule", "").rpartition("fields.")[2]: decision["text"] for decision in answer["decisions"]}
    assert {key: read.get(key) for key in LINES} == {key: value for key, (value, _) in LINES.items()}
    assert answer["unparsed"] == []
