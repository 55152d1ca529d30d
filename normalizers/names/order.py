"""Splits a name without a comma, where its own form says which part is the family name.

"Given Family" and "Family Given" look alike: Hungarians, Chinese and many records put the family first. So a name is only split
if initials, capitals, a particle or the script decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from normalizers.folding import fold_key, is_unspaced
from normalizers.names.words import NameWords

_INITIALS = re.compile(r"(?:[^\W\d_]\.-?){1,4}|[^\W\d_]")
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz ]+")
_MOST_FAMILY_WORDS = 3
_LONGEST_ACRONYM = 3


class Split(Struct, frozen=True):
    """A name in two, and what decided."""

    family: str
    given: str
    reason: str


def split_name(words: Sequence[str], names: NameWords) -> Split | None:
    """Split a name into family and given name, or leave it."""
    if len(words) < 2:  # noqa: PLR2004 - one word cannot be split
        return None
    return _by_script(words) or _by_capitals(words) or _by_initials(words) or _by_particle(words, names)


def starts_with_initial(name: str) -> bool:
    """Tell whether a name starts with initials that something follows: "A. Puig", which no family name before a comma does."""
    words = name.split()
    return len(words) > 1 and _is_initial(words[0]) and words[0].endswith(".") and not _is_initial(words[-1])


def _by_script(words: Sequence[str]) -> Split | None:
    """Names in Han, kana and hangul put the family first."""
    if len(words) == 2 and all(is_unspaced(character) for word in words for character in word):  # noqa: PLR2004 - family and given
        return Split(words[0], words[1], "script")
    return None


def _by_capitals(words: Sequence[str]) -> Split | None:
    """A family name all in capitals beside a given name that is not."""
    capital = [_is_capital(word) for word in words]
    for first in (True, False):
        ordered = capital if first else capital[::-1]
        count = next((place for place, is_family in enumerate(ordered) if not is_family), len(words))
        if 0 < count < len(words) and not any(ordered[count:]) and any(_is_mixed(word) for word in words):
            family, given = (words[:count], words[count:]) if first else (words[-count:], words[:-count])
            return Split(" ".join(family), " ".join(given), "capitals")
    return None


def _by_initials(words: Sequence[str]) -> Split | None:
    """Initials belong to the given name: "J. Ordi Ros", "Ordi Ros J", "John F. Kennedy"."""
    initial = [_is_initial(word) for word in words]
    leading = next((place for place, is_initial in enumerate(initial) if not is_initial), len(words))
    trailing = next((place for place, is_initial in enumerate(reversed(initial)) if not is_initial), len(words))
    if 0 < leading < len(words) and not any(initial[leading:]) and len(words) - leading <= _MOST_FAMILY_WORDS:
        return Split(" ".join(words[leading:]), " ".join(words[:leading]), "initials")
    if 0 < trailing < len(words) and not any(initial[:-trailing]) and len(words) - trailing <= _MOST_FAMILY_WORDS:
        return Split(" ".join(words[:-trailing]), " ".join(words[-trailing:]), "initials")
    if len(words) > 2 and not initial[0] and not initial[-1] and all(initial[1:-1]):  # noqa: PLR2004 - given, initials, family
        return Split(words[-1], " ".join(words[:-1]), "initials")
    return None


def _by_particle(words: Sequence[str], names: NameWords) -> Split | None:
    """A particle between one word and one word: "Simone de Beauvoir"; with more words, it may belong to the given name."""
    length = names.particle_length(words, 1)
    if length and len(words) == length + 2 and all(word[:1].islower() for word in words[1 : 1 + length]):
        return Split(" ".join(words[1:]), words[0], "particle")
    return None


def _is_capital(word: str) -> bool:
    """Two or three capitals may be initials or a short name ("JA", "LI"); capitals without a vowel are an acronym."""
    letters = [character for character in word if character.isalpha()]
    return (
        len(letters) > _LONGEST_ACRONYM and all(character.isupper() for character in letters) and not _CONSONANTS.fullmatch(fold_key(word))
    )


def _is_mixed(word: str) -> bool:
    return word[:1].isupper() and any(character.islower() for character in word)


def _is_initial(word: str) -> bool:
    return _INITIALS.fullmatch(word) is not None and word[:1].isupper()
