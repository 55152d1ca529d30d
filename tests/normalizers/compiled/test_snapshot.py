"""What a snapshot gives back: the same tables, what they share shared, and no automaton but the one that was written."""

from __future__ import annotations

import pickle
from array import array
from io import BytesIO
from pickletools import genops
from types import MappingProxyType
from typing import Any

import pytest

from normalizers.compiled import SnapshotError, dump, load
from normalizers.compiled.memos import forget_what_is_not_asked_for
from normalizers.term_patterns import Term
from normalizers.terms import TermIndex

TERMS = (
    Term("lexicon", "permit", "ca", "permet*"),
    Term("lexicon", "permit", "es", "permite"),
    Term("lexicon", "not", "he", "לא", ("ו",)),
    Term("statements", "all rights reserved", "en", "all right* reserve*"),
    Term("statements", "all rights reserved", "pt", "direit* reservad*"),
)
TEXT = "permet. permite. ולא! all rights reserved; direitos reservados"


def again(tables: Any) -> Any:
    return load(BytesIO(dump(tables)))


def test_tables_come_back_as_they_were() -> None:
    tables = {"column": array("i", [-1, 2]), "view": MappingProxyType({"a": (1, None)}), "set": frozenset("abc"), "bytes": b"\x00\xff"}

    assert again(tables) == tables


def test_what_was_shared_is_shared_again() -> None:
    words = [f"word {number}" for number in range(2_000)]
    first, second, lonely = again((words, words[::-1], [f"lonely {number}" for number in range(2_000)]))

    assert (first, lonely[7]) == (words, "lonely 7")
    assert all(one is other for one, other in zip(first, reversed(second), strict=True))


def test_a_table_that_holds_itself_comes_back() -> None:
    table: dict[str, Any] = {}
    table["itself"] = [table]

    found = again(table)
    assert found["itself"][0] is found


def test_nothing_is_remembered_but_what_is_asked_for_again() -> None:
    shared = [("shared", number) for number in range(300)]
    names = [code.name for code, _, _ in genops(dump((shared, shared[:], [("lonely", number) for number in range(900)])))]

    assert names.count("MEMOIZE") == 302  # each pair that is shared, and the two words
    assert load(BytesIO(forget_what_is_not_asked_for(pickle.dumps(shared * 2, protocol=5)))) == shared * 2


def test_terms_are_found_as_before() -> None:
    index = TermIndex(TERMS)
    found = index.find(TEXT)

    assert [hit.label for hit in found] == ["permet*", "permite", "לא", "all right* reserve*", "direit* reservad*"]
    assert again(index).find(TEXT) == found
    assert again(again(index)).find(TEXT) == found


def test_an_index_without_terms_comes_back() -> None:
    assert again(TermIndex(())).find(TEXT) == []


def test_a_damaged_automaton_is_no_snapshot() -> None:
    index = TermIndex(TERMS)
    content, automaton = dump(index), bytes(index.__getstate__()[1])

    assert automaton in content
    for damaged in (b"\xff" * len(automaton), bytes(len(automaton)), automaton[::-1]):
        with pytest.raises(SnapshotError, match="invalid serialized automaton"):
            load(BytesIO(content.replace(automaton, damaged)))
