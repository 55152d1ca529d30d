"""`docs/coverage.md`, and the reading of other people's labels that its shares come from."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bulk.coverage import (
    Kind,
    Outcome,
    ReferenceLabel,
    TableError,
    Tally,
    find_locale,
    load_reference,
    read_labels,
    render_page,
    tally_readings,
)
from bulk.exits import Exit
from normalizers import Registry
from normalizers.localedata import Locale, load_sections
from normalizers.vocabularies import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bulk.conftest import Drets

COMMAND = "drets locales coverage --reference ../shared/reference -o docs/coverage.md"
STALE = f"docs/coverage.md is stale; in the root of the checkout, run: {COMMAND}"
CC = "https://creativecommons.org/licenses"
COAR = "http://purl.org/coar"

LICENSES = [
    {"category": "licenses", "unit": unit, "version": version, "jurisdiction": port, "uri": uri, "in_legalcode_files": issued}
    for unit, version, port, uri, issued in [
        ("by", "4.0", "", f"{CC}/by/4.0/", "yes"),
        ("by", "3.0", "es", f"{CC}/by/3.0/es/", "yes"),
        ("by-nd-nc", "2.0", "jp", f"{CC}/by-nd-nc/2.0/jp/", "no"),
    ]
]
DEED = {
    "free.intro.v4": "You are free to:",
    "free.share.v4": "Share - copy and redistribute the material",
    "free.adapt.v4": "Adapt - remix, transform, and build upon the material",
    "free.any_purpose.v4": "for any purpose, even commercially.",
    "condition.by.text.v4": "You must give appropriate credit.",
    "condition.nc.text.v4": "You may not use the material for commercial purposes.",
    "condition.nd.text.v4": "You may not distribute adapted material.",
    "condition.sa.text.v4": "You must distribute what you make of it under the same license",
}


def name(title: str, **changes: str) -> dict[str, str]:
    return {"unit": "by", "version": "4.0", "jurisdiction": "", "lang": "en", "title": title, "suspect": ""} | changes


def phrase(key: str, text: str, *, lang: str = "en", status: str = "current", same: str = "no") -> dict[str, str]:
    return {"lang": lang, "key": key, "text": text, "status": status, "same_as_english": same}


def term(term: str, uri: str, label: str, *, lang: str = "en") -> dict[str, str]:
    return {"term": term, "coar_uri": uri, "lang": lang, "label": label, "same_as_english": "no"}


def concept(uri: str, label: str, *, kind: str = "pref", deprecated: str = "no") -> dict[str, str]:
    return {"uri": uri, "lang": "en", "label_kind": kind, "label": label, "deprecated": deprecated}


def write_tables(folder: Path, **rows: Sequence[dict[str, str]]) -> Path:
    """Write all tables, each with what is given and else with its header alone."""
    headers = {
        "cc_licenses": LICENSES[0],
        "cc_license_names": name(""),
        "cc_deed_phrases": phrase("", ""),
        "access_terms": term("", "", ""),
        "rights_statements": {"uri": "", "kind": "", "lang": "", "title": ""},
        "coar_resource_types": concept("", ""),
        "coar_version_types": concept("", ""),
    }
    for table, header in headers.items():
        with (folder / f"{table}.tsv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(header), delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None)
            writer.writeheader()
            writer.writerows(rows.get(table, ()))
    return folder


def file_cells(page: str) -> list[list[str]]:
    """Take the columns of the table that need no reference: header, rule and a row a locale."""
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("|")]
    return [row[: rows[0].index("examples") + 1] for row in rows if row[0] != "all"]


def test_the_page_says_what_the_files_say(checkout: Path, locales: Mapping[str, Locale], vocabularies: Mapping[str, Vocabulary]) -> None:
    sections = load_sections(vocabularies)
    committed = (checkout / "docs" / "coverage.md").read_text(encoding="utf-8")
    assert file_cells(committed) == file_cells(render_page(locales.values(), sections, command=COMMAND)), STALE


def test_titles_that_do_not_say_which_licence_they_name_are_left_out(tmp_path: Path) -> None:
    names = [
        name("Attribution 4.0 International"),
        name("Attribution 3.0 Spain", version="3.0", jurisdiction="es"),
        name("نسب المصنف ٣.٠ إسبانيا", version="3.0", jurisdiction="es", lang="ar"),
        name("Reconocimiento 3.0", version="3.0", jurisdiction="es", lang="es"),
        name("Reconocimiento 3.0 country.es", version="3.0", jurisdiction="es", lang="es"),
        name("Attribution International"),
        name("Attribution 4.0 of another", suspect="another licence"),
        name("Attribution-NoDerivs-NonCommercial 2.0 Japan", unit="by-nd-nc", version="2.0", jurisdiction="jp"),
        name("Attribution 9.0", version="9.0"),
    ]
    labels = load_reference(write_tables(tmp_path, cc_licenses=LICENSES, cc_license_names=names))
    assert [(label.text, label.wanted) for label in labels] == [
        ("Creative Commons Attribution 4.0 International", f"{CC}/by/4.0/"),
        ("Creative Commons Attribution 3.0 Spain", f"{CC}/by/3.0/es/"),
        ("Creative Commons نسب المصنف ٣.٠ إسبانيا", f"{CC}/by/3.0/es/"),
    ]


def test_deeds_are_read_to_their_elements_and_make_up_the_six_licences(tmp_path: Path, registry: Registry) -> None:
    phrases = [phrase(key, text) for key, text in DEED.items()]
    phrases += [phrase("condition.by.text.v4", "Give it back!", status="former"), phrase("condition.by.title.v4", "Attribution")]
    readings = tuple(read_labels(registry, load_reference(write_tables(tmp_path, cc_deed_phrases=phrases))))
    composed = {reading.label.wanted: reading for reading in readings if reading.label.kind is Kind.COMPOSED}
    assert sorted(composed) == ["CC-BY", "CC-BY-NC", "CC-BY-NC-ND", "CC-BY-NC-SA", "CC-BY-ND", "CC-BY-SA"]
    assert all(reading.outcome is Outcome.RIGHT for reading in composed.values())
    assert not any("Give it back" in reading.label.text for reading in composed.values())
    conditions = [(reading.label.wanted, reading.outcome) for reading in readings if reading.label.kind is Kind.CONDITION]
    assert conditions == [*((element, Outcome.RIGHT) for element in ("by", "nc", "nd", "sa")), ("by", Outcome.UNREAD)]


def test_deeds_that_are_silent_on_commercial_use_make_up_no_licence_without_nc(tmp_path: Path) -> None:
    phrases = [phrase(key, text) for key, text in DEED.items() if key != "free.any_purpose.v4"]
    labels = load_reference(write_tables(tmp_path, cc_deed_phrases=phrases))
    assert [label.wanted for label in labels if label.kind is Kind.COMPOSED] == ["CC-BY-NC", "CC-BY-NC-SA", "CC-BY-NC-ND"]


def test_terms_and_concepts_are_asked_of_their_field(tmp_path: Path, registry: Registry) -> None:
    accepted = f"{COAR}/version/c_ab4af688f83e57aa"
    folder = write_tables(
        tmp_path,
        access_terms=[
            term("open_access", f"{COAR}/access_right/c_abf2", "open access"),
            term("accepted_version", accepted, "accepted version"),
            term("all_rights_reserved", "", "All rights reserved"),
            term("in_press", "", "in press"),
        ],
        rights_statements=[
            {"uri": "http://rightsstatements.org/vocab/InC/1.0/", "kind": "statement", "lang": "en", "title": "In Copyright"},
            {"uri": "http://rightsstatements.org/vocab/collection-ic/1.0/", "kind": "collection", "lang": "en", "title": "In copyright"},
        ],
        coar_resource_types=[
            concept(f"{COAR}/resource_type/c_46ec", "thesis"),
            concept(f"{COAR}/resource_type/c_0000", "gone", deprecated="yes"),
            concept(f"{COAR}/resource_type/c_46ec", "old name", kind="former_pref"),
        ],
        coar_version_types=[concept(accepted, "Accepted Version", kind="alt")],
    )
    readings = tuple(read_labels(registry, load_reference(folder)))
    assert [(reading.label.kind, reading.label.field, reading.outcome) for reading in readings] == [
        (Kind.ACCESS, "access_right", Outcome.RIGHT),
        (Kind.VERSION, "version", Outcome.RIGHT),
        (Kind.ACCESS, "license", Outcome.RIGHT),
        (Kind.STATEMENT, "rights_statement", Outcome.RIGHT),
        (Kind.RESOURCE_TYPE, "resource_type", Outcome.RIGHT),
    ]


def test_what_is_answered_otherwise_is_told_from_what_is_not_answered(registry: Registry) -> None:
    def label(text: str, wanted: str, kind: Kind = Kind.CC_NAME) -> ReferenceLabel:
        return ReferenceLabel(kind, "en", "license", text, wanted)

    labels = [
        label("CC BY 4.0", f"{CC}/by/4.0/"),
        label("CC BY 3.0", f"{CC}/by/4.0/"),
        label("Blue cheese", f"{CC}/by/4.0/"),
        label("You may adapt the work.", "nd", Kind.CONDITION),
    ]
    tallies = tally_readings(read_labels(registry, labels))["en"]
    assert tallies[Kind.CC_NAME] == Tally(total=3, right=1, wrong=1)
    assert tallies[Kind.CONDITION] == Tally(total=1, right=0, wrong=1)
    assert [str(tallies[Kind.CC_NAME]), str(tallies[Kind.ACCESS]), str(Tally(1000, 999))] == ["33 % (1/3)", "–", "99 % (999/1000)"]


def test_a_label_of_several_meanings_is_left_out_and_one_of_several_places_counts_once(registry: Registry) -> None:
    labels = [
        ReferenceLabel(Kind.RESOURCE_TYPE, "en", "resource_type", text, wanted) for text, wanted in [("x", "a"), ("X", "b"), ("y", "a")]
    ]
    labels.append(ReferenceLabel(Kind.RESOURCE_TYPE, "en-GB", "resource_type", "y", "a"))
    assert [reading.label.text for reading in read_labels(registry, labels)] == ["y"]


@pytest.mark.parametrize(
    ("language", "locale"),
    [
        ("es-AR", "es"),
        ("no", "nb"),
        ("pt-PT", "pt"),
        ("pt-BR", "pt-BR"),
        ("sr", "sr-Cyrl"),
        ("zh", "zh-Hans"),
        ("zh-HK", "zh-Hant"),
        ("hr", None),
        ("fy", None),
        ("uz-Cyrl", None),
    ],
)
def test_a_label_counts_for_the_nearest_locale_of_its_language_and_script(language: str, locale: str | None) -> None:
    tags = ("bs", "es", "nb", "nl", "nn", "pt-BR", "pt", "root", "sr-Cyrl", "sr-Latn", "uz-Latn", "zh-Hans", "zh-Hant")
    assert find_locale(language, tags) == locale


@pytest.mark.parametrize("content", [None, b"lang\tlabel\n", b"\xff\xfe\n", b""])
def test_a_table_that_is_not_what_it_should_be_is_named(tmp_path: Path, drets: Drets, content: bytes | None) -> None:
    table = write_tables(tmp_path) / "access_terms.tsv"
    table.unlink()
    if content is not None:
        table.write_bytes(content)
    with pytest.raises(TableError, match=r"access_terms\.tsv"):
        load_reference(tmp_path)
    run = drets("locales", "coverage", "--reference", tmp_path)
    assert (run.exit_code, run.stdout) == (Exit.USAGE, "")


def test_the_page_has_the_columns_of_the_reference_only_with_it(drets: Drets, tmp_path: Path, registry: Registry) -> None:
    write_tables(tmp_path, cc_licenses=LICENSES, cc_license_names=[name("Attribution 4.0 International"), name("Bla 4.0", lang="tlh")])
    alone = tmp_path / "alone.md"
    assert drets("locales", "coverage", "-o", alone).exit_code == Exit.DONE
    page = drets("locales", "coverage", "--reference", tmp_path).stdout
    assert file_cells(page) == file_cells(alone.read_text(encoding="utf-8"))
    assert [row[0] for row in file_cells(page)[2:]] == list(registry.locales)
    assert Kind.CC_NAME not in alone.read_text(encoding="utf-8")
    (total,) = [line for line in page.splitlines() if line.startswith("| all |")]
    assert "100 % (1/1)" in total
    assert page.rstrip().endswith("no locale: tlh.")
    assert "drets locales coverage -o " in alone.read_text(encoding="utf-8")


def test_the_labels_that_a_locale_does_not_read_right_are_listed_with_the_answer(drets: Drets, tmp_path: Path) -> None:
    names = [name("Attribution 4.0 International"), name("Cheese 4.0"), name("Attribution 3.0 Spain, says 4.0 nobody")]
    write_tables(tmp_path, cc_licenses=LICENSES, cc_license_names=names)
    lines = drets("locales", "coverage", "en", "--reference", tmp_path).stdout.splitlines()
    assert all(line.split("\t")[1] == Kind.CC_NAME and line.endswith(f"\t{CC}/by/4.0/") for line in lines)
    assert {line.split("\t")[2] for line in lines} == {f"Creative Commons {row['title']}" for row in names[1:]}


@pytest.mark.parametrize("arguments", [("--json", "-o", "x.md"), ("en", "-o", "x.md")])
def test_options_that_do_not_go_together_are_refused(drets: Drets, arguments: tuple[str, ...]) -> None:
    assert drets("locales", "coverage", *arguments).exit_code == Exit.USAGE
    assert not Path("x.md").exists()
