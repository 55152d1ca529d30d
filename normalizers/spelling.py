"""Finds the word or label that a misspelling is within one letter of: one letter wrong, missing, added, or two that changed places."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from string import ascii_lowercase

from normalizers.localedata import Entry

SHORTEST_LABEL = 8
"""Letters of a label of several words that is looked for: shorter ones are within one letter of each other."""

SHORTEST_WORD = 12
"""Letters of a single word; shorter ones are within a letter of words of other languages (Finnish "rakennus", Estonian "rakendus")."""

_LONGEST = 40
"""To try each letter of a longer text takes the square of its length."""


def neighbours(key: str) -> Iterator[str]:
    """Give every spelling within one letter of a key, each once; the first letter stands.

    >>> "finnish" in set(neighbours("finish"))
    True
    """
    seen = {key}
    for place in range(1, len(key) + 1):
        head, tail = key[:place], key[place:]
        made = [head + letter + tail for letter in ascii_lowercase]
        if tail:
            made += [head + tail[1:], *(head + letter + tail[1:] for letter in ascii_lowercase)]
        if len(tail) > 1:
            made.append(head + tail[1] + tail[0] + tail[2:])
        for word in made:
            if word not in seen:
                seen.add(word)
                yield word


def nearest_label(key: str, labels: Container[str], lookup: Callable[[str], tuple[Entry, ...]]) -> tuple[str, tuple[Entry, ...]] | None:
    """Give the spelling that a misspelt key stands for, and its entries, if all that is within a letter of it names one concept.

    Of the thousands of spellings hardly any is one of the ``labels``, so that only those are looked up.
    """
    letters = key.replace(" ", "")
    shortest = SHORTEST_LABEL if " " in key else SHORTEST_WORD
    if not (len(letters) >= shortest and len(key) <= _LONGEST and letters.isascii() and letters.isalpha()):
        return None
    near = {word: entries for word in neighbours(key) if word in labels and (entries := lookup(word))}
    concepts = {entry.concept for entries in near.values() for entry in entries}
    return (min(near), near[min(near)]) if len(concepts) == 1 else None
