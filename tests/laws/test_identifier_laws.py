"""Laws of the identifier reader, over texts made of pieces of identifiers in random order, and over any text at all."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from normalizers import Registry, Status

FRAGMENTS = (
    "10.5072/", "abc", "doi:", "DOI ", "https://doi.org/", "http://", "hdl:", "10230/44", "ISSN ", "2049-3630", "2049-3631", "ISBN",
    "978-0-19-852663-6", "0-19-852663-6", "PMID: ", "20210853", "PMC", "arXiv:", "1706.03762", "v2", "math.GT/0309136", "orcid.org/",
    "0000-0001-5109-3700", "Q42", "urn:nbn:de:", "urn:", "oai:", "ark:/12148/", "x", " ", ";", ", ", "(print)", ".", "/", "//", "?",
    "%2F", "％", "１", "\u200b", "\x00", "-",
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=8).map("".join))
SCHEMES = st.sampled_from(["doi", "issn", "isbn", "pmid", "pmcid", "arxiv", "orcid", "urn", "handle", "uri", "e-ISSN", "unheard of"])


@given(text=TEXTS)
def test_any_text_is_answered_and_quoted_truly(registry: Registry, text: str) -> None:
    result = registry.normalize_uncached("identifier", text)

    assert result == registry.normalize("identifier", text)
    read = result.read_as or text
    assert all(read[item.start : item.end] == item.text for item in result.evidence)
    assert bool(result.identifiers) is (result.status is Status.MATCHED)


@given(text=TEXTS)
def test_an_answer_read_again_is_itself(registry: Registry, text: str) -> None:
    for identifier in registry.normalize_uncached("identifier", text).identifiers:
        assert registry.normalize_uncached("identifier", identifier).identifiers == (identifier,)


@given(text=TEXTS, scheme=SCHEMES)
def test_a_stated_scheme_never_makes_the_reader_fail(text: str, scheme: str) -> None:
    from normalizers.identifiers import IdentifierReader  # noqa: PLC0415 - the seam for records, no public name

    result = IdentifierReader().read_as(text, scheme)

    assert bool(result.identifiers) is (result.status is Status.MATCHED)


@given(digits=st.text("0123456789", min_size=7, max_size=7), check=st.sampled_from("0123456789X"))
def test_an_issn_is_believed_exactly_when_its_check_digit_is_right(registry: Registry, digits: str, check: str) -> None:
    idutils = pytest.importorskip("idutils")
    assume(digits.strip("0"))  # nothing but zeros is a placeholder: see tests/cases/identifier/negative.yaml
    written = f"ISSN {digits[:4]}-{digits[4:]}{check}"

    assert (registry.normalize_uncached("identifier", written).status is Status.MATCHED) is idutils.is_issn(written[5:])
