"""The page of falsehoods proves itself: each text on it is read as the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from normalizers import Registry, Status

PAGE = Path(__file__).resolve().parents[3] / "docs" / "falsehoods.md"
PROOF = re.compile(r"^- `(?P<field>\w+)` `(?P<text>[^`]+)` → `(?P<answer>[^`]+)`$", re.MULTILINE)
PROOFS = [match.groups() for match in PROOF.finditer(PAGE.read_text(encoding="utf-8"))]


def test_every_item_of_the_page_is_a_proof() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert len(PROOFS) == page.count("\n- ")
    beliefs = re.split(r"^\*\*", page, flags=re.MULTILINE)[1:]
    assert [belief.splitlines()[0] for belief in beliefs if "\n- " not in belief] == []


@pytest.mark.parametrize(("field", "text", "answer"), PROOFS)
def test_proof(field: str, text: str, answer: str, registry: Registry) -> None:
    result = registry.normalize(field, text)

    assert (result.identifiers[0] if result.status is Status.MATCHED else result.status.value) == answer
