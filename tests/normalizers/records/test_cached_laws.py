"""Laws of all that is kept for speed: what a cache answers is what a new reading answers, to the byte."""

from __future__ import annotations

import gc
import json
import random
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bulk.formats import read_records
from bulk.inputs import expand
from bulk.records import Item
from normalizers import RecordSyntaxError, Registry, as_json
from normalizers.records.json_syntax import load_object
from normalizers.records.pipeline import RecordNormalizer
from normalizers.records.sections import SECTIONS, Fields
from normalizers.results import dump, dump_json
from tests.case_files import CASES, load_cases
from tests.normalizers.records.test_record_laws import OBJECTS, PAGES

_CACHE = type(lru_cache(maxsize=1)(len))

TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ("Article ; recerca", "CC BY-NC 4.0", "© 2012 Universitat. Tots els drets reservats.", "eng ; cat", "Latin", "2012-02")
    ),
)


@pytest.fixture(scope="session")
def forget(registry: Registry) -> Callable[[], None]:
    """Give what empties every cache of this package that there is."""
    registry.warm()
    gc.unfreeze()  # what is set aside, as the service does, is not listed
    caches = [thing for thing in gc.get_objects() if isinstance(thing, _CACHE) and thing.__module__.startswith("normalizers")]
    assert {"Registry", "FieldNames", "PartReader", "TextTaker", "NameTaker"} <= {cache.__qualname__.partition(".")[0] for cache in caches}

    def empty() -> None:
        for cache in caches:
            cache.cache_clear()

    return empty


def answers(registry: Registry, sources: list[tuple[Any, str]]) -> list[bytes]:
    return [registry.answer_record(source, format=format_).written() for source, format_ in sources]


@settings(max_examples=20)  # each reads with nothing kept, which takes a hundred times as long
@given(pages=st.lists(PAGES, max_size=2), objects=st.lists(OBJECTS, max_size=3))
def test_records_are_answered_alike_with_full_and_with_empty_caches(
    registry: Registry, forget: Callable[[], None], pages: list[str], objects: list[dict[str, Any]]
) -> None:
    sources: list[tuple[Any, str]] = [*((page, "text") for page in pages), *((content, "json") for content in objects)]
    warm = answers(registry, sources)
    assert answers(registry, sources) == warm
    for source, expected in zip(sources, warm, strict=True):
        forget()
        assert answers(registry, [source]) == [expected]
        assert dump_json(json.loads(expected)) == expected == dump_json(registry.normalize_record(source[0], format=source[1]))


@given(field=st.sampled_from(("license", "rights", "resource_type", "language", "date", "identifier", "version")), text=TEXTS)
def test_values_are_answered_and_written_alike_from_the_cache_and_anew(registry: Registry, field: str, text: str) -> None:
    result, again = registry.normalize(field, text), registry.normalize_uncached(field, text)
    assert result == again
    assert result.outcome() == again.outcome()
    assert b"{" + result.members() == dump(again) == orjson.dumps(as_json(again))


@settings(max_examples=50)
@given(content=OBJECTS)
def test_a_part_that_is_kept_says_what_one_that_is_built_says(normalizer: RecordNormalizer, content: dict[str, Any]) -> None:
    fields = Fields(normalizer.parse(content, "json").fields)
    parts = normalizer._parts  # noqa: SLF001 -- what is kept there is seen nowhere else by itself
    for hint in (None, "ca"):
        for number in range(len(SECTIONS)):
            assert parts._read(number, fields, hint) == parts._build(number, fields, hint)  # noqa: SLF001 -- the same


MEMBERS = st.recursive(
    st.one_of(st.integers(-(2**70), 2**70), st.floats(allow_nan=False), st.booleans(), st.none(), st.text(max_size=5), st.just('":')),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.lists(st.tuples(st.sampled_from("abc"), inner), max_size=3).map(tuple)),
    max_leaves=8,
)
"""JSON in which a key may stand twice: an object is a tuple of pairs."""


def write(value: Any, space: str) -> str:
    if isinstance(value, tuple):
        return "{" + ",".join(f'"{name}"{space}:{write(member, space)}' for name, member in value) + "}"
    return "[" + ",".join(write(member, space) for member in value) + "]" if isinstance(value, list) else json.dumps(value)


@given(
    pairs=st.lists(st.tuples(st.sampled_from(("a", "b", '\\"', "c:")), MEMBERS), max_size=4).map(tuple),
    space=st.sampled_from(("", " ", "\n\t")),
)
@example(pairs=(("a", 1), ("a", 2)), space=" ")
@example(pairs=(("a", 2**64),), space="")
def test_json_is_parsed_alike_by_the_faster_parser(pairs: tuple[Any, ...], space: str) -> None:
    text = write(pairs, space)
    expected = json.loads(text, object_pairs_hook=_all_values)
    for source in (text, text.encode()):
        content, _ = load_object(source)
        assert repr(content) == repr(expected)


def _all_values(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, list[Any]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return {name: several if len(several) > 1 else several[0] for name, several in values.items()}


def real_records(shared: Path | None) -> list[tuple[Any, str]]:
    cases = [case for path in sorted((CASES / "records").glob("*.yaml")) for case in load_cases(path)]
    found: list[tuple[Any, str]] = [(case["page"], "text") for case in cases if "page" in case]
    found += [(json.dumps(case["object"], default=str), "json") for case in cases if "object" in case]
    if shared:
        paths = expand([str(shared / "samples" / form) for form in ("json", "datacite_json", "oai_dc", "ris")])
        found += [(item.raw, item.format) for item, _ in read_records(paths) if isinstance(item, Item)]
    return found


def test_real_records_are_answered_alike_in_any_order(registry: Registry, forget: Callable[[], None]) -> None:
    shared = Path(__file__).resolve().parents[4] / "shared"
    sources = [source for source in real_records(shared if shared.is_dir() else None) if _is_read(registry, source)]
    forget()
    first = dict(enumerate(answers(registry, sources)))
    order = list(first)
    random.Random(1).shuffle(order)  # noqa: S311 - no secret
    assert {number: answers(registry, [sources[number]])[0] for number in order} == first
    for number in order[:10]:
        forget()
        assert answers(registry, [sources[number]])[0] == first[number]


def _is_read(registry: Registry, source: tuple[Any, str]) -> bool:
    try:
        registry.answer_record(source[0], format=source[1])
    except RecordSyntaxError:
        return False
    return True
