"""How the work of reading grows, counted in steps of the interpreter: no clock, so that a busy machine blurs nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import orjson
import pytest

from normalizers import Registry, build_registry
from tests.locale_folders import few_locales

FIRST = ("root", "ca", "es", "en", "fr", "pt", "de", "it", "nl", "gl")
MOST_GROWTH = 1.1
MOST_FOR_LOCALES = 1.2
MOST_STEPS = 1_250
"""Calls of functions, and returns from them, for one record of ten fields whose values were met before, read and written."""


@pytest.fixture(scope="module")
def works(generate: Any) -> list[Any]:
    return [work for batch in generate.works(120, 3) for work in batch]


def steps(work: Callable[[], object]) -> int:
    """Count the calls and returns that a piece of work takes, those of built-in functions too."""
    counted = 0

    def count(_frame: Any, _event: str, _argument: Any) -> None:
        nonlocal counted
        counted += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted


def answer(registry: Registry, records: list[str]) -> None:
    for record in records:
        registry.answer_record(record, format="json").written()


def read(registry: Registry, field: str, texts: list[str]) -> None:
    for text in texts:
        registry.normalize_uncached(field, text)


def test_reading_records_grows_with_their_number_alone(registry: Registry, generate: Any, works: list[Any]) -> None:
    records = [orjson.dumps(generate.as_flat(work)).decode() for work in works]
    answer(registry, records)
    few, many = (steps(partial(answer, registry, part)) / len(part) for part in (records[:12], records))
    assert many <= few * MOST_GROWTH
    assert many <= MOST_STEPS


@pytest.mark.parametrize(("field", "text", "most"), [("resource_type", "Treball final de grau", 65), ("language", "Anglès", 65)])
def test_a_value_that_is_one_name_takes_few_steps(registry: Registry, field: str, text: str, most: int) -> None:
    read(registry, field, [text])
    assert steps(partial(read, registry, field, [text])) <= most


def test_reading_a_text_grows_with_its_length_alone(registry: Registry) -> None:
    text = "You may share and adapt this work for any purpose, provided you give appropriate credit. "
    short, long = (steps(partial(registry.normalize_uncached, "rights", text * n)) / n for n in (10, 100))
    assert long <= short * MOST_GROWTH


@pytest.fixture(scope="module")
def of_ten(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """Build a registry of ten locales."""
    return build_registry(few_locales(tmp_path_factory.mktemp("locales"), *FIRST))


@pytest.mark.slow
@pytest.mark.parametrize(("field", "member"), [("rights", "rights"), ("language", "language"), ("resource_type", "type")])
def test_reading_takes_as_long_with_all_locales_as_with_ten(
    of_ten: Registry, registry: Registry, works: list[Any], field: str, member: str
) -> None:
    assert len(registry.locales) > 10 * len(of_ten.locales)
    texts = [getattr(work, member) for work in works[:60]]
    few, many = (steps(partial(read, one, field, texts)) for one in (of_ten, registry))
    assert many <= few * MOST_FOR_LOCALES
