"""Layers: SKOS in three serializations, the strict file between, clashes with both sources named, and answers that say who read them."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from normalizers import LocaleDataError, MissingExtraError, Registry, VocabularyError, as_json, build_registry
from normalizers.layers import (
    Layer,
    Match,
    SkosScheme,
    SkosSyntaxError,
    add_layers,
    draft_layer,
    find_clashes,
    find_target,
    load_layers,
    parse_layer,
    read_skos,
    write_layer,
)
from normalizers.localedata import Locale
from normalizers.vocabularies import Vocabulary
from tests.locale_folders import few_locales

TYPES = "coar-resource-types"
REPORT = "http://purl.org/coar/resource_type/c_93fc"
DATASET = "http://purl.org/coar/resource_type/c_ddb1"
HEAD = {"layer": "ours", "version": "2026-09", "title": "Ours", "source": "here", "license": "CC0-1.0", "vocabulary": TYPES}
FILE = """\
layer: ours
version: "1"
title: Ours
source: here
license: CC0-1.0
vocabulary: coar-resource-types
concepts:
  - id: http://purl.org/coar/resource_type/c_ddb1
    labels:
      ca: [Conjunt zeta]
"""


@pytest.fixture(scope="module")
def scheme(checkout: Path) -> SkosScheme:
    return read_skos((checkout / "tests/skos/local_types.ttl").read_bytes())


def write(folder: Path, **files: str) -> Path:
    (folder / "layers").mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / "layers" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def layered(tmp_path_factory: pytest.TempPathFactory, scheme: SkosScheme, vocabularies: Mapping[str, Vocabulary]) -> Registry:
    text = write_layer(HEAD, draft_layer(scheme, vocabularies[TYPES]).concepts, {})
    access = (
        FILE.replace("ours", "access").replace(TYPES, "coar-access-rights").replace(DATASET, "http://purl.org/coar/access_right/c_16ec")
    )
    strange = access.replace("ca: [Conjunt zeta]", "ca: [Reservat zeta]\n      gv: [Glaiste zeta]")
    data = write(tmp_path_factory.mktemp("data"), ours=text, access=strange)
    return build_registry(few_locales(tmp_path_factory.mktemp("locales")), data)


@pytest.mark.parametrize("name", ["local_types.rdf", "local_types.nt"])
def test_the_serializations_say_the_same(checkout: Path, scheme: SkosScheme, name: str) -> None:
    assert read_skos((checkout / "tests/skos" / name).read_bytes()) == scheme


def test_a_scheme_is_read_with_what_it_says_of_itself(scheme: SkosScheme) -> None:
    assert (scheme.address, scheme.title, scheme.version) == (
        "https://repository.example/types/scheme",
        "Types of our repository",
        "2026-09",
    )
    assert scheme.license == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert [concept.id.rsplit("/", 1)[-1] for concept in scheme.concepts] == [
        "codes",
        "field-notebook",
        "orphan",
        "placement",
        "short-placement",
    ]


def test_a_broken_file_says_where(checkout: Path) -> None:
    with pytest.raises(SkosSyntaxError, match="no Turtle or N-Triples: at line 2"):
        read_skos((checkout / "tests/skos/broken.ttl").read_bytes())
    with pytest.raises(SkosSyntaxError, match="no RDF/XML"):
        read_skos(b"<?xml version='1.0'?><rdf:RDF>")
    with pytest.raises(SkosSyntaxError, match=r"states no skos:Concept"):
        read_skos(b"<https://a.example/> <https://b.example/> <https://c.example/> .")


def test_without_rdflib_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *rest: Any, **named: Any) -> Any:
        if name == "rdflib":
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(MissingExtraError, match=r"pip install 'drets\[skos\]'"):
        read_skos(b"")


def test_concepts_go_by_match_or_by_what_is_above_them(scheme: SkosScheme, vocabularies: Mapping[str, Vocabulary]) -> None:
    assert find_target(scheme, vocabularies) == (TYPES,)
    draft = draft_layer(scheme, vocabularies[TYPES])
    found = {concept.id.rsplit("/", 1)[-1]: (concept.match, concept.key) for concept in draft.concepts}
    # Of the two broader concepts of the placement, text is broader than report and adds nothing.
    assert found["placement"] == found["short-placement"] == (Match.BROAD, "report")
    assert found["codes"] == (Match.EXACT, "dataset")
    assert "orphan" not in found


def test_what_is_left_out_is_said(scheme: SkosScheme, vocabularies: Mapping[str, Vocabulary]) -> None:
    said = [(left.concept.rsplit("/", 1)[-1], left.detail) for left in draft_layer(scheme, vocabularies[TYPES]).left_out]
    assert ("orphan", f"it is mapped to no concept of {TYPES}, nor is one above it") in said
    assert ("codes", "'TX9': the file names no language") in said
    assert ("codes", "'TX*9': a label with a star") in said
    tagged = draft_layer(scheme, vocabularies[TYPES], untagged="en")
    assert {tag for concept in tagged.concepts for tag in concept.labels} == {"ca", "en", "en-GB"}


def test_a_written_layer_is_read_back_whole(scheme: SkosScheme, vocabularies: Mapping[str, Vocabulary]) -> None:
    draft = draft_layer(scheme, vocabularies[TYPES])
    layer = parse_layer(write_layer(HEAD, draft.concepts, {}), "layers/ours.yaml", vocabularies)
    assert [(concept.id, concept.match, concept.key) for concept in layer.concepts] == [
        (one.id, one.match, one.key) for one in draft.concepts
    ]
    words = {(label.tag, label.text) for _, label in layer.labels()}
    assert words == {
        (tag, text) for one in draft.concepts for tag, kinds in one.labels.items() for texts in kinds.values() for text in texts
    }


@pytest.mark.parametrize(
    ("change", "line", "detail"),
    [
        (("id: http://purl.org/coar/resource_type/c_ddb1", "id: https://a.example/1"), 8, "is no concept of coar-resource-types"),
        (("    labels:", "    exact: x\n    broad: y\n    labels:"), 10, "exact or broad, not both"),
        (("ca: [", "not_a_tag: ["), 10, "is no BCP 47 tag"),
        (("ca: [Conjunt zeta]", "ca: []"), 10, "not empty"),
        (("vocabulary: coar-resource-types", "vocabulary: cc-legal-tools"), 6, "must be one of"),
        (("layer: ours", "layer: ours\nlayer: ours"), 2, "stands twice"),
        (("title:", "titel:"), 3, "Unknown field"),
    ],
)
def test_a_faulty_file_is_refused_with_its_line(
    tmp_path: Path, vocabularies: Mapping[str, Vocabulary], change: tuple[str, str], line: int, detail: str
) -> None:
    with pytest.raises(VocabularyError) as refused:
        load_layers(write(tmp_path, ours=FILE.replace(*change)), vocabularies)
    assert any((fault.file, fault.line) == ("layers/ours.yaml", line) and detail in fault.detail for fault in refused.value.faults)


def test_a_name_stands_for_one_layer(tmp_path: Path, vocabularies: Mapping[str, Vocabulary]) -> None:
    with pytest.raises(VocabularyError, match=r"second.yaml:1: layer: the name 'ours' is also used in layers/first.yaml"):
        load_layers(write(tmp_path, first=FILE, second=FILE), vocabularies)
    (tmp_path / "layers" / "first.yaml").unlink()
    with pytest.raises(VocabularyError, match="also used in the vocabularies of drets"):
        load_layers(write(tmp_path, second=FILE.replace("ours", TYPES, 1)), vocabularies)


def test_a_data_folder_without_layers_is_a_fault(tmp_path: Path, vocabularies: Mapping[str, Vocabulary]) -> None:
    with pytest.raises(VocabularyError, match=r"no layers/\*.yaml here"):
        load_layers(tmp_path, vocabularies)


def parse(vocabularies: Mapping[str, Vocabulary], text: str, file: str = "layers/ours.yaml") -> Layer:
    return parse_layer(text, file, vocabularies)


def test_a_clash_names_both_files_and_lines(locales: Mapping[str, Locale], vocabularies: Mapping[str, Vocabulary]) -> None:
    known = next(label for key, label in locales["ca"].labels("resource_types") if key == "journal article")
    layer = parse(vocabularies, FILE.replace("Conjunt zeta", f'"{known.text}"'))
    with pytest.raises(LocaleDataError) as refused:
        add_layers(locales, [layer])
    (fault,) = refused.value.faults
    assert (fault.file, fault.line) == ("layers/ours.yaml", 10)
    assert fault.detail == f"{known.text!r} names 'dataset' here, but 'journal article' in ca.yaml:{known.line}"
    shared = FILE.replace("Conjunt zeta", f'"{known.text}"').replace("concepts:", f'shared: {{ca: ["{known.text}"]}}\nconcepts:')
    assert len(add_layers(locales, [parse(vocabularies, shared)])) == len(locales)


def test_two_layers_clash_in_either_order(locales: Mapping[str, Locale], vocabularies: Mapping[str, Vocabulary]) -> None:
    one, other = parse(vocabularies, FILE), parse(vocabularies, FILE.replace("c_ddb1", "c_93fc"), "layers/theirs.yaml")
    for pair in ((one, other), (other, one)):
        (clash,) = find_clashes(locales, pair)
        assert {clash.fault.file, clash.other_file} == {"layers/ours.yaml", "layers/theirs.yaml"}
    assert list(find_clashes(locales, [one, replace(one, name="again", file="layers/again.yaml")])) == []


def test_a_status_clashes_with_the_words_of_running_text(locales: Mapping[str, Locale], vocabularies: Mapping[str, Vocabulary]) -> None:
    known = next(label for key, label in locales["ca"].labels("access_rights") if key == "open access" and "*" not in label.text)
    changed = FILE.replace(TYPES, "coar-access-rights").replace(DATASET, "http://purl.org/coar/access_right/c_16ec")
    layer = parse(vocabularies, changed.replace("Conjunt zeta", f'"{known.text}"'))
    assert [clash.other_file for clash in find_clashes(locales, [layer])] == ["ca.yaml"]


def test_an_answer_names_the_layer_that_read_it(layered: Registry) -> None:
    result = layered.normalize("resource_type", "Conjunt zeta")
    assert (result.identifiers, result.locale, result.evidence[0].rule) == ((DATASET,), "ca", "ca:dataset@ours")
    concept = "https://repository.example/types/codes"
    assert as_json(result)["details"]["layers"] == [{"name": "ours", "version": "2026-09", "concept": concept, "match": "exact"}]
    assert (layered.versions["ours"], layered.versions["access"]) == ("2026-09", "1")


def test_a_type_that_is_only_mapped_to_a_broader_one_is_an_issue(layered: Registry) -> None:
    result = layered.normalize("resource_type", "MEMORIA BREU D'ESTADA ZETA")
    assert result.identifiers == (REPORT,)
    assert [issue.code for issue in result.issues] == ["mapped_to_broader"]
    assert "types/short-placement in ours 2026-09" in result.issues[0].detail


def test_a_layer_adds_access_and_languages_without_a_locale(layered: Registry, registry: Registry) -> None:
    assert "gv" in layered.locales
    assert "gv" not in registry.locales
    for text, tag in (("Reservat zeta", "ca"), ("glaiste zeta", "gv")):
        result = layered.normalize("access_right", text)
        assert result.identifiers == ("http://purl.org/coar/access_right/c_16ec",)
        assert result.evidence[0].rule == f"{tag}:access_status.restricted access@access"
        assert registry.normalize("access_right", text).identifiers == ()


@pytest.mark.parametrize(
    ("field", "text"), [("resource_type", "Journal article"), ("license", "CC BY 4.0"), ("language", "català"), ("date", "maig de 2012")]
)
def test_other_answers_stay_what_they_are(layered: Registry, registry: Registry, field: str, text: str) -> None:
    assert layered.normalize(field, text) == registry.normalize(field, text)


def test_a_record_says_which_layers_it_was_read_with(layered: Registry) -> None:
    answer = layered.normalize_record("Tipus de document: Conjunt zeta\nTítol: Dades", format="text")
    decision = next(decision for decision in answer["decisions"] if decision["text"] == "Conjunt zeta")
    assert (decision["identifiers"], decision["evidence"][0]["rule"]) == ([DATASET], "ca:dataset@ours")
    assert answer["versions"]["ours"] == "2026-09"
