"""The months of forty and more languages, as CLDR prints them, whether or not the language has a locale file."""

from __future__ import annotations

from datetime import date

import pytest
from babel.dates import format_date

from normalizers import Registry

TAGS = [
    *("af", "am", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "ga", "gl"),
    *("gu", "hi", "hr", "hu", "hy", "id", "is", "it", "ka", "kk", "lt", "lv", "mk", "mr", "ms", "mt", "nb", "nl", "nn", "pl", "pt", "ro"),
    *("ru", "sk", "sl", "sq", "sr", "sv", "sw", "ta", "te", "tr", "uk", "vi", "zh", "zu"),
]


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("month", range(1, 13))
def test_a_month_is_read_in_its_language(registry: Registry, tag: str, month: int) -> None:
    day = date(2013, month, 17)

    written = format_date(day, "long", locale=tag)
    assert registry.normalize("date", written, locale=tag).identifiers == (day.isoformat(),), written


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("month", range(1, 13))
def test_without_a_locale_a_month_is_never_taken_for_another(registry: Registry, tag: str, month: int) -> None:
    written = format_date(date(2013, month, 17), "d MMMM y", locale=tag)
    answer = registry.normalize("date", written)

    assert set(answer.identifiers) <= {f"2013-{month:02d}-17"}, written
