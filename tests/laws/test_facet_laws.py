"""Laws of the fields that are read from combined texts."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers import Registry, Status

FIELDS = ("resource_type", "version", "peer_review")
LABELS = [
    "Article",
    "recerca",
    "Versió publicada",
    "Tesi doctoral",
    "Book chapter",
    "peer reviewed",
    "otros",
    "préprint",
    "journal",
    "unheard of",
]
SEPARATORS = [" ; ", " / ", ", ", " - ", " | ", " (", ") ", " "]


@pytest.mark.parametrize("field", FIELDS)
@given(text=st.text(min_size=1, max_size=80))
def test_any_text_has_one_answer(field: str, text: str, registry: Registry) -> None:
    result = registry.normalize_uncached(field, text)

    assert result == registry.normalize_uncached(field, text)
    assert (result.status is Status.MATCHED) == bool(result.identifiers)
    assert (result.status is Status.AMBIGUOUS) <= (len(result.candidates) > 1)
    read_as = result.read_as or result.text
    assert all(read_as[item.start : item.end] == item.text for item in result.evidence)


@pytest.mark.parametrize("field", FIELDS)
@given(
    labels=st.lists(st.sampled_from(LABELS), min_size=1, max_size=5),
    separators=st.lists(st.sampled_from(SEPARATORS), min_size=5, max_size=5),
)
def test_identifiers_are_of_the_fields_vocabulary(field: str, labels: Sequence[str], separators: Sequence[str], registry: Registry) -> None:
    text = "".join(part for pair in zip(labels, separators, strict=False) for part in pair)
    result = registry.normalize_uncached(field, text)

    if result.identifiers:
        assert result.vocabulary is not None
        assert set(result.identifiers) <= registry.vocabularies[result.vocabulary.name].by_identifier.keys()
    assert len(set(result.identifiers)) == len(result.identifiers)


@given(labels=st.lists(st.sampled_from(LABELS), min_size=1, max_size=3, unique=True))
def test_the_order_of_a_list_does_not_change_what_is_said(labels: list[str], registry: Registry) -> None:
    forwards = registry.normalize_uncached("resource_type", " ; ".join(labels))
    backwards = registry.normalize_uncached("resource_type", " ; ".join(reversed(labels)))

    assert set(forwards.identifiers) == set(backwards.identifiers)
    assert forwards.status == backwards.status
