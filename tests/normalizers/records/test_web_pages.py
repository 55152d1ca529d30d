"""Web pages about works: the tags of four sets, persons with what is said of them, encodings, and pages that describe nothing."""

from __future__ import annotations

import pytest

from normalizers import Registry
from normalizers.errors import MalformedRecordError, RecordSyntaxError

PAGE = """<!DOCTYPE html>
<html lang="ca"><head>{charset}
<meta name="viewport" content="width=device-width">
<meta name="citation_title" content="El so de les fires &amp; els mercats">
<meta name="citation_author" content="Tarrés Bru, Miquel">
<meta name="citation_author_institution" content="Universitat de Lleida">
<meta name="citation_author_orcid" content="https://orcid.org/0000-0002-1825-0097">
<META CONTENT="Puig, Anna" NAME="bepress_citation_author">
<meta name="citation_publication_date" content="2019/05/03">
<meta name="citation_journal_title" content="Estudis de so">
<meta name="citation_firstpage" content="11"><meta name="citation_lastpage" content="29">
<meta name="citation_doi" content="10.5281/zenodo.1234567">
<meta name="citation_pdf_url" content="https://repositori.example/1.pdf">
<meta name="DC.creator" content="Tarrés Bru, Miquel">
<meta name="DC.rights" content="Reconeixement-NoComercial 4.0 Internacional" xml:lang="ca">
<meta name="DCTERMS.issued" content="2019-05-03" scheme="DCTERMS.W3CDTF">
<meta property="og:title" content="Repositori">
</head><body><p>Hola</body></html>"""


def test_tags_of_several_sets_become_one_record(registry: Registry) -> None:
    answer = registry.normalize_record(PAGE.format(charset='<meta charset="utf-8">').encode(), format="html")
    metadata = answer["metadata"]
    assert metadata["title"] == "El so de les fires & els mercats"
    assert [creator["name"] for creator in metadata["creators"]] == ["Tarrés Bru, Miquel", "Puig, Anna"]
    assert metadata["creators"][0]["affiliations"] == ["Universitat de Lleida"]
    assert metadata["creators"][0]["orcid"] == "https://orcid.org/0000-0002-1825-0097"
    assert metadata["dates"] == {"issued": "2019-05-03"}
    assert metadata["published_in"]["pages"] == "11-29"
    assert metadata["rights"]["license"]["uri"] == "https://creativecommons.org/licenses/by-nc/4.0/"
    assert "https://repositori.example/1.pdf" in [item["text"] for item in answer["unparsed"]]
    assert answer["decisions"][0]["source"]["line"] == 4
    assert "Repositori" not in str(answer)


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_a_page_is_in_the_encoding_that_it_declares(registry: Registry, charset: str) -> None:
    page = PAGE.format(charset=f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">').encode(charset)
    assert registry.normalize_record(page, format="html")["metadata"]["creators"][0]["name"] == "Tarrés Bru, Miquel"


def test_a_page_that_is_in_no_encoding_it_declares_is_refused(registry: Registry) -> None:
    with pytest.raises(MalformedRecordError, match="neither UTF-8"):
        registry.normalize_record(PAGE.format(charset="").encode("latin-1"), format="html")


@pytest.mark.parametrize("page", [b"", b"<html><body>Hola</body></html>", b'<html><head><meta name="robots" content="none"></head></html>'])
def test_a_page_that_describes_no_work_is_none(registry: Registry, page: bytes) -> None:
    with pytest.raises(RecordSyntaxError, match="describes a work"):
        registry.normalize_record(page, format="html")
