"""Laws of growth: whatever a text is made of, four times as much of it takes some four times the work, and no more.

Work is counted in calls, which no busy machine disturbs.
"""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from normalizers import Registry

PIECES = (
    "CC BY ", "not CC BY. ", "CC BY - no. ", "by-", "not ", "; ", "may, ", "copy, ", "unless copy, ", "metadata CC0, ", "must credit, ", "embargo ", "see the GPL, MIT licence. ",
    "https://creativecommons.org/licenses/by/4.0/ ", "licence permits not commercial use. ", "許可", "ไม่", "لا ", "GPL-3.0 ", "eng; ", "English, ",
    "Article ; ", "article/", "1 may 2012 - ", "10.1234/abc ", "Attribution-NonCommercial 3.0 ", "not Creative Commons, ", "all rights reserved ",
)  # fmt: skip
FIELDS = ("rights", "language", "resource_type", "date", "identifier")
SHORT, TIMES, MOST = 1_500, 4, 7
"""Characters, how much longer the other text is, and how much more work it may take: quadratic growth would take sixteen times."""


@pytest.mark.parametrize("field", FIELDS)
def test_the_work_of_reading_grows_with_the_length_of_a_text(registry: Registry, field: str) -> None:
    registry.normalize_uncached(field, "Creative Commons")
    steep = {}
    for piece in PIECES:
        short, long = (_calls(registry, field, (piece * size)[:size]) for size in (SHORT, SHORT * TIMES))
        if long > MOST * max(short, 500):
            steep[piece] = (short, long)

    assert not steep


def _calls(registry: Registry, field: str, text: str) -> int:
    count = 0

    def on_event(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(on_event)
    try:
        registry.normalize_uncached(field, text)
    finally:
        sys.setprofile(None)
    return count
