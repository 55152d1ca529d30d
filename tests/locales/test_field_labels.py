"""A record page in any language with a lexicon is read by its own labels."""

from __future__ import annotations

import pytest

from normalizers import Registry
from normalizers.localedata import Locale, load_locales, load_sections
from normalizers.vocabularies import load_vocabularies

LOCALES = {tag: locale for tag, locale in load_locales(load_sections(load_vocabularies())).items() if locale.sections.get("lexicon")}
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


@pytest.mark.parametrize("tag", sorted(LOCALES))
def test_a_page_is_read_by_its_own_labels(registry: Registry, tag: str) -> None:
    page = "\n".join(f"{label(LOCALES[tag], key)}: {value}" for key, (value, _) in LINES.items())
    answer = registry.normalize_record(page, format="text")
    read = {decision["source"].get("rule", "").rpartition("fields.")[2]: decision["text"] for decision in answer["decisions"]}
    assert {key: read.get(key) for key in LINES} == {key: value for key, (value, _) in LINES.items()}
    assert answer["unparsed"] == []
