"""XML and MARC on their way in: cut into records, each in its own right, whatever the blocks, the encoding and the damage."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pymarc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulk.formats import FORMATS, recognize
from bulk.formats.markup import SCHEMAS, _Scan
from bulk.records import Item, Place, Reject
from normalizers import RecordSyntaxError, Registry
from normalizers.records.mapping import load_schemas

OAI = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2024</responseDate><request verb="ListRecords">x</request><ListRecords>\n'
DC = 'xmlns:o="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
END = "<resumptionToken>abc</resumptionToken></ListRecords></OAI-PMH>"


def record(title: str, number: int = 1) -> str:
    header = f"<header><identifier>oai:x.example:{number}</identifier><datestamp>2024-01-01</datestamp></header>"
    return f"<record>{header}<metadata><o:dc {DC}><dc:title>{title}</dc:title></o:dc></metadata></record>\n"


def blocks_of(content: bytes, length: int) -> list[bytes]:
    return [content[start : start + length] for start in range(0, len(content), length)]


def split(content: str | bytes, length: int = 11, name: str = "xml") -> list[Item | Reject]:
    raw = content.encode() if isinstance(content, str) else content
    return list(FORMATS[name]("in", blocks_of(raw, length)))


def titles(registry: Registry, found: list[Item | Reject]) -> list[str | None]:
    return [
        registry.normalize_record(item.raw, format=item.format)["metadata"].get("title") if isinstance(item, Item) else item.title
        for item in found
    ]


def test_the_names_of_formats_are_those_of_the_engine(registry: Registry) -> None:
    assert set(SCHEMAS) == {"xml", *(name for name, schema in load_schemas().items() if schema.roots)}
    assert set(SCHEMAS) | {"marc21", "html"} == registry.encoded_formats


def test_responses_that_follow_each_other_are_one_stream_of_records(registry: Registry) -> None:
    response = '<?xml version="1.0" encoding="UTF-8"?>\n' + OAI + record("A") + record("B", 2) + END + "\n"
    found = split("\ufeff" + response + "\ufeff" + response)
    assert titles(registry, found) == ["A", "B", "A", "B"]
    assert [item.place for item in found[:2]] == [Place("in", 3), Place("in", 4)]


@given(st.integers(1, 200))
def test_the_blocks_make_no_difference(length: int) -> None:
    content = (
        "<?xml version='1.0'?><!-- <record> -->"
        + OAI
        + record("<![CDATA[</record><x]]>")
        + record("B")
        + "<record/>"
        + END
        + "<dc>C</dc> rest"
    )
    assert split(content, length) == split(content, 1 << 16)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (OAI + record("A") + record("B</dc:wrong>") + record("C") + END, ["A", "Malformed", "C"]),
        (OAI + record("A") + record("B").replace("</record>", "") + END, ["A", "Unclosed record"]),
        (OAI + record("A") + "stray text" + record("B") + END, ["A", "Text between records", "B"]),
        (OAI + record("A") + record("B").replace("</record>", "") + record("C") + record("D") + END, ["A", "Unclosed record", "C", "D"]),
        (OAI + record("A") + record("B").replace("<record>", "<re cord>") + record("C") + END, ["A", "Unclosed record", "C"]),
        (
            OAI + record("A").replace("</record>", "") + record("B").replace("</record>", ""),
            ["Unclosed record"] * 2 + ["Unclosed document"],
        ),
        (OAI + record("A") + record("B")[:80], ["A", "Unclosed record", "Unclosed document"]),
        (OAI + record("A"), ["A", "Unclosed document"]),
        (OAI + record("A") + "<?xml version='1.0'?>" + OAI + record("B") + END, ["A", "Unclosed document", "B"]),
        (
            OAI + record("A") + record("B")[:80] + "<?xml version='1.0'?>" + OAI + record("C") + END,
            ["A", "Unclosed record", "Unclosed document", "C"],
        ),
        ('<OAI-PMH><error code="noRecordsMatch">none</error></OAI-PMH>', ["Error of the server"]),
        ("<html><head><title>Not found</title></head></html>", ["Unknown format"]),
        (f"<o:dc {DC}><dc:title>A</dc:title></o:dc>\n<o:dc {DC}><dc:title>B</dc:title></o:dc>", ["A", "B"]),
        (OAI + END, []),
        ("<!-- nothing -->", []),
    ],
)
def test_a_fault_costs_only_what_it_is_in(registry: Registry, content: str, expected: list[str]) -> None:
    found = split(content)
    names = []
    for item in found:
        if isinstance(item, Reject):
            names.append(item.title)
        else:
            try:
                names.append(registry.normalize_record(item.raw, format="xml")["metadata"]["title"])
            except RecordSyntaxError:
                names.append("Malformed")
    assert names == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "windows-1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_declared_encoding_is_read(registry: Registry, encoding: str) -> None:
    name = encoding.removesuffix("-sig").removesuffix("-le").removesuffix("-be")
    content = f'<?xml version="1.0" encoding="{name}"?>\n' + OAI + record("Café Àgora") + END
    raw = content.encode(encoding)
    assert recognize(iter(blocks_of(raw, 64)))[0] == "xml"
    assert titles(registry, split(raw)) == ["Café Àgora"]


def test_bytes_that_are_not_in_the_encoding_cost_one_record(drets: Callable[..., object], tmp_path: Path) -> None:
    source, rejects = tmp_path / "in.xml", tmp_path / "rejects"
    source.write_bytes((OAI + record("A")).encode() + record("caf\xe9").encode("latin-1") + (record("B") + END).encode())
    drets("normalize", source, "-o", tmp_path / "out", "--rejects", rejects)
    (turned_away,) = [json.loads(line) for line in rejects.read_bytes().splitlines()]
    assert (turned_away["line"], turned_away["title"]) == (3, "Malformed record")
    assert "not UTF-8" in turned_away["detail"]
    assert len((tmp_path / "out").read_bytes().splitlines()) == 2


def test_a_record_that_is_too_long_is_set_aside_and_the_rest_goes_on() -> None:
    scan = _Scan("in", "xml", limit=5000)
    content = (OAI + record("A") + record("B" * 20_000) + record("C") + END).encode()
    found = [item for block in blocks_of(content, 700) for item in scan.feed(block)] + list(scan.end())
    assert [getattr(item, "title", "record") for item in found] == ["record", "Record too long", "record"]
    assert found[2].place == Place("in", 4)


def test_a_record_of_five_megabytes_is_read(registry: Registry) -> None:
    (found,) = split(
        OAI + record("A").replace("</o:dc>", f"<dc:description>{'salt and bread ' * 350_000}</dc:description></o:dc>") + END, 1 << 16
    )
    assert len(found.raw) > 5 << 20
    assert titles(registry, [found]) == ["A"]


def test_a_dump_is_read_from_its_compressed_file(drets: Callable[..., object], tmp_path: Path) -> None:
    source, out = tmp_path / "dump.xml.gz", tmp_path / "out"
    source.write_bytes(gzip.compress((OAI + record("A") + END).encode()) + gzip.compress((OAI + record("B") + END).encode()))
    drets("normalize", source, "-o", out)
    assert [json.loads(line)["metadata"]["title"] for line in out.read_bytes().splitlines()] == ["A", "B"]


def test_a_format_may_be_named(drets: Callable[..., object], tmp_path: Path) -> None:
    source, rejects = tmp_path / "in.xml", tmp_path / "rejects"
    source.write_text(record("A"))
    drets("normalize", source, "--from", "mods", "-o", tmp_path / "out", "--rejects", rejects)
    assert "no record of mods" in json.loads(rejects.read_text())["detail"]


HOSTILE = {
    "billion laughs": '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><dc><title>&c;</title></dc>',
    "external entity": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><dc><title>&b;</title></dc>',
    "parameter entity": '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1:1/x">%b;]><dc><title>x</title></dc>',
    "entity after a comment": '<!-- [ --><!DOCTYPE a PUBLIC ">" "[" [<!ENTITY b "c">]><dc><title>&b;</title></dc>',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_documents_that_declare_entities_are_refused(registry: Registry, name: str) -> None:
    with pytest.raises(RecordSyntaxError, match="entities"):
        registry.normalize_record(HOSTILE[name], format="xml")
    assert "Unsafe XML" in [item.title for item in split(HOSTILE[name]) if isinstance(item, Reject)]


@pytest.mark.parametrize("page", ["<!DOCTYPE html>\n<html><p>A</html>", "<!-- x -->\n<!doctype HTML PUBLIC '-//W3C//DTD'>\n<p>A"])
def test_a_page_is_turned_away_with_its_document_type(page: str) -> None:
    (turned_away,) = split(page)
    assert isinstance(turned_away, Reject)
    assert (turned_away.title, turned_away.place.line) == (
        "Unknown format",
        page[: page.index("<!d" if "<!d" in page else "<!D")].count("\n") + 1,
    )
    assert turned_away.raw.decode() == page[page.lower().index("<!doctype") :]


def test_a_document_type_from_elsewhere_is_not_fetched(registry: Registry) -> None:
    source = (
        '<!DOCTYPE dublin_core SYSTEM "http://127.0.0.1:1/dublin_core.dtd"><dublin_core><dcvalue element="title">A</dcvalue></dublin_core>'
    )
    assert titles(registry, split(source)) == ["A"]


@pytest.mark.parametrize(("depth", "detail"), [(100, "nested deeper than 64"), (5000, "not well-formed XML")])
def test_what_is_nested_too_deep_is_refused(registry: Registry, depth: int, detail: str) -> None:
    with pytest.raises(RecordSyntaxError, match=detail):
        registry.normalize_record("<a>" * depth + "x" + "</a>" * depth, format="xml")


@pytest.mark.parametrize(
    "source",
    [
        "<a>&" + "<![CDATA[" * 200_000,
        "<a " + "'x' " * 300_000,
        "<!--" * 300_000,
        "<a>" + "&" * 500_000 + "</a>",
        "<r>" * 100_000,
        "<r " * 300_000,
    ],
)
def test_what_never_ends_takes_no_more_time_than_its_length(registry: Registry, source: str) -> None:
    begun = time.process_time()
    split(source, 1 << 14)
    with suppress(RecordSyntaxError):
        registry.normalize_record(source, format="xml")
    assert time.process_time() - begun < 10


def marc(title: str, *, leader: str = "00000nam a2200000 a 4500") -> bytes:
    made = pymarc.Record(leader=leader)
    made.fields = [pymarc.Field("001", data="b1"), pymarc.Field("245", pymarc.Indicators("1", "0"), [pymarc.Subfield("a", title)])]
    return made.as_marc()


def test_marc21_is_recognized_and_cut_at_its_marks(registry: Registry) -> None:
    content = marc("Salt /") + b"\r\n" + marc("Pa amb sal, café") + b"00100nam"
    assert recognize(iter([content]))[0] == "marc21"
    found = split(content, 13, "marc21")
    assert [getattr(item, "title", None) for item in found] == [None, None, "Unclosed record"]
    assert titles(registry, found[:2]) == ["Salt", "Pa amb sal, café"]


def test_a_marc_record_with_a_wrong_length_or_encoding_is_read_and_remarked_on(registry: Registry) -> None:
    wrong = b"99999" + marc("Café")[5:]
    said_marc8 = wrong[:9] + b" " + wrong[10:]
    answer = registry.normalize_record(said_marc8, format="marc21")
    assert answer["metadata"]["title"] == "Café"
    assert [issue["code"] for issue in answer["issues"]] == ["repaired"]


@pytest.mark.parametrize(
    "raw", [b"", b"\x1d", b"00026", b"hello, this is no record at all\x1d", b"00040nam a2200999 a 4500abcdefghijk\x1e\x1e\x1d"]
)
def test_what_is_no_marc_is_refused(registry: Registry, raw: bytes) -> None:
    with pytest.raises(RecordSyntaxError):
        registry.normalize_record(raw, format="marc21")


def test_marc_in_json_is_recognized_among_objects(drets: Callable[..., object], tmp_path: Path) -> None:
    source, out = tmp_path / "in.ndjson", tmp_path / "out"
    field = {"245": {"ind1": "1", "ind2": "0", "subfields": [{"a": "Salt /"}]}}
    source.write_text(json.dumps({"leader": "00000nam a2200000 a 4500", "fields": [field]}) + '\n{"title": "Bread"}\n')
    drets("normalize", source, "-o", out)
    assert [json.loads(line)["metadata"]["title"] for line in out.read_bytes().splitlines()] == ["Salt", "Bread"]


def test_reading_holds_one_record_at_a_time() -> None:
    seen = 0
    scan = _Scan("in", "xml")
    for _ in range(2000):
        for _item in scan.feed((record("A") if seen else OAI + record("A")).encode()):
            seen += 1
            assert len(scan.kept) < 4096
    assert seen == 2000
