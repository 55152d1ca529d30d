"""Laws of misspelt prose: one letter wrong in a statement of rights never makes an answer freer that rests on a word that was mended.

Every sixth case of prose is damaged: one of its long words loses, doubles, changes or swaps a letter. What is drawn is the same each time.
"""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest

from normalizers import Registry, Result, Status
from normalizers.folding import is_unspaced
from normalizers.results import Permissions
from normalizers.rights.severity import burdens_of
from tests.case_files import read_cases

ONE_IN = 6
LONG = re.compile(r"[^\W\d_]{7,}")
LEAST_THE_SAME, MOST_FREER = 0.85, 0.01
"""Of 4,662 texts damaged so 70 % had the same answer and 1.9 % a freer one before words were mended, 87 % and 0.3 % since."""
pytestmark = pytest.mark.no_cover


def misspell(word: str, rng: random.Random) -> str:
    """Make one mistake in a word."""
    place, kind = rng.randrange(len(word) - 1), rng.randrange(4)
    letter = rng.choice(word.lower())
    return (
        word[:place] + word[place + 1 :],
        word[:place] + (word[place] if rng.randrange(2) else letter) + word[place:],
        word[:place] + letter + word[place + 1 :],
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
    )[kind]


def damaged(text: str) -> str | None:
    rng = random.Random(text)  # noqa: S311 - the same damage each time, not a secret
    words = [match for match in LONG.finditer(text) if not any(map(is_unspaced, match[0]))]
    if not words:
        return None
    word = rng.choice(words)
    return text[: word.start()] + misspell(word[0], rng) + text[word.end() :]


def burdens(result: Result) -> tuple[bool, bool, int]:
    permissions = result.license.permissions if result.license else None
    return burdens_of(permissions or Permissions(commercial_use=True, derivatives=True))


def test_a_wrong_letter_makes_no_answer_freer_by_a_mended_word(registry: Registry) -> None:
    counts: Counter[str] = Counter()
    freed = []
    for entry in (entry for entry in read_cases("license") if "prose" in entry.file and entry.number % ONE_IN == 0):
        locale = entry.case.get("locale")
        true, text = registry.normalize("license", entry.case["text"], locale=locale), damaged(entry.case["text"])
        if true.license is None or text is None:
            continue
        result = registry.normalize("license", text, locale=locale)
        is_freer = result.status is Status.MATCHED and any(own < real for own, real in zip(burdens(result), burdens(true), strict=True))
        counts["all"] += 1
        counts["same"] += result.identifiers == true.identifiers
        counts["freer"] += is_freer
        if is_freer and any(issue.code == "repaired" for issue in result.issues):
            freed.append((entry.file, entry.number, text))

    assert freed == []
    assert counts["same"] > LEAST_THE_SAME * counts["all"], counts
    assert counts["freer"] < MOST_FREER * counts["all"], counts
