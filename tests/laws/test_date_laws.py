"""Laws of the date reader, over texts made of the pieces of dates in random order, and over any text at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers import Registry, Status

FRAGMENTS = (
    "1", "03", "12", "31", "89", "198", "1989", "2012", "0", "00", "-", "/", ".", "|", " ", "?", "~", "%", "XX", "UU", "--", "..", "[", "]",
    "March", "de març de", "août", "III", "XIX", "c.", "ca.", "BC", "a.C.", "segle", "century", "s.d.", "entre", "and", "until", "spring",
    "T10:00", "Z", ";", "mar", "Fri", "平成", "年", "月", "o", "\u200f", "٣", "\x00",
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=8).map("".join))
LOCALES = st.sampled_from([None, "ca", "en", "en-US", "hr", "zz", "not a tag", ""])


@given(text=TEXTS, locale=LOCALES)
def test_any_text_is_answered_and_quoted_truly(registry: Registry, text: str, locale: str | None) -> None:
    result = registry.normalize_uncached("date", text, locale=locale)

    assert result == registry.normalize("date", text, locale=locale)
    read = result.read_as or text
    assert all(read[item.start : item.end] == item.text for item in result.evidence)
    assert bool(result.identifiers) is (result.status is Status.MATCHED)


@given(text=TEXTS)
def test_an_answer_read_again_is_itself(registry: Registry, text: str) -> None:
    for identifier in registry.normalize_uncached("date", text).identifiers:
        assert registry.normalize_uncached("date", identifier).identifiers == (identifier,)


@given(text=TEXTS)
def test_an_answer_is_edtf(registry: Registry, text: str) -> None:
    edtf = pytest.importorskip("edtf")

    for identifier in registry.normalize_uncached("date", text).identifiers:
        for end in identifier.split("/"):
            assert end == ".." or str(edtf.parse_edtf(end)) == end


@given(
    day=st.dates(min_value=date(1000, 1, 1)), form=st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%d.%m.%Y", "%Y/%m/%d", "%d %B %Y", "%B %d, %Y"])
)
def test_every_day_of_the_calendar_is_read_in_every_form(registry: Registry, day: date, form: str) -> None:
    if form == "%Y%m%d" and day.year >= 2100:
        return
    if 2400 <= day.year < 2650:
        return
    written = day.strftime(form.replace("%Y", f"{day.year:04d}"))

    assert registry.normalize_uncached("date", written).identifiers == (day.isoformat(),)


@given(first=st.dates(), second=st.dates())
def test_no_stretch_ends_before_it_starts(registry: Registry, first: date, second: date) -> None:
    result = registry.normalize_uncached("date", f"{first.isoformat()}/{second.isoformat()}")

    assert (result.status is Status.MATCHED) is (first <= second)
