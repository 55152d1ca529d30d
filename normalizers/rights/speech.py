"""Whose words a text is read by: the locale whose terms cover most of it.

Texts mix languages, and short words mean different things in each; so a sentence is read by the words of one locale.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from normalizers.localedata import is_same_language
from normalizers.rights.spans import Spans
from normalizers.terms import Found

_HINT_BONUS = 1.5
_MAIN_BONUS = 1.2
_DENIALS = frozenset({"not", "forbid", "without"})


def coverage(found: Sequence[Found]) -> dict[str, int]:
    """Count the characters that the terms of each locale cover; they are sorted by start."""
    covered: defaultdict[str, int] = defaultdict(int)
    reached: defaultdict[str, int] = defaultdict(int)
    for start, end, _, _, _, locales in found:
        for locale in locales:
            before = reached[locale]
            if end > before:
                if before < start:  # noqa: PLR1730 -- a call would take longer than the rest
                    before = start
                covered[locale] += end - before
                reached[locale] = end
    covered.pop("root", None)
    return covered


def main_locale(covered: Mapping[str, int]) -> str | None:
    """Give the locale that covers most of a text, or none where no locale covers anything."""
    most = max(covered.values(), default=0)
    return max((tag for tag, count in covered.items() if count == most), default=None)


def locale_of_sentence(inside: Sequence[Found], covered: Mapping[str, int], main: str | None, hint: str | None) -> str:
    """Choose the locale of a sentence by its own terms; the caller's hint and the locale of the whole text weigh more."""
    near = coverage(inside)
    if len(near) == 1:
        return next(iter(near))

    def weight(tag: str) -> tuple[float, int, str]:
        bonus = _HINT_BONUS if hint and is_same_language(tag, hint) else _MAIN_BONUS if tag == main else 1.0
        return near[tag] * bonus, covered.get(tag, 0), tag

    # Without a bonus, none that covers less than another one can be chosen.
    most = max(near.values())
    if main is not None and not hint and near.get(main, 0) * _MAIN_BONUS > most:
        return main
    chosen = max((tag for tag, count in near.items() if count == most or hint or tag == main), key=weight)
    return main if main is not None and chosen != main and _loses_denial(inside, main, chosen) else chosen


def _loses_denial(inside: Sequence[Found], main: str, chosen: str) -> bool:
    """Tell whether a word that denies in the language of the text is none at all in the one chosen for a sentence ("non pode")."""
    known = Spans((item.start, item.end) for item in inside if chosen in item.locales)
    return any(item.concept in _DENIALS and main in item.locales and not known.touch(item.start, item.end) for item in inside)
