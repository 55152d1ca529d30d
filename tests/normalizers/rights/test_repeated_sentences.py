"""A sentence that a text says again is read once; what it says is told of each place where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from normalizers import Registry
from normalizers.rights.prose.marks import ClauseEnd
from normalizers.rights.prose.repeats import Sentences
from normalizers.rights.spans import Spans

TIMES = 4
NOTICES = (
    "You may share and adapt this work under a Creative Commons licence, provided that you credit the author and seek no profit. ",
    "Es permet la reproducció de l'obra, sempre que no sigui amb finalitats comercials i se'n citi l'autoria; no es pot modificar. ",
    "May I sell it? No. ",
    "Share alike: what you make of it must be under the same licence || no sale. ",
)


def told(clause: dict[str, Any]) -> dict[str, Any]:
    """Give what a clause says, without where."""
    return {**clause, "words": [(word["concept"], word["text"]) for word in clause["words"]]}


@pytest.mark.parametrize("notice", NOTICES)
def test_each_repetition_says_the_same(registry: Registry, notice: str) -> None:
    alone = registry.explain("rights", notice)["trace"]
    repeated = registry.explain("rights", notice * TIMES)["trace"]

    assert alone
    assert [told(clause) for clause in repeated] == [told(clause) for clause in alone * TIMES]


@pytest.mark.parametrize("notice", NOTICES)
def test_evidence_stands_where_each_repetition_does(registry: Registry, notice: str) -> None:
    """With a number behind each they are no repetitions, and read one by one."""
    numbered = "".join(f"{notice}{number}. " for number in range(TIMES))
    found = registry.explain("rights", notice * TIMES)["result"]["evidence"]

    assert found == sorted(found, key=lambda item: (item["start"], item["end"]))
    assert all((notice * TIMES)[item["start"] : item["end"]] == item["text"] for item in found)
    one_by_one = registry.explain("rights", numbered)["result"]["evidence"]
    assert [item["text"] for item in found] == [item["text"] for item in one_by_one]


def test_a_word_for_licence_beside_a_name_is_not_that_of_a_repetition_without_one(registry: Registry) -> None:
    """Thirty characters from Creative Commons' name "licence" is of the name: the same sentence is another one there."""
    sentence, name = "Sharing it asks for the licence of the house. ", "By Creative Commons."
    repeated, apart, beside = (registry.explain("rights", text)["trace"] for text in (sentence * 3 + name, sentence, sentence + name))

    assert [clause["facts"] for clause in apart] != [clause["facts"] for clause in beside]
    assert [clause["facts"] for clause in repeated] == [clause["facts"] for clause in (*apart, *apart, *beside)]


BEGINNINGS = ("", "© 2019. ", "Copyright (c) 2021 The Authors. ", "Rights. ", "Creative Commons: a licence. ")


@pytest.mark.parametrize("notice", NOTICES)
def test_a_sentence_of_another_text_says_the_same_where_it_stands(registry: Registry, notice: str) -> None:
    """It was met in a text that began otherwise, so that it stands elsewhere in this one."""
    for beginning in BEGINNINGS:
        explained = registry.explain("rights", beginning + notice)
        words = [word["text"] for clause in explained["trace"] for word in clause["words"]]

        assert words
        assert all(word in beginning + notice for word in words)
        for item in explained["result"]["evidence"]:
            assert (beginning + notice)[item["start"] : item["end"]] == item["text"]


def test_a_misspelt_word_of_another_text_is_mended_where_it_stands(registry: Registry) -> None:
    notice = (
        "Creative Commons licence. You may copy and change it for any purpose if you credit the author and share what you make under the "
        "same licnece."
    )
    for beginning in BEGINNINGS:
        mended = [issue.detail for issue in registry.normalize("license", beginning + notice).issues if issue.code == "repaired"]

        assert mended == ["misspelt words were read as they seem to be meant: 'licnece' as 'licence'"]


class Signs(list[ClauseEnd]):
    """Signs that are looked up, and never gone through from the first to the last."""

    def __iter__(self) -> Iterator[ClauseEnd]:
        raise AssertionError


def test_a_sentence_looks_at_its_own_signs_alone() -> None:
    text = "sell it - no. cut it - no. sing it - yes."
    signs = Signs(ClauseEnd(place, ends_segment=True, is_dash=True) for place, sign in enumerate(text) if sign == "-")

    first, sentence = Sentences(text, signs, Spans(()), ()).alone(13, 25, "en", ())

    assert first == text.index("cut")
    assert [(sign.place, sign.is_dash) for sign in sentence.signs] == [(sentence.text.index("-"), True)]
