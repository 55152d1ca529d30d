"""Laws of records, over pages and objects made of known names and any text at all: nothing vanishes, and twice is once."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from normalizers import RecordSyntaxError
from normalizers.records import RecordNormalizer
from normalizers.records.answer_schema import Answer

WORDS = re.compile(r"\w+")
LABELS = (
    *("Title", "Títol", "Autor", "Authors", "Date", "Fecha de publicación", "Abstract", "Resum", "Rights", "Drets", "Language", "Llengua"),
    *("Published in", "DOI", "ISSN", "PMID", "Collections", "Appears in collections", "Citations", "Subject", "Editor", "Embargo until"),
    *("Document", "Access", "Abstract (English)", "Extent", "Unknown label", "Record created", "Methods", "dc.title[en]", "ORCID"),
)
VALUES = (
    *(
        "2012",
        "Anglès",
        "Puig i Serra, Aurora (UAB)",
        "Puig, A.; Rius, B.",
        "CC BY 4.0",
        "All rights reserved",
        "Article ; recerca",
        "1478-6362",
    ),
    *(
        "10.1186/ar4111",
        "9 p, 3.2 MB",
        "Articles > Research",
        "Scopus: 3 citations, WoS: citations",
        "Open access",
        "LlicÃ¨ncia",
        "",
        "  ",
        "-",
    ),
    *(
        "Record created 2013-10-18, last modified 2023-01-25",
        "Annals of Sound, Vol. 3, Issue 2 (March 2017), p. 5-14",
        "en",
        "Results: fine",
    ),
    *(
        "https://creativecommons.org/licenses/by/4.0/",
        "<b>bold</b> &amp; more",
        "\x07bell",
        "\u200b",
        "\ud800",
        "März 2011",
        "last modified",
    ),
    "0000-0002-1825-0097",
)
LINES = st.one_of(
    st.sampled_from(VALUES),
    st.builds("{}: {}".format, st.sampled_from(LABELS), st.sampled_from(VALUES)),
    st.builds("  {}:{}".format, st.sampled_from(LABELS), st.text(max_size=20)),
    st.text(max_size=40),
)
PAGES = st.lists(LINES, max_size=14).map("\n".join)
NAMES = (
    *(
        "dc.title",
        "dc:rights",
        "language",
        "idioma",
        "tipus",
        "dcterms.issued",
        "creator",
        "author",
        "published_in",
        "journal",
        "doi",
        "en",
    ),
    *("identifier", "citations", "metadata", "record", "value", "name", "type", "affiliation", "orcid", "schema", "unknown", "key"),
)
KEYS = st.one_of(st.sampled_from(NAMES), st.text(max_size=6))
NUMBERS = st.one_of(st.integers(-5, 3000), st.floats(allow_nan=False))
SCALARS = st.one_of(st.none(), st.booleans(), NUMBERS, st.sampled_from(VALUES), st.text(max_size=12))
INNER = st.recursive(SCALARS, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)), max_leaves=12)
OBJECTS = st.dictionaries(KEYS, INNER, max_size=7)


def without_surrogates(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def mended(content: dict[str, Any]) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(without_surrogates(json.dumps(content, ensure_ascii=False)))
    return read


def accounts(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [*answer["decisions"], *answer["unparsed"]]


@given(page=PAGES)
def test_every_word_of_a_page_is_accounted_for_at_its_line(normalizer: RecordNormalizer, page: str) -> None:
    words: dict[int, set[str]] = defaultdict(set)
    for account in accounts(normalizer.normalize(page, "text")):
        source = account["source"]
        said = set(WORDS.findall(f"{source.get('name', '')} {account['text']}"))
        for line in (*range(source["line"], source.get("last_line", source["line"]) + 1), source.get("heading_line", source["line"])):
            words[line] |= said

    lines = re.split(r"\r\n|\n|\r", without_surrogates(page).removeprefix("\ufeff"))
    assert {number: missing for number, line in enumerate(lines, 1) if (missing := set(WORDS.findall(line)) - words[number])} == {}


def leaves(value: Any, pointer: str = "") -> dict[str, Any]:
    if isinstance(value, dict) and value:
        steps = {name.replace("~", "~0").replace("/", "~1"): member for name, member in value.items()}
        return {at: leaf for name, member in steps.items() for at, leaf in leaves(member, f"{pointer}/{name}").items()}
    if isinstance(value, list) and value:
        return {at: leaf for index, member in enumerate(value) for at, leaf in leaves(member, f"{pointer}/{index}").items()}
    return {pointer: value} if pointer else {}


@given(content=OBJECTS)
def test_every_value_of_an_object_is_accounted_for_at_its_pointer(normalizer: RecordNormalizer, content: dict[str, Any]) -> None:
    named = {account["source"]["pointer"]: account["source"].get("name") for account in accounts(normalizer.normalize(content, "json"))}

    def is_name_of_its_neighbour(pointer: str, leaf: Any) -> bool:
        """Tell whether a value is itself the name of another, as in {"key": "dc.title", "value": "..."}."""
        parent = pointer.rpartition("/")[0]
        return any(name == leaf or str(name).startswith(f"{leaf}.") for at, name in named.items() if at.startswith(parent))

    found = {
        without_surrogates(pointer): without_surrogates(leaf) if isinstance(leaf, str) else leaf
        for pointer, leaf in leaves(content).items()
    }
    assert [pointer for pointer, leaf in found.items() if pointer not in named and not is_name_of_its_neighbour(pointer, leaf)] == []


@given(page=PAGES)
def test_a_page_is_answered_in_shape_and_again_itself(normalizer: RecordNormalizer, page: str) -> None:
    keeps_the_laws(normalizer, page, "text")


@given(content=OBJECTS)
def test_an_object_is_answered_in_shape_and_again_itself(normalizer: RecordNormalizer, content: dict[str, Any]) -> None:
    keeps_the_laws(normalizer, content, "json")


def keeps_the_laws(normalizer: RecordNormalizer, source: Any, format_: str) -> None:
    answer = normalizer.normalize(source, format_)
    again = normalizer.normalize(answer, "json")

    assert Answer().validate(answer) == {}
    assert Answer().validate(again) == {}
    assert json.dumps(answer, ensure_ascii=False).encode() == json.dumps(normalizer.normalize(source, format_), ensure_ascii=False).encode()
    assert json.dumps(again["metadata"]) == json.dumps(answer["metadata"])
    assert again["unparsed"] == []


@given(text=st.one_of(st.text(max_size=60), OBJECTS.map(json.dumps).map(lambda text: text[:-3])))
def test_json_text_is_read_or_refused_with_a_reason(normalizer: RecordNormalizer, text: str) -> None:
    try:
        answer = normalizer.normalize(text, "json")
    except RecordSyntaxError as error:
        answer, reason = None, error.detail
    else:
        reason = ""

    assert reason if answer is None else Answer().validate(answer) == {}
