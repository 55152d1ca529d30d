"""Laws of records: any object of JSON is answered, and what comes out clean stays as it is."""

from __future__ import annotations

from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from normalizers import RecordSyntaxError, Registry

NAMES = st.one_of(
    st.sampled_from(
        [
            "dc:title",
            "dc:rights",
            "dc.date.issued",
            "type",
            "language",
            "identifier",
            "creator",
            "@graph",
            "@id",
            "license",
            "DOI",
            "Rights",
        ]
    ),
    st.text(max_size=20),
)
TEXTS = st.one_of(
    st.sampled_from(["CC BY 4.0", "Article", "2012-02-30", "cat", "10.5555/x", "Puig, Aurora", "\udc80"]),
    st.text(st.characters(codec=None), max_size=40),
)
MEMBERS = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(NAMES, inner, max_size=4)),
    max_leaves=12,
)
RECORDS = st.dictionaries(NAMES, MEMBERS, max_size=6)
FORMS = st.sampled_from(["json", "datacite_json", "schema_org", "crossref_json", "csl_json", "marc_json"])


@given(record=RECORDS, form=FORMS)
def test_any_object_is_answered_or_refused(registry: Registry, record: dict[str, Any], form: str) -> None:
    try:
        answer = registry.normalize_record(record, format=form)
    except RecordSyntaxError:
        return
    orjson.dumps(answer)


@given(record=RECORDS)
def test_a_clean_record_stays_as_it_is(registry: Registry, record: dict[str, Any]) -> None:
    try:
        clean = registry.normalize_record(record, format="json")["metadata"]
    except RecordSyntaxError:
        return
    assert registry.normalize_record(clean, format="json")["metadata"] == clean
