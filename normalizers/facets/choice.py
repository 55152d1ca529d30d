"""Which concept a label names where it names several."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from normalizers.facets.index import LANGUAGE_INDEPENDENT
from normalizers.localedata import Entry, LabelKind

_RANKS = {LabelKind.PREF: 0, LabelKind.ALT: 1, LabelKind.HIDDEN: 2}


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry a concept that the label names, and the one that was chosen; None where they stand equal."""

    options: tuple[Entry, ...]
    chosen: Entry | None


def choose(entries: Iterable[Entry], is_broader: Callable[[str, str], bool]) -> Choice:
    """Choose among the concepts that one label names.

    A name of no language goes before a word of one, a preferred label before an alternative one, both before a hidden one; of
    what is left, a concept that is broader than all others stands for them, since it is true of each. Otherwise none is chosen.
    """
    best: dict[str, Entry] = {}
    for entry in entries:
        known = best.get(entry.concept)
        if known is None or _rank(entry) < _rank(known):
            best[entry.concept] = entry
    options = tuple(best.values())
    first = min(map(_rank, options))
    leading = [entry for entry in options if _rank(entry) == first]
    covering = [entry for entry in leading if all(entry is other or is_broader(entry.concept, other.concept) for other in leading)]
    return Choice(options, covering[0] if len(covering) == 1 else None)


def _rank(entry: Entry) -> tuple[int, bool]:
    return _RANKS[entry.kind], entry.locale != LANGUAGE_INDEPENDENT
