"""Whose words a text is read by: the locale whose terms cover most of it.

Texts mix languages, and short words mean different things in each; so a sentence is read by the words of one locale.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from normalizers.localedata import is_same_language
from normalizers.terms import Hit

_HINT_BONUS = 1.5
_MAIN_BONUS = 1.2


def coverage(hits: Sequence[Hit]) -> dict[str, int]:
    """Count the characters that the terms of each locale cover; hits are sorted by start."""
    covered: dict[str, int] = {}
    reached: dict[str, int] = {}
    for start, end, _, _, locale, _ in hits:
        before = reached.get(locale, 0)
        if end > before:
            covered[locale] = covered.get(locale, 0) + end - max(before, start)
            reached[locale] = end
    covered.pop("root", None)
    return covered


def main_locale(covered: Mapping[str, int]) -> str | None:
    """Give the locale that covers most of a text, or none where no locale covers anything."""
    return max(covered, key=lambda tag: (covered[tag], tag), default=None)


def locale_of_sentence(inside: Sequence[Hit], covered: Mapping[str, int], hint: str | None) -> str:
    """Choose the locale of a sentence by its own terms; the caller's hint and the locale of the whole text weigh more."""
    near = coverage(inside)
    main = main_locale(covered)

    def weight(tag: str) -> tuple[float, int, str]:
        bonus = _HINT_BONUS if hint and is_same_language(tag, hint) else _MAIN_BONUS if tag == main else 1.0
        return near[tag] * bonus, covered.get(tag, 0), tag

    return max(near, key=weight)
