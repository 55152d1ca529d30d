"""`drets vocabularies`: the lists answers are drawn from, and the import of SKOS files as layers of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bulk.exits import Exit
from tests.locale_folders import few_locales

if TYPE_CHECKING:
    from click.testing import Result

    from tests.bulk.conftest import Drets


def add(drets: Drets, checkout: Path, name: str, data: Path, *options: object) -> Result:
    return drets("vocabularies", "import", checkout / "tests/skos" / name, "--data", data, *options)


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of few locales: a layer is laid over them sooner."""
    return few_locales(tmp_path_factory.mktemp("locales"))


def test_each_serialization_becomes_the_same_layer(drets: Drets, checkout: Path, tmp_path: Path) -> None:
    written = set()
    for kind in ("ttl", "rdf", "nt"):
        run = add(drets, checkout, f"local_types.{kind}", tmp_path / kind, "--name", "ours")
        assert run.exit_code == Exit.FAULTY
        assert "left out: https://repository.example/types/orphan: it is mapped to no concept" in run.stdout
        assert "ours 2026-09, a layer of coar-resource-types: 6 labels of 4 concepts in 2 languages" in run.stderr
        written.add((tmp_path / kind / "layers/ours.yaml").read_text(encoding="utf-8").replace(f"local_types.{kind}", "the file"))
    assert len(written) == 1


@pytest.mark.slow
@pytest.mark.usefixtures("quick_builds")
def test_what_is_imported_is_read_and_listed(
    drets: Drets, checkout: Path, tmp_path: Path, words: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(drets, checkout, "local_types.ttl", tmp_path)
    line = json.dumps({"id": 1, "field": "resource_type", "text": "Llibreta de camp zeta"})
    answer = json.loads(drets("values", "--locales", words, "--data", tmp_path, given=line).stdout)
    assert answer["identifiers"] == ["http://purl.org/coar/resource_type/c_0857"]
    assert answer["evidence"][0]["rule"] == "ca:letter@types-of-our-repository"
    monkeypatch.setenv("DRETS_DATA", str(tmp_path))
    assert json.loads(drets("values", "--locales", words, given=line).stdout) == answer
    assert "types-of-our-repository" in drets("explain", "--locales", words, "resource_type", "Llibreta de camp zeta").stdout
    listed = [json.loads(row) for row in drets("vocabularies", "list", "--json").stdout.splitlines()]
    assert listed[-1] == {
        "name": "types-of-our-repository",
        "version": "2026-09",
        "concepts": 4,
        "labels": {"ca": 5, "en-GB": 1},
        "license": "https://creativecommons.org/publicdomain/zero/1.0/",
        "title": "Types of our repository",
        "source": "https://repository.example/types/scheme (local_types.ttl)",
        "layer_of": "coar-resource-types",
    }


@pytest.mark.slow
@pytest.mark.usefixtures("quick_builds")
def test_records_are_read_with_layers_too(drets: Drets, checkout: Path, tmp_path: Path, words: Path) -> None:
    add(drets, checkout, "local_types.ttl", tmp_path)
    run = drets("normalize", "--locales", words, "--data", tmp_path, "--from", "text", given="Tipus de document: Llibreta de camp zeta\n")
    assert json.loads(run.stdout)["versions"]["types-of-our-repository"] == "2026-09"
    assert "http://purl.org/coar/resource_type/c_0857" in run.stdout


def test_clashes_are_refused_unless_the_caller_decides(drets: Drets, checkout: Path, tmp_path: Path) -> None:
    run = add(drets, checkout, "clash.ttl", tmp_path)
    assert run.exit_code == Exit.FAULTY
    assert "clash.ttl: labels.en: 'Journal article' names 'dataset' here, but 'journal article' in en.yaml:" in run.stdout
    assert "nothing is written, for labels clash: 1" in run.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.usefixtures("quick_builds")
@pytest.mark.parametrize(("policy", "code", "status"), [("share", Exit.DONE, "ambiguous"), ("leave-out", Exit.FAULTY, "matched")])
def test_a_clash_is_shared_or_left_out(  # noqa: PLR0913, PLR0917 -- fixtures and parameters
    drets: Drets, checkout: Path, tmp_path: Path, words: Path, policy: str, code: Exit, status: str
) -> None:
    run = add(drets, checkout, "clash.ttl", tmp_path, "--clashes", policy)
    assert run.exit_code == code
    assert "1 labels name several concepts in the file itself" in run.stderr
    texts = ["Zeta collection", "Zeta thing", "Journal article"]
    lines = "\n".join(json.dumps({"field": "resource_type", "text": text, "locale": "en"}) for text in texts)
    run = drets("values", "--locales", words, "--data", tmp_path, given=lines)
    answers = [json.loads(answer) for answer in run.stdout.splitlines()]
    assert [answer["status"] for answer in answers] == ["matched", "ambiguous", status]


def test_a_layer_of_the_same_name_is_replaced(drets: Drets, checkout: Path, tmp_path: Path) -> None:
    for version in ("1", "2"):
        add(drets, checkout, "local_types.ttl", tmp_path, "--version", version, "--language", "en")
    (layer,) = (tmp_path / "layers").iterdir()
    assert "\nversion: '2'\n" in layer.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "options", "code", "said"),
    [
        ("@prefix", (), Exit.FAILED, "the file is no Turtle or N-Triples: it breaks off"),
        ("a:b a:c a:d .", (), Exit.FAILED, "the file is no Turtle"),
        ("<https://a.example/1> a <http://www.w3.org/2004/02/skos/core#Concept> .", (), Exit.USAGE, "skos:exactMatch, skos:broadMatch"),
        (
            "<http://purl.org/coar/version/c_b1a7d7d4d402bcce> a <http://www.w3.org/2004/02/skos/core#Concept> .",
            (),
            Exit.USAGE,
            "give it with --version",
        ),
        ("", ("--language", "not a tag"), Exit.USAGE, "is no BCP 47 tag"),
    ],
)
def test_what_cannot_be_imported_is_said(  # noqa: PLR0913, PLR0917 -- the same
    drets: Drets, tmp_path: Path, content: str, options: tuple[str, ...], code: Exit, said: str
) -> None:
    file = tmp_path / "given.ttl"
    file.write_text(content, encoding="utf-8")
    run = drets("vocabularies", "import", file, "--data", tmp_path / "data", *options)
    assert (run.exit_code, said in run.stderr) == (code, True), run.stderr
    assert not (tmp_path / "data").exists()


def test_the_embedded_vocabularies_are_listed_with_their_labels(drets: Drets) -> None:
    run = drets("vocabularies", "list")
    row = next(line for line in run.stdout.splitlines() if line.strip().startswith("coar-version-types"))
    assert run.exit_code == Exit.DONE
    assert "1.1" in row
    assert " languages" in row


def test_a_faulty_data_folder_stops_a_command(drets: Drets, tmp_path: Path) -> None:
    (tmp_path / "layers").mkdir()
    (tmp_path / "layers/bad.yaml").write_text("layer: bad\n", encoding="utf-8")
    for command in (("vocabularies", "list"), ("explain", "resource_type", "Article")):
        run = drets(*command, "--data", tmp_path)
        assert (run.exit_code, "layers/bad.yaml:1: version: " in run.stderr) == (Exit.FAILED, True)
