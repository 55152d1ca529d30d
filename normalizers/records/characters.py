"""Characters that no text should hold: halves of characters, which cannot be written again, and control codes."""

from __future__ import annotations

import re

from normalizers.records.model import Place, Remark
from normalizers.repair import join_halves, repair
from normalizers.results import Issue

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SPACES = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r"(?:(?<! ) +)?(?:\r\n|\r|\n) *")


def without_surrogates(text: str, place: Place) -> tuple[str, list[Remark]]:
    """Join halves of characters that belong together, replace single ones, and remark on it."""
    mended = text if text.isascii() else join_halves(text)
    if mended == text:
        return text, []
    issue = Issue("repaired", "halves of characters (surrogates) were joined, or replaced where the other half is missing")
    return mended, [Remark(issue, place)]


def clean_text(text: str) -> tuple[str, tuple[Issue, ...]]:
    r"""Give a text as it may be shown: mended, without control codes, with single spaces; and say what was mended.

    >>> clean_text(" A  title\x07 &amp; more ")[0]
    'A title & more'
    """
    issues: list[Issue] = []
    mended = repair(text)
    if mended != text:
        issues.append(Issue("repaired", "damage by software was mended"))
    # What is printable has neither control codes nor ends of lines, and no space but one: most texts need not be searched for them.
    is_plain = mended.isprintable()
    if is_plain and "  " not in mended:
        return mended.strip(), tuple(issues)
    shown = mended if is_plain else _CONTROLS.sub("", mended)
    if shown != mended:
        issues.append(Issue("control_characters", "control codes were taken out"))
    spaced = _SPACES.sub(" ", shown)
    return (spaced if is_plain else _LINE_ENDS.sub("\n", spaced)).strip(), tuple(issues)


def has_text(text: str | None) -> bool:
    """Tell whether anything is left of a text once it is cleaned; a value without is an empty one."""
    if not text:
        return False
    if "<" not in text and "&" not in text and (text[0].isalnum() or any(map(str.isalnum, text))):
        return True
    return bool(clean_text(text)[0])
