"""What a page says twice, in its tags and in its JSON-LD, said once."""

from __future__ import annotations

from collections.abc import Sequence

from normalizers.folding import fold_key
from normalizers.records.model import RawField

_PEOPLE = frozenset({"creator", "editor", "contributor", "advisor", "translator"})


def merge(tags: Sequence[RawField], linked: Sequence[RawField]) -> tuple[RawField, ...]:
    """Give the fields of both. One that says what a tag says is that tag, with what it adds to it: an ORCID, a language.

    Persons are the same where their names have the same words, of which some may be initials; anything else, where it is worded alike.
    What differs stays beside the tags: whoever reads the record sees both, and that they differ.
    """
    merged = list(tags)
    for field in linked:
        at = next((at for at, tag in enumerate(merged[: len(tags)]) if _says_the_same(tag, field)), None)
        if at is None:
            merged.append(field)
        else:
            merged[at] = _with_parts(merged[at], field)
    return tuple(merged)


def _says_the_same(tag: RawField, field: RawField) -> bool:
    if not tag.key or tag.key != field.key:
        return False
    if tag.key in _PEOPLE:
        return is_same_name(_name(tag), _name(field))
    return bool(tag.value) and fold_key(tag.value or "") == fold_key(field.value or "")


def _name(field: RawField) -> str:
    """Give the name of a person, put together of its halves where it is not given whole."""
    halves = [part.value or "" for part in field.parts if part.key in {"family_name", "given_name"}]
    return field.value or " ".join(halves)


def is_same_name(one: str, other: str) -> bool:
    """Tell whether two names may be one person's: each word of the shorter is a word of the longer, or an initial of one.

    >>> is_same_name("Tarrés Bru, Miquel", "M. Tarrés Bru"), is_same_name("Puig, Anna", "Puig, Pere")
    (True, False)
    """
    short, long = sorted((fold_key(name).split() for name in (one, other)), key=len)
    whole = 0
    for word in short:
        found = word if word in long else next((each for each in long if _is_initial(word, each)), None)
        if found is None:
            return False
        long.remove(found)
        whole += found == word and len(word) > 1
    return whole > 0


def _is_initial(one: str, other: str) -> bool:
    return (len(one) == 1 or len(other) == 1) and one[0] == other[0]


def _with_parts(tag: RawField, field: RawField) -> RawField:
    """Add what stands beside a value, but for what stands beside the tag already."""
    known = {part.key for part in tag.parts if part.key}
    return tag._replace(parts=(*tag.parts, *(part for part in field.parts if part.key not in known)))
