"""What an index of terms looks for: equal texts once, whatever terms and locales they are of."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any, NamedTuple

from msgspec import Struct

from normalizers.folding import fold
from normalizers.term_rows import Shared, TermRows, pack_rows

ANY_ENDING = ("",)
"""What must follow a stem with a star behind it: whatever the word goes on with."""

_ONE_WORD = frozenset({(), ANY_ENDING})
"""What follows the text of terms that go on in no further word."""


class Term(Struct, frozen=True):
    """A wording to look for. ``prefixes`` are folded particles that may be joined to its front."""

    section: str
    concept: str
    locale: str
    label: str
    prefixes: tuple[str, ...] = ()


class Branch(NamedTuple):
    """A pattern of several words that begins like others: the pieces that follow, each after the end of a word, and its terms."""

    rest: tuple[str, ...]
    rows: tuple[Shared, ...]
    joinable: tuple[Term, ...]


class Patterns(NamedTuple):
    """What stands behind what the automaton looks for: which of ``nexts`` must follow the end of the word, or nothing where there are none.

    Columns, since a search touches few of them for most of what the automaton finds. ``rows`` are the terms of each pattern, and
    ``joinable`` those to whose front particles may be joined. Patterns of several words that begin alike ("licen* ... permit*") are
    looked for once, behind all others, and parted by their ``branches``.
    """

    nexts: tuple[tuple[str, ...], ...]
    open_starts: bytes
    rows: TermRows
    joinable: dict[int, tuple[Term, ...]]
    branches: dict[int, tuple[Branch, ...]]


def build_patterns(terms: Iterable[Term], apart: Container[str]) -> tuple[list[str], Patterns]:
    """Put terms together by what is looked for; ``apart`` are sections of which the order over all locales counts."""
    plain: dict[tuple[str, bool, tuple[str, ...]], list[Term]] = {}
    parted: dict[tuple[str, bool], dict[tuple[str, ...], list[Term]]] = {}
    held = _Held()
    for term in terms:
        text, *pieces = _chunks(term.label)
        rest, is_open = held[tuple(pieces)], term.label.startswith("*")
        if text and rest in _ONE_WORD:
            plain.setdefault((text, is_open, rest), []).append(term)
        elif text:
            parted.setdefault((text, is_open), {}).setdefault(rest, []).append(term)
    joinable = {entry: _joinable(found) for entry, found in enumerate(plain.values())}
    branches = [
        tuple(Branch(rest, held.all(share(found, apart)), _joinable(found)) for rest, found in rests.items()) for rests in parted.values()
    ]
    patterns = Patterns(
        (*(rest for _, _, rest in plain), *(tuple(dict.fromkeys(first for first, *_ in rests)) for rests in parted.values())),
        bytes([*(is_open for _, is_open, _ in plain), *(is_open for _, is_open in parted)]),
        pack_rows(share(found, apart) for found in plain.values()),
        {entry: found for entry, found in joinable.items() if found},
        dict(enumerate(branches, len(plain))),
    )
    return [*(text for text, _, _ in plain), *(text for text, _ in parted)], patterns


def _joinable(terms: Iterable[Term]) -> tuple[Term, ...]:
    return tuple(term for term in terms if term.prefixes)


class _Held(dict[Any, Any]):
    """Gives one of all equal words, or rows of words: a hundred thousand terms have the same few concepts and locales."""

    def __missing__(self, said: Any) -> Any:
        self[said] = said
        return said

    def all(self, rows: Iterable[Shared]) -> tuple[Shared, ...]:
        """Give equal rows that are made of what is held."""
        return tuple((self[concept], self[section], self[label], self[locales]) for concept, section, label, locales in rows)


def share(terms: Iterable[Term], apart: Container[str]) -> tuple[Shared, ...]:
    """Put terms together that differ in their locale alone. Those of one locale keep their order; those ``apart`` do over all locales."""
    rows: list[tuple[tuple[str, str, str], dict[str, None]]] = []
    for term in terms:
        key = (term.concept, term.section, term.label)
        place = next((number for number, row in enumerate(rows) if row[0] == key), len(rows))
        is_split = any(term.section in apart or term.locale in locales for _, locales in rows[place + 1 :])
        if place == len(rows) or is_split:
            rows.append((key, {}))
            place = -1
        rows[place][1][term.locale] = None
    return tuple((*key, tuple(locales)) for key, locales in rows)


def _chunks(label: str) -> list[str]:
    """Cut a label at its stars and fold the pieces; an empty last piece says that the last word goes on."""
    first, *rest = label.removeprefix("*").split("*")
    return [fold(first).text, *(" " + fold(piece).text if piece.strip() else "" for piece in rest)]
