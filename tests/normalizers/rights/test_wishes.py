"""What a caller may ask for beyond what a text states, and that the answer says so."""

from __future__ import annotations

import pytest

from normalizers import Registry, Result, Status, Wishes

STRICT = Wishes(most_restrictive=True)


def codes(result: Result) -> set[str]:
    return {issue.code for issue in result.issues}


def test_an_assumed_version_is_said(registry: Registry) -> None:
    result = registry.normalize("license", "CC BY-NC", wishes=Wishes(assume_version="4.0"))

    assert result.identifiers == ("https://creativecommons.org/licenses/by-nc/4.0/",)
    assert "version_assumed" in codes(result)


def test_a_stated_version_stands_against_the_assumed_one(registry: Registry) -> None:
    result = registry.normalize("license", "CC BY-NC 3.0", wishes=Wishes(assume_version="4.0"))

    assert result.identifiers == ("https://creativecommons.org/licenses/by-nc/3.0/",)
    assert "version_assumed" not in codes(result)


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("CC BY 4.0 or CC BY-NC-ND 4.0", "https://creativecommons.org/licenses/by-nc-nd/4.0/"),
        ("CC BY-SA 4.0, CC BY 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
        ("CC0 / CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    ],
)
def test_the_licence_that_binds_most_is_taken_on_demand(registry: Registry, text: str, taken: str) -> None:
    assert registry.normalize("license", text).status is Status.AMBIGUOUS

    result = registry.normalize("license", text, wishes=STRICT)
    assert result.identifiers == (taken,)
    assert {"contradiction", "most_restrictive_taken"} <= codes(result)
    assert len(result.candidates) > 1


@pytest.mark.parametrize("text", ["CC BY-SA 4.0 or CC BY-NC 4.0", "CC BY 4.0 (CC BY 3.0)", "Apache-2.0 or CC BY 4.0"])
def test_what_cannot_be_compared_stays_ambiguous(registry: Registry, text: str) -> None:
    assert registry.normalize("license", text, wishes=STRICT).status is Status.AMBIGUOUS
