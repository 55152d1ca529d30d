"""Every sample of XML and MARC that is kept beside the checkout: read, and no text of it lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from bulk.formats import read_records
from bulk.records import Item
from normalizers import Registry
from normalizers.records.marc.readers import _decode
from normalizers.records.markup.parsing import mend

FOLDERS = [
    "datacite_xml",
    "dspace_xoai",
    "edm",
    "jpcoar",
    "lido",
    "marc21",
    "marcxml",
    "mods",
    "oai_base",
    "oai_dc",
    "oai_dc_listrecords",
    "oai_openaire",
    "other_xml",
    "qualified_dc",
]
TRIMMED = " /:;,="


def squashed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def account(answer: dict[str, Any]) -> str:
    """Put all that an answer quotes of its record in one text."""
    quoted = [one[name] for one in (*answer["decisions"], *answer["unparsed"]) for name in ("text", "read_as") if one.get(name)]
    return squashed(" \n ".join(quoted))


def texts(item: Item) -> Iterator[str]:
    if item.format == "marc21":
        for field in _decode(item.raw)[0].fields:
            yield from [field.data or ""] if field.is_control_field() else [subfield.value for subfield in field.subfields]
        return
    # The parser of the test forgives what the reader mends, and declares nothing.
    parser = etree.XMLParser(recover=True, resolve_entities=False, remove_comments=True, remove_pis=True)
    text = mend(item.raw.decode("utf-8-sig"))
    for element in etree.fromstring(re.sub(r"^\s*<\?xml.*?\?>", "", text).encode(), parser).iter():
        yield from filter(None, (element.text, element.tail))


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_text_of_a_sample_is_lost(registry: Registry, shared: Path, folder: str) -> None:
    files = sorted(str(path) for path in (shared / "samples" / folder).iterdir())
    assert files
    for item, _ in read_records(files):
        assert isinstance(item, Item), item
        kept = account(registry.normalize_record(item.raw, format=item.format))
        missing = [text for text in map(squashed, texts(item)) if text and text not in kept and text.rstrip(TRIMMED) not in kept]
        assert missing == [], item.place
