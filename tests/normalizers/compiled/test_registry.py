"""A registry that was read back answers as the one that was built."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest

from normalizers import Registry, build_registry
from normalizers.compiled import SnapshotError, dump, load
from normalizers.localedata import Locale

LOCALE = """\
locale: ca
name: Catalan
sources: [made up for this test]
versions:
  version of record: [{}]
"""


@pytest.fixture(scope="module")
def built() -> Registry:
    return build_registry()


def test_it_can_be_kept(built: Registry) -> None:
    # A lambda or a closure in a reader makes every start take four times as long, and nothing else would say so.
    assert dump(built)


# Not measured: what it reads, the cases have read under measure, and the building is, for the test before asks for it first.
@pytest.mark.slow
def test_it_answers_the_same(registry: Registry, built: Registry, locales: Mapping[str, Locale]) -> None:
    assert (registry.fields, registry.locales, registry.versions) == (built.fields, built.locales, built.versions)
    examples = [example for locale in locales.values() for example in locale.examples]
    assert len(examples) > 1_000
    for example in examples[::5]:
        for field in {example.field, "rights", "language"}:
            assert registry.normalize(field, example.text) == built.normalize(field, example.text)


def test_it_can_be_kept_again(registry: Registry) -> None:
    again = load(BytesIO(dump(registry)))

    assert again.normalize("rights", "CC BY-SA 3.0 ES") == registry.normalize("rights", "CC BY-SA 3.0 ES")


def test_a_function_cannot_be_kept() -> None:
    with pytest.raises(SnapshotError, match="is a function"):
        dump([lambda: None])


@pytest.mark.usefixtures("quick_builds")
def test_another_word_in_a_locale_is_read_at_once(tmp_path: Path) -> None:
    folder, cache = tmp_path / "locales", tmp_path / "cache"
    folder.mkdir()
    for word in ("primera cosa", "primera cosb"):
        (folder / "ca.yaml").write_text(LOCALE.format(word))
        for _ in range(2):
            assert build_registry(folder, cache=cache).normalize("version", word).status == "matched"
    assert len(list(cache.iterdir())) == 1
    shutil.rmtree(cache)
