"""Decisions go back to everybody as a change of a locale file that git takes, and that is read as was decided."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from bulk.additions import Addition, add_labels
from bulk.engine import open_engine
from normalizers import Method, Registry, term_key
from service.commands import terms as terms_command
from service.store import open_store
from service.terms.counting import key_of
from service.terms.decisions import Decision, Kind, decide
from tests.locale_folders import few_locales
from tests.processes import only

DECIDED = {
    ("license", "Llicència del Molí"): "MIT",
    ("license", "Llicència de la Roda 2.0"): "Apache-2.0",
    ("license", "Renúncia del Molí"): "https://creativecommons.org/publicdomain/zero/1.0/",
    ("resource_type", "Paper del, molí: segon"): "http://purl.org/coar/resource_type/c_6501",
    ("resource_type", "Rodament"): "http://purl.org/coar/resource_type/c_1162",
    ("access_right", "Obertíssim"): "http://purl.org/coar/access_right/c_abf2",
    ("rights_statement", "Sense amo trobat"): "http://rightsstatements.org/vocab/InC-RUU/1.0/",
    ("language", "Molinès"): "ca",
    ("language", "Rodenc"): "vro",
    ("peer_review", "mirat per mestres"): "http://purl.org/eprint/status/PeerReviewed",
    ("version", "darrera mà"): "http://purl.org/coar/version/c_970fb48d4fbd8a85",
}
"""What people decided, by field and text."""

UNSAID = {
    ("license", "Llicència de fora 4.0"): "https://creativecommons.org/licenses/by/4.0/",
    ("license", "cap ni una"): None,
    ("resource_type", "Paper #2"): "http://purl.org/coar/resource_type/c_6501",
}
"""What they decided and no label can say."""


def git(repository: Path, *arguments: str, text: str = "") -> None:
    subprocess.run(["git", *arguments], input=text, encoding="utf-8", cwd=repository, check=True)  # noqa: S603,S607 - git, wherever it is


@pytest.fixture
def checkout_of_three(tmp_path: Path) -> Path:
    """Make a repository with three of the locales, for with all of them everything takes ten times as long."""
    (tmp_path / "repository").mkdir()
    few_locales(tmp_path / "repository" / "locales")
    git(tmp_path / "repository", "init", "--quiet")
    return tmp_path / "repository"


async def keep(state: Path) -> None:
    store = await open_store(None, state)
    made = [
        Decision(
            field=field,
            key=key_of(term_key(text)),
            folded=term_key(text),
            text=text,
            decision=Kind.IDENTIFIER if identifier else Kind.NONE,
            identifier=identifier,
            author="Mar",
            note="",
        )
        for (field, text), identifier in {**DECIDED, **UNSAID}.items()
    ]
    await decide(store, made)
    await store.close()


def export(state: Path, folder: Path) -> str:
    ran = CliRunner().invoke(terms_command, ["export", "--locale", "ca"], env=only(DRETS_STATE=str(state), DRETS_LOCALES=str(folder)))
    assert ran.exit_code == 0, ran.output
    return ran.stdout


def read(registry: Registry, field: str, text: str) -> tuple[str, ...]:
    result = registry.normalize(field, text)
    assert result.method is not Method.OVERRIDE
    return result.identifiers


@pytest.mark.usefixtures("quick_builds")
async def test_what_was_decided_is_read_by_everybody_once_the_patch_is_applied(tmp_path: Path, checkout_of_three: Path) -> None:
    folder = checkout_of_three / "locales"
    await keep(tmp_path / "state")
    patch = await asyncio.to_thread(export, tmp_path / "state", folder)
    unsaid = [line for line in patch.splitlines() if line.startswith("#   ")]
    assert unsaid == [
        "#   license: 'cap ni una': none",
        "#   license: 'Llicència de fora 4.0': https://creativecommons.org/licenses/by/4.0/",
        "#   resource_type: 'Paper #2': http://purl.org/coar/resource_type/c_6501",
    ]
    await asyncio.to_thread(git, checkout_of_three, "apply", "-", text=patch)
    # At another place, for a process reads the locales of a folder once.
    again = shutil.copytree(folder, tmp_path / "again")
    registry = open_engine(again)
    assert list(registry.check_examples()) == []
    for (field, text), identifier in DECIDED.items():
        assert read(registry, field, text) == ((identifier,) if identifier else ()), text
    assert await asyncio.to_thread(export, tmp_path / "state", again) == "# What no label of this locale can say:\n" + "".join(
        f"{line}\n" for line in unsaid
    ), "what a locale has is not given to it again"


def test_labels_are_added_where_each_concept_has_its_own() -> None:
    before = """locale: xx
resource_types:
  # the gloss stays
  article: [a, b]  # as does this
  "author's": {alt: [c], hidden: [d]}
  map: {pref: e}
  book:
    - f
    - g  # last
  thesis:
    pref: h
    hidden: [i]
versions:
  draft: [j]
examples:
  - {text: k, reads: none}
"""
    wanted = {
        ("resource_types", "article"): ["x", "no: y", 'z "w"'],
        ("resource_types", "author's"): ["x1"],
        ("resource_types", "map"): ["x2"],
        ("resource_types", "book"): ["x3", "- x4"],
        ("resource_types", "thesis"): ["x5"],
        ("resource_types", "poster"): ["x6"],
        ("versions", "draft"): ["null"],
        ("languages", "no"): ["x7", "x8, x9"],
    }
    after = add_labels(before, [Addition(*place, label) for place, labels in wanted.items() for label in labels])
    assert [line for line in before.splitlines() if line.startswith("  #") or "k, reads" in line] == [
        line for line in after.splitlines() if line.startswith("  #") or "k, reads" in line
    ]
    assert yaml.load(after, Loader=yaml.BaseLoader) == {  # noqa: S506 - a loader of strings alone
        "locale": "xx",
        "resource_types": {
            "article": ["a", "b", "x", "no: y", 'z "w"'],
            "author's": {"alt": ["c", "x1"], "hidden": ["d"]},
            "map": {"pref": "e", "alt": ["x2"]},
            "book": ["f", "g", "x3", "- x4"],
            "thesis": {"pref": "h", "hidden": ["i"], "alt": ["x5"]},
            "poster": ["x6"],
        },
        "versions": {"draft": ["j", "null"]},
        "languages": {"no": ["x7", "x8, x9"]},
        "examples": [{"text": "k", "reads": "none"}],
    }
    assert list(yaml.load(after, Loader=yaml.BaseLoader))[-1] == "examples"  # noqa: S506 - the same


def test_a_file_without_its_last_line_break_takes_a_section() -> None:
    assert add_labels("locale: xx\nname: X", [Addition("versions", "draft", "a")]) == "locale: xx\nname: X\nversions:\n  draft: [a]\n"
