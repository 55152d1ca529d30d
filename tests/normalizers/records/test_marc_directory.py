"""Records of ISO 2709 whose directory does not fit: no field is cut short or read under another tag."""

from __future__ import annotations

import pytest

from normalizers import RecordSyntaxError, Registry

TITLE, LANGUAGE = ("245", b"00\x1faEls molins de la vall"), ("041", b"0 \x1facat")
ISSUE = "the directory does not fit the fields, which were taken in their order"


def record(*fields: tuple[str, bytes], swapped: bool = False) -> bytes:
    entries, held = [], b""
    for tag, content in fields:
        entries.append(f"{tag}{len(content) + 1:04}{len(held):05}".encode())
        held += content + b"\x1e"
    listed = b"".join(reversed(entries) if swapped else entries) + b"\x1e"
    return f"{25 + len(listed) - 1 + len(held) + 1:05}nam a22{24 + len(listed):05} a 4500".encode() + listed + held + b"\x1d"


def read(registry: Registry, raw: bytes) -> tuple[str, list[str], list[str]]:
    answer = registry.normalize_record(raw, format="marc21")
    languages = answer["metadata"].get("languages", [])
    return answer["metadata"]["title"], languages, [issue["detail"] for issue in answer["issues"]]


@pytest.mark.parametrize("swapped", [False, True])
def test_a_directory_that_fits_is_followed_in_any_order(registry: Registry, swapped: bool) -> None:  # noqa: FBT001 -- pytest passes it
    assert read(registry, record(LANGUAGE, TITLE, swapped=swapped)) == ("Els molins de la vall", ["ca"], [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Els molins", b"Tots els molins"),
        (b"molins", b"moli"),
        (b"0026", b"0009"),
        (b"00049 a", b"00050 a"),
        (b"\x1e\x1d", b"\x1d"),
    ],
)
def test_fields_are_whole_where_it_does_not(registry: Registry, old: bytes, new: bytes) -> None:
    raw = record(LANGUAGE, TITLE)
    assert old in raw
    spoilt = raw.replace(old, new)
    expected = "Els molins de la vall".replace(old.decode(), new.decode())
    assert read(registry, spoilt) == (expected, ["ca"], [ISSUE])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"molins", b"mo\x1elins"),
        (b"\x1e00\x1faEls", b"00\x1faEls"),
        (b"041000", b"041x00"),
        (b"041", b"04\x1f"),
        (b"a 4500041", b"a 450004"),
    ],
)
def test_what_fits_no_field_is_refused(registry: Registry, old: bytes, new: bytes) -> None:
    raw = record(LANGUAGE, TITLE)
    with pytest.raises(RecordSyntaxError, match="no MARC record"):
        registry.normalize_record(raw.replace(old, new, 1), format="marc21")


def test_text_before_the_first_subfield_is_kept(registry: Registry) -> None:
    answer = registry.normalize_record(record(LANGUAGE, TITLE, ("500", b"  Una nota"), ("501", b"  dos\x1fatres")), format="marc21")
    listed = {item["source"]["name"]: item["text"] for item in answer["unparsed"]}
    assert (listed["500/?"], listed["501/?"]) == ("Una nota", "dos")
    assert answer["issues"] == []
