"""The places of a text that name Creative Commons itself, without saying which licence."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from normalizers.results import Evidence
from normalizers.rights.denials import Surroundings
from normalizers.rights.scopes import is_of_metadata
from normalizers.terms import Found, Hits

_NAMING = 3
"""Characters of a name; two letters alone are none."""


class Mentions(Struct, frozen=True):
    """The first place that names Creative Commons and applies, and the words of each that denies it."""

    applying: tuple[Evidence, ...] = ()
    denied: tuple[Evidence, ...] = ()


def read_mentions(surroundings: Surroundings, hits: Hits, outside: Hits, *, reserved: bool) -> Mentions:
    """Find the first mention that applies: neither denied nor, where the work is in copyright, of its metadata only."""
    names = outside.named("license_names", "CC")
    if not names:
        return Mentions()
    query, main = surroundings.query, surroundings.main
    denied: list[Evidence] = []
    for name in names:
        if len(name.label) < _NAMING or (reserved and is_of_metadata(query, hits, name.start)):
            continue
        denial = surroundings.denial(name.start, name.end)
        if denial is None:
            applying = query.folded_evidence(name.start, name.end, _rule_of(name, names, main), "Creative Commons")
            return Mentions((applying,), tuple(denied))
        denied.append(query.folded_evidence(denial.start, denial.end, denial.of(main).rule, "denied"))
    return Mentions((), tuple(denied))


def _rule_of(name: Found, names: Sequence[Found], main: str | None) -> str:
    """Name the rule that read a name which many locales have: that of the text's own locale, or else the first."""
    same = [item for item in names if (item.start, item.end) == (name.start, name.end)]
    return next((item for item in same if main in item.locales), same[0]).of(main).rule
