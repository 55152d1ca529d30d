"""What people decided is answered in place of what is read, and nothing else changes."""

from __future__ import annotations

from typing import Any

import pytest

from normalizers import OVERRIDABLE, Override, Registry, Status, as_json, term_key

ARTICLE = "http://purl.org/coar/resource_type/c_6501"
BY = "https://creativecommons.org/licenses/by/4.0/"
OPEN = "http://purl.org/coar/access_right/c_abf2"


def decide(registry: Registry, field: str, text: str, identifier: str | None) -> Registry:
    return registry.with_overrides([Override(field, term_key(text), identifier)])


def test_a_decision_is_answered_and_says_so(registry: Registry) -> None:
    decided = decide(registry, "resource_type", "qwertz paper", ARTICLE)
    result = decided.normalize("resource_type", "  QWERTZ-Paper ")
    assert (result.status, result.identifiers, result.method) == (Status.MATCHED, (ARTICLE,), "override")
    assert (result.text, result.evidence[0].rule, result.vocabulary) == ("  QWERTZ-Paper ", "override", result.vocabulary)
    assert result.details == registry.normalize("resource_type", ARTICLE).details
    assert registry.normalize("resource_type", "qwertz paper").status is Status.UNMATCHED


def test_none_is_understood_to_state_no_such_thing(registry: Registry) -> None:
    result = decide(registry, "language", "qwertz", None).normalize("language", "Qwertz")
    assert (result.status, result.identifiers, result.method) == (Status.NONE, (), "override")


def test_the_cache_answers_nothing_stale(registry: Registry) -> None:
    first = decide(registry, "language", "qwertz", "ca")
    assert first.normalize("language", "qwertz").identifiers == ("ca",)
    second = first.with_overrides([Override("language", "qwertz", "es")])
    assert second.normalize("language", "qwertz").identifiers == ("es",)
    assert second.with_overrides([]).normalize("language", "qwertz").status is Status.UNMATCHED
    assert first.normalize("language", "qwertz").identifiers == ("ca",)


def test_an_identifier_that_the_field_does_not_read_is_not_heeded(registry: Registry) -> None:
    assert decide(registry, "language", "qwertz", "no language").normalize("language", "qwertz").status is Status.UNMATCHED


@pytest.mark.parametrize("field", OVERRIDABLE)
def test_everything_else_is_read_as_before(registry: Registry, field: str) -> None:
    decided = decide(registry, field, "qwertz", None)
    for text in ("Article", "ca", "CC BY 4.0", "open access", "in copyright", "qwert"):
        for other in OVERRIDABLE:
            assert decided.normalize(other, text) == registry.normalize(other, text)


def test_a_record_heeds_decisions(registry: Registry) -> None:
    record: dict[str, Any] = {"dc:title": "x", "dc:type": "qwertz", "dc:rights": "Lizenz nach Absprache qwertz", "dc:language": "ca"}
    decided = registry.with_overrides(
        [
            Override("resource_type", "qwertz", ARTICLE),
            Override("license", term_key("Lizenz nach Absprache qwertz"), BY),
            Override("access_right", term_key("Lizenz nach Absprache qwertz"), OPEN),
        ]
    )
    answer = decided.normalize_record(record, format="json")
    assert answer["metadata"]["rights"]["license"]["uri"] == BY
    assert OPEN in answer["metadata"]["rights"]["access"].values()
    assert [decision["method"] for decision in answer["decisions"] if decision["field"] == "resource_type"] == ["override"]
    assert answer["unresolved"] == []
    again = decided.normalize_record(answer["metadata"], format="json")
    assert again["metadata"] == answer["metadata"]


def test_rights_as_a_whole_heed_decisions_on_their_parts(registry: Registry) -> None:
    only_access = decide(registry, "access_right", "qwertz", OPEN).normalize("rights", "qwertz")
    assert (only_access.status, only_access.details["access_right"]["method"]) == (Status.NONE, "override")
    license_ = decide(registry, "license", "qwertz", "MIT").normalize("rights", "qwertz")
    assert (license_.field, license_.identifiers, as_json(license_)["license"]["spdx"]) == ("rights", ("MIT",), "MIT")
