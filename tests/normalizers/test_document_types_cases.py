"""Every case of types, versions and review states: the answer, its determinism, its facets, and that its evidence quotes the text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from normalizers import Registry, Result, Status
from tests.case_files import read_cases

BASES = {
    "resource_type": "http://purl.org/coar/resource_type/",
    "version": "http://purl.org/coar/version/",
    "peer_review": "http://purl.org/eprint/status/",
}


ALL_CASES = [
    entry.parameter(field, entry.case, name=f"{field}-{entry.file}-{entry.case['text'][:60]}-{entry.case.get('locale', '')}")
    for field in BASES
    for entry in read_cases(field)
]
GOOD_CASES = [case for case in ALL_CASES if not case.marks]


def check_answer(result: Result, case: Mapping[str, Any], base: str) -> None:
    if isinstance(case["reads"], str):
        assert result.status.value == case["reads"]
        assert result.identifiers == ()
    else:
        assert [*result.identifiers] == [base + name for name in case["reads"]]
        assert result.vocabulary is not None


@pytest.mark.parametrize(("field", "case"), ALL_CASES)
def test_case(field: str, case: dict[str, Any], registry: Registry) -> None:
    result = registry.normalize_uncached(field, case["text"], locale=case.get("locale"))

    check_answer(result, case, BASES[field])
    assert set(case.get("issues", ())) <= {issue.code for issue in result.issues}
    if "method" in case:
        assert result.method == case["method"]
    if "candidates" in case:
        assert {candidate.identifier for candidate in result.candidates} == {BASES[field] + name for name in case["candidates"]}
    if "spans" in case:
        assert [item.text for item in result.evidence] == case["spans"]
    facets = {name: facet["label"] for name, facet in result.details.get("facets", {}).items()}
    assert case.get("facets", {}).items() <= facets.items()
    assert registry.normalize_uncached(field, case["text"], locale=case.get("locale")) == result


@pytest.mark.parametrize(("field", "case"), GOOD_CASES)
def test_evidence_quotes_the_text(field: str, case: dict[str, Any], registry: Registry) -> None:
    result = registry.normalize_uncached(field, case["text"], locale=case.get("locale"))

    facets = [facet["evidence"] for facet in result.details.get("facets", {}).values()]
    read_as = result.read_as or result.text
    assert all(read_as[item.start : item.end] == item.text != "" for item in (*result.evidence, *facets))
    assert (result.status is Status.MATCHED) <= bool(result.evidence)


@pytest.mark.parametrize(("field", "case"), GOOD_CASES)
def test_an_answer_read_again_is_itself(field: str, case: dict[str, Any], registry: Registry) -> None:
    for identifier in registry.normalize_uncached(field, case["text"], locale=case.get("locale")).identifiers:
        assert registry.normalize_uncached(field, identifier).identifiers == (identifier,)
