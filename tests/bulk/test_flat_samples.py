"""Real records of others, in every format that is no XML: each is read, and no value of it gets lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bulk.formats import read_records
from bulk.record_answers import answer_record
from bulk.records import Item, Reject
from normalizers import Registry
from normalizers.records.json_syntax import parse_json

ENCODINGS = {"sjis_lf_items.csv": "cp932", "AAA_batch-metadata_8859.csv": "cp1252", "gbk_test.bib": "gb18030"}
BROKEN = {"citeproc_malformed.json", "invalid.bib"}
FOLDERS = ("bibtex", "crossref_json", "csl_json", "csv_tsv", "datacite_json", "json", "ris", "schema_org")
TAGGED = re.compile(r"^(?:[A-Z][A-Z0-9] {1,2}- ?|[A-Z][A-Z0-9] |   )?(.*)$")
MARKS = re.compile(r"[\\{}\"'^`~$]+")
WORD = re.compile(r"\w{3,}")
COMMANDS = re.compile(r"\S*\\\S*")
SPACES = re.compile(r"\s+")
OF_BIBTEX = {"and", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}


def values(value: Any) -> Iterator[str]:
    """Yield the values of a JSON document, but for what JSON-LD says of itself."""
    if isinstance(value, dict):
        for name, member in value.items():
            if name != "@context":
                yield from values(member)
    elif isinstance(value, list):
        for member in value:
            yield from values(member)
    elif value is not None and not isinstance(value, bool) and str(value).strip():
        yield str(value)


def pieces(item: Item) -> Iterator[str]:
    text = item.raw.decode("utf-8-sig")
    if item.format == "json":
        yield from values(parse_json(text))
    elif item.format == "ris":
        for line in text.splitlines():
            found = TAGGED.match(line)
            if found and found[1].strip() and not line.startswith(("ER", "EF")):
                yield re.sub(r"/+\Z", "", found[1].strip())
    else:
        fields = re.findall(r"=\s*(.+?)\s*,?\s*(?=\n\s*\w+\s*=|\n\s*\}|\Z)", text, flags=re.DOTALL)
        for field in fields:
            # Words with an accent in LaTeX come out as other letters; the cases of the format show which.
            plain = MARKS.sub("", COMMANDS.sub(" ", field))
            yield from (word for word in WORD.findall(plain) if word.lower() not in OF_BIBTEX)


def bare(text: str) -> str:
    return SPACES.sub("", MARKS.sub("", text)).casefold()


def account(answer: dict[str, Any]) -> str:
    texts = [entry["text"] for part in ("decisions", "unparsed") for entry in answer[part] if entry["text"]]
    return "\n".join(bare(text) for text in texts)


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS)
def test_no_value_of_a_real_record_gets_lost(registry: Registry, shared: Path, folder: str) -> None:
    read = 0
    for path in sorted((shared / "samples" / folder).iterdir()):
        for record, _ in read_records([str(path)], None, ENCODINGS.get(path.name)):
            answer = answer_record(registry, record) if isinstance(record, Item) else record
            if isinstance(answer, Reject):
                assert path.name in BROKEN, str(answer)
                continue
            assert isinstance(record, Item)
            kept = account(answer.as_json())
            lost = [piece for piece in pieces(record) if bare(piece) not in kept]
            assert lost == [], f"{record.place}: {answer.metadata}"
            read += 1
    assert read
