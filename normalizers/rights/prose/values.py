"""Labels and their values in a note about terms ("commercial use: no; adaptations: yes")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from normalizers.folding import fold_key
from normalizers.localedata import Locale
from normalizers.rights.prose.marks import ClauseEnd
from normalizers.terms import Found

_VERBS = frozenset({"permit", "forbid", "not", "require", "obligation"})
_SAID = {"affirmed": "permit", "denied": "forbid"}
_ROOT = "root"


class Values:
    """Reads the yes or no that stands alone behind a label as its verb. Immutable."""

    def __init__(self, locales: Iterable[Locale]) -> None:
        self._words: Mapping[str, Mapping[str, str]] = {
            locale.tag: {fold_key(label.text): _SAID[concept] for concept, label in locale.labels("answers")} for locale in locales
        }

    def read(self, text: str, tag: str, found: Sequence[Found], ends: Sequence[ClauseEnd]) -> tuple[Sequence[Found], list[ClauseEnd]]:
        """Give the words of a sentence and the ends of its clauses; a label behind a value begins a segment, which has its own value."""
        if ":" not in text:
            return found, list(ends)
        kept, parted = list(found), list(ends)
        for place, (colon, end) in enumerate(pairwise(ends)):
            value = text[colon.place + 1 : end.place].strip() if text.startswith(":", colon.place) else ""
            start = text.find(value, colon.place + 1) if value else 0
            concept = self._concept(value, tag)
            if concept:
                kept = [item for item in kept if item.end <= colon.place or item.start >= end.place]
                kept.append(Found(start, start + len(value), concept, "answers", value, (tag,)))
            elif not value or not any(item.concept in _VERBS and (item.start, item.end) == (start, start + len(value)) for item in kept):
                continue
            if ends[place + 2 : place + 3] and text.startswith(":", ends[place + 2].place):
                parted[place + 1] = end._replace(ends_segment=True)
        return sorted(kept, key=_start), parted

    def _concept(self, value: str, tag: str) -> str | None:
        key = fold_key(value)
        return self._words.get(tag, {}).get(key) or self._words.get(_ROOT, {}).get(key)


def _start(item: Found) -> int:
    return item.start
