"""Reads the yes or no behind a label that asks: "Peer reviewed: no", ``{"isOpenAccess": true}``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from normalizers.folding import fold_key
from normalizers.localedata import Locale

_ANSWERED = re.compile(r"(?P<label>[^:=]{1,80})[:=] ?(?P<answer>[^\W\d_]{1,8})[.;]?")


class Answered(NamedTuple):
    """A label that asks, and whether what it asks for holds."""

    label: str
    holds: bool


class Answers:
    """The words for yes and no of all locales."""

    def __init__(self, locales: Iterable[Locale]) -> None:
        self._words = {fold_key(label.text): concept == "affirmed" for locale in locales for concept, label in locale.labels("answers")}

    def holds(self, text: str) -> bool | None:
        """Tell what a text says that is nothing but yes or no; None where it is neither."""
        return self._words.get(fold_key(text))

    def split(self, text: str) -> Answered | None:
        """Part a label from the yes or no behind it; None where there is none."""
        found = _ANSWERED.fullmatch(text.strip())
        holds = self.holds(found["answer"]) if found else None
        return None if found is None or holds is None else Answered(found["label"], holds)
