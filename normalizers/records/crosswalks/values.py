"""What several crosswalks say alike: texts, names of people, dates in a calendar's form, pages, sizes, licences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from normalizers.records.crosswalks.account import Part
from normalizers.records.crosswalks.model import Reason

_DAY = r"-?\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?"
_CALENDAR = re.compile(rf"{_DAY}(?:/{_DAY})?")
_PAGES = re.compile(r"([A-Za-z]{0,3}\d+)\s?[-\u2010-\u2015]\s?([A-Za-z]{0,3}\d+)")
_YEAR = re.compile(r"(\d{4})(?:-.*)?")


def known(**members: Any) -> dict[str, Any]:
    """Keep the members that say something."""
    return {name: value for name, value in members.items() if value not in (None, "", [], {})}


def distinct(items: Iterable[Any]) -> list[Any]:
    """Keep the first of equal items: most targets forbid a repetition."""
    kept: list[Any] = []
    kept.extend(item for item in items if item not in kept)
    return kept


def first(root: Part, name: str) -> Part | None:
    """Give the first item of a list that the target takes one of; the others are not said."""
    items = list(root.each(name))
    for item in items[1:]:
        item.leave(Reason.ONE_ONLY)
    return items[0] if items else None


def calendar(date: Part) -> str | None:
    """Say a date where it is a year, month or day, or a range of them; what EDTF says beyond that is another form."""
    if not isinstance(date.value, str) or not _CALENDAR.fullmatch(date.value):
        date.leave(Reason.FORM)
        return None
    return str(date.say())


def year(date: str | None) -> str | None:
    """Give the year of a date in a calendar's form.

    >>> year("2019-05"), year("2019/2021"), year("20XX")
    ('2019', None, None)
    """
    found = _YEAR.fullmatch(date or "")
    return found[1] if found and "/" not in (date or "") else None


def dates_of(root: Part) -> Iterator[tuple[str, Part]]:
    """Give every date of the work with its role; those without one have the role ``other``."""
    dates = root.part("dates")
    for role in dates.value or {}:
        if role == "other":
            yield from ((role, date) for date in dates.each(role))
        else:
            yield role, dates.part(role)


def first_and_last(pages: str) -> tuple[str, str | None]:
    """Split a range of pages.

    >>> first_and_last("10-20"), first_and_last("e1003")
    (('10', '20'), ('e1003', None))
    """
    found = _PAGES.fullmatch(pages)
    return (found[1], found[2]) if found else (pages, None)


def sizes_of(root: Part) -> Iterator[str]:
    """Say the extent in words."""
    extent = root.part("extent")
    if extent.part("pages"):
        yield f"{extent.take('pages')} pages"
    if extent.part("volumes"):
        yield f"{extent.take('volumes')} volumes"
    if extent.part("size"):
        size = extent.take("size")
        yield f"{size['value']:g} {size['unit']}"
    yield from extent.take("texts") or ()


def abstracts_of(root: Part) -> Iterator[tuple[str, str | None]]:
    """Say the abstracts, each with its language; the parts of one are joined by an empty line."""
    for abstract in root.each("abstracts"):
        said = abstract.say()
        yield "\n\n".join(said["parts"]), said.get("language")


def texts_of(root: Part, *names: str) -> Iterator[tuple[str, str | None]]:
    """Say the texts of these members, each with its language where one is stated."""
    for name in names:
        for item in root.each(name):
            said = item.say()
            yield said["text"], said.get("language")


def words_of(root: Part, *names: str) -> Iterator[str]:
    """Say the texts of these members where the target has no place for their language."""
    for name in names:
        for item in root.each(name):
            yield item.take("text")


def license_name(license_: dict[str, Any]) -> str:
    """Name a licence as its family, version and port.

    >>> license_name({"family": "CC-BY", "version": "3.0", "jurisdiction": "es"})
    'CC-BY 3.0 ES'
    """
    port = (license_.get("jurisdiction") or "").upper()
    return " ".join(filter(None, (license_["family"], license_.get("version"), port)))
