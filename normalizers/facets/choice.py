"""Which concept a label names where it names several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import reduce

from msgspec import Struct

from normalizers.facets.index import LANGUAGE_INDEPENDENT, is_code
from normalizers.localedata import Entry, LabelKind


class Choice(Struct, frozen=True):
    """One entry a concept that the label names, and the one that was chosen; None where they stand equal."""

    options: tuple[Entry, ...]
    chosen: Entry | None


def choose(entries: Iterable[Entry], is_broader: Callable[[str, str], bool]) -> Choice:
    """Choose among the concepts that one label names.

    A word goes before a code or a misspelling that looks like it, a name of no language before a word of one, and within a language
    what the label is the preferred name of before what it is another name of. Of what is left the concept is chosen on which all
    languages that have the label agree, or else the one that is broader than all others, since it is true of each. Otherwise none is.
    What a word of some language names beside a name of no language is an option, but never chosen; so is what a language keeps hidden,
    because another one writes a common word like it (Portuguese "relatório" is a lecture in Galician).
    """
    entries = tuple(entries)
    if len(entries) == 1:
        return Choice(entries, entries[0])
    shown = [entry for entry in entries if entry.kind is not LabelKind.HIDDEN] or entries
    standing = [entry for entry in shown if entry.locale == LANGUAGE_INDEPENDENT] or shown
    if all(entry.concept == standing[0].concept for entry in standing):
        words = [entry for entry in entries if entry in shown or not is_code(entry)]
        others = {entry.concept: entry for entry in reversed(words) if entry.concept != standing[0].concept}
        return Choice((standing[0], *reversed(others.values())), standing[0])
    options = tuple({entry.concept: entry for entry in reversed(standing)}.values())[::-1]
    agreed = reduce(frozenset.__and__, _by_locale(standing))
    pool = [entry for entry in options if entry.concept in agreed] or options
    covering = [entry for entry in pool if all(entry is other or is_broader(entry.concept, other.concept) for other in pool)]
    return Choice(options, covering[0] if len(covering) == 1 else None)


def _by_locale(entries: Sequence[Entry]) -> list[frozenset[str]]:
    named: dict[str, list[Entry]] = {}
    for entry in entries:
        named.setdefault(entry.locale, []).append(entry)
    preferred = ([entry for entry in own if entry.kind is LabelKind.PREF] or own for own in named.values())
    return [frozenset(entry.concept for entry in own) for own in preferred]
