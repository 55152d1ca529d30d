"""Holds the parts of a text against each other: a value that hardly anything else supports is doubtful."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from normalizers.languages.codes import CodeTable
from normalizers.languages.model import Part
from normalizers.results import Method


def doubt_the_odd(parts: Sequence[Part], codes: CodeTable) -> list[Part]:
    """Turn readings into doubtful ones where the rest of the text speaks against them.

    Where more parts were unread than read, the text is about something else. Beside a well-known language, the code of one that
    hardly anyone knows is somebody's abbreviation ("sve/swe"); beside something unread, so is its name, and so is what was mended.
    """
    read = [part for part in parts if part.readings]
    unread = [part for part in parts if not (part.readings or part.doubtful)]
    some_unread = len(read) < len(parts)
    if len(read) < len(unread):
        return [_doubted(part) for part in parts]
    some_familiar = any(_is_familiar(part, codes) for part in read)
    return [_doubted(part) if _is_odd(part, codes, some_unread, some_familiar) else part for part in parts]


def _is_odd(part: Part, codes: CodeTable, some_unread: bool, some_familiar: bool) -> bool:  # noqa: FBT001 - two facts about the text
    if not part.readings or _is_familiar(part, codes):
        return some_unread and any(reading.method is Method.REPAIR for reading in part.readings)
    is_code = all(reading.method is Method.CODE for reading in part.readings)
    return some_unread or (some_familiar and is_code)


def is_familiar(tag: str, codes: CodeTable) -> bool:
    """Tell whether a tag's language is one that CLDR names in English, or that has a code of ISO 639-1 or 639-2."""
    code = codes.codes.get(tag.partition("-")[0])
    return code is not None and code.familiar


def _is_familiar(part: Part, codes: CodeTable) -> bool:
    return all(is_familiar(tag, codes) for reading in part.readings for tag in reading.tags)


def _doubted(part: Part) -> Part:
    return replace(part, readings=(), doubtful=(*part.readings, *part.doubtful))
