"""Which of the licences that a text names it denies ("this work is not under CC BY 4.0"), by word order and punctuation.

A licence is denied by a phrase that says so (``not_licensed``), or by a plain "not" that nothing else takes up: before it, with little
between them, or behind it as the last word of its clause. What is forbidden beside it ("no commercial use, CC BY-NC") denies no licence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from string import ascii_letters

from msgspec import Struct

from normalizers.folding import is_unspaced
from normalizers.reading import Query
from normalizers.results import Evidence, Method
from normalizers.rights.model import Reading
from normalizers.rights.spans import Spans
from normalizers.rights.speech import Speech
from normalizers.terms import Found, Hits, longest

_start_of = itemgetter(0)
_WINDOW = 90
_REACH = 45
_FEW_WORDS = 4
_SHORT_WORD = 5
_TAIL = 8
_TAIL_OF_SIGNS = 3
_PLAIN = frozenset({"not", "nor", "without", "neither"})
_PLAIN_BEHIND = frozenset({"not", "not_after"})
_DENYING = _PLAIN | _PLAIN_BEHIND | {"not_licensed", "forbid"}
_FORBIDDABLE = frozenset({"commercial", "noncommercial", "not_commercial", "adapt", "unmodified", "credit"})
_CONDITIONS = frozenset({"provided", "unless"})
_NEUTRAL = frozenset({"terms", "share", "use", "either", "ignored", "concord", "permit", *_PLAIN, *_PLAIN_BEHIND})
_ALTERNATIVES = frozenset({"either", "nor", "terms"})
_STATEMENTS = frozenset({"statements", "rights_statements", "rights_status"})
_PARTS = frozenset({"part", "metadata", "excluded"})
_PAUSE = re.compile(r"[,;!?()\[\]|\n\r\t。、،؛؟।۔，；：！？（）]|:(?!/)|\.(?=\s|$)|\s[-–—•·]\s|[–—]")
_STOP = re.compile(r"[;!?]|\.(?=\s|$)")
_ADDRESS = re.compile(r"(?:https?:|www\.|(?<![\w.])(?:[\w-]+\.)+[a-z]{2,4}/)[^\s<>\"'，。；、）]*", re.IGNORECASE)
_LETTERS_OF_ADDRESS = ascii_letters + ":/.-"
_LONGEST_START = 40
_WORD = re.compile(r"[^\W\d_]+")


class Denials(Struct, frozen=True):
    """The readings of a text that stand, those that it denies, and the words that deny; ``of_part`` says that only parts are spoken of."""

    standing: tuple[Reading, ...]
    denied: tuple[Reading, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    of_part: bool = False


class Surroundings:
    """Cuts the sentences around names out of a text. What stands in a name or an address is no word of a sentence.

    ``speech`` is that of the text with its addresses. What most texts do not ask for is worked out when asked.
    """

    def __init__(self, query: Query, hits: Hits, names: Sequence[Reading], speech: Speech) -> None:
        self.query = query
        addresses = [match.span() for match in _ADDRESS.finditer(query.text)] if "/" in query.text else []
        self.hits = outside(query, hits, names, addresses)
        named = hits if not addresses else outside(query, hits, (), addresses)
        self._speech = speech if named is hits else Speech(query.folded.text, named, query.locale)

    @property
    def main(self) -> str | None:
        """The locale of most of the words."""
        return self._speech.main

    @cached_property
    def _starts(self) -> list[int]:
        return [item.start for item in self.hits.found]

    @cached_property
    def _denying(self) -> list[Found]:
        """The words that can deny; most texts have none near a name."""
        return [item for item in self.hits.of("lexicon", "statements") if item.concept in _DENYING]

    def may_deny(self) -> bool:
        """Tell whether the text has any word that can deny."""
        return bool(self._denying)

    def denial(self, start: int, end: int) -> Found | None:
        """Give the phrase or word that denies a name of the folded text, if any does."""
        first, last = (bisect_right(self._denying, place, key=_start_of) for place in (start - _WINDOW - 1, end + _REACH))
        near = any(item.end >= start - _REACH for item in self._denying[first:last])
        return self.clause(start, end).denial() if near else None

    def clause(self, start: int, end: int) -> NamedClause:
        """Give the sentence of a name in the folded text, no further than some words from it."""
        text = self.query.folded.text
        first, last = max(0, start - _WINDOW), min(len(text), end + _WINDOW)
        begin = max((match.end() for match in _STOP.finditer(text, first, start)), default=first)
        stop = next((match.start() for match in _STOP.finditer(text, end, last)), last)
        here = self.hits.found[bisect_left(self._starts, begin) : bisect_left(self._starts, stop)]
        inside = [item for item in here if item.end <= stop]
        stated = Spans((item.start, item.end) for item in inside if item.section in _STATEMENTS)
        return NamedClause(
            self.query,
            start,
            end,
            stop,
            tuple(item for item in self._words(inside) if item.concept not in _PLAIN or not stated.touch(item.start, item.end)),
            tuple(self._phrases(inside)),
            Spans((item.start, item.end) for item in inside if item.section == "license_names"),
            any(item.section == "scopes" and item.concept in _PARTS for item in inside),
        )

    def _phrases(self, inside: Sequence[Found]) -> Iterator[Found]:
        """Give the phrases that deny, in the language of the sentence or of the text: "no Creative Commons" is "from ..." in another."""
        tag = self._tag([item for item in inside if item.section == "lexicon"])
        for item in inside:
            spoken = tag is None or tag in item.locales or self.main in item.locales
            if spoken and item.section == "statements" and item.concept == "not_licensed":
                yield item

    def _tag(self, lexical: Sequence[Found]) -> str | None:
        return self._speech.locale_of(lexical) if lexical else None

    def _words(self, inside: Sequence[Found]) -> Iterator[Found]:
        """Give the words of one locale: that of the whole text, or else one with more words here than such as deny, which are short."""
        lexical = [item for item in inside if item.section == "lexicon"]
        tag = self._tag(lexical)
        if tag is None:
            return iter(())
        words = list(longest([item for item in lexical if tag in item.locales]))
        return iter(words if tag == self.main or any(item.concept not in _DENYING for item in words) else ())


class NamedClause(Struct, frozen=True):
    """A name from ``start`` to ``end`` of the folded text with the words of its sentence, which ends at ``stop``."""

    query: Query
    start: int
    end: int
    stop: int
    words: tuple[Found, ...]
    phrases: tuple[Found, ...]
    names: Spans
    speaks_of_part: bool

    def denial(self) -> Found | None:
        """Give the phrase or word that denies the name, if any does; one in a condition ("if it is not under ...") denies nothing."""
        return next((item for item in self._denials() if not self._is_conditional(item.start)), None)

    def goes_on_in(self, other: NamedClause, *, same: bool) -> bool:
        """Tell whether another name is an alternative of this one ("neither CC BY nor CC BY-SA"), or says the same again beside it."""
        if other.start < self.end:
            return True
        gap = self.query.folded.text[self.end : other.start]
        if _STOP.search(gap):
            return False
        unknown = self._unknown(self.end, other.start)
        joined = any(item.concept in _ALTERNATIVES for item in self.words if self.end <= item.start < other.start)
        turned = any(item.concept not in _NEUTRAL for item in self.words if self.end <= item.start < other.start)
        return not turned and not unknown and (same or joined)

    def _denials(self) -> Iterator[Found]:
        yield from (phrase for phrase in self.phrases if self._is_denied_by(phrase))
        yield from (word for word in self.words if self._is_denied_plainly_by(word))

    def _is_denied_by(self, phrase: Found) -> bool:
        if phrase.end <= self.start:
            return self._leads_to(phrase.end, self.start)
        return phrase.start < self.start or (phrase.start >= self.end and self._is_clear(self.end, phrase.start))

    def _is_denied_plainly_by(self, word: Found) -> bool:
        if word.end <= self.start:
            denies = word.concept in _PLAIN or word.concept == "forbid"
            return denies and self._leads_to(word.end, self.start) and not self._is_of_act(word)
        return word.concept in _PLAIN_BEHIND and word.start >= self.end and self._closes(word)

    def _is_of_act(self, denial: Found) -> bool:
        """Tell whether what is not permitted is an act named before ("commercial use is not permitted under CC BY-NC"), or right behind."""
        ruled = denial.concept == "forbid" or any(item.concept == "permit" and item.start > denial.start for item in self.words)
        acts = [item for item in self.words if item.concept in _FORBIDDABLE]
        if denial.concept == "forbid" and any(item.start >= self.end and self._is_clear(self.end, item.start) for item in acts):
            return True
        return ruled and any(item.start < denial.start for item in acts)

    def _is_conditional(self, place: int) -> bool:
        return any(item.concept in _CONDITIONS and item.start < min(place, self.start) for item in self.words)

    def _is_clear(self, start: int, end: int) -> bool:
        """Tell whether nothing between two places cuts the clause or takes the denial up."""
        if end <= start:
            return True
        if end - start > _REACH or _PAUSE.search(self.query.text, *self.query.folded.span(start, end)):
            return False
        return all(item.concept in _NEUTRAL for item in self.words if start <= item.start < end)

    def _leads_to(self, start: int, end: int) -> bool:
        """Tell whether a denial leads to the name: few words stand between them, and the last is a little one or speaks of licences."""
        if not self._is_clear(start, end):
            return False
        words = list(_WORD.finditer(self.query.folded.text, start, end))
        return len(self._unknown(start, end)) <= 1 and len(words) <= _FEW_WORDS and (not words or not self._unknown(words[-1].start(), end))

    def _closes(self, word: Found) -> bool:
        """Tell whether a plain "not" behind the name is the last word of its clause."""
        rest = self.query.folded.text[word.end : self.stop]
        pause = _PAUSE.search(rest)
        tail = rest[: pause.start()] if pause else rest
        return (
            len(tail) <= (_TAIL_OF_SIGNS if any(map(is_unspaced, tail)) else _TAIL)
            and self._is_clear(self.end, word.start)
            and len(self._unknown(self.end, word.start)) <= 1
        )

    def _unknown(self, start: int, end: int) -> list[str]:
        """List the longer words between two places that neither speak of licences nor are known to say nothing."""
        known = Spans((item.start, item.end) for item in (*self.words, *self.phrases))
        words = _WORD.finditer(self.query.folded.text, start, end)
        return [
            word.group()
            for word in words
            if len(word.group()) > _SHORT_WORD and not (self.names.touch(*word.span()) or known.touch(*word.span()))
        ]


def part_denied(surroundings: Surroundings, readings: Sequence[Reading]) -> Denials:
    """Part the readings that a text denies from those that it states; what is joined to a denied name by "or" is denied with it."""
    if not readings or not surroundings.may_deny():
        return Denials(tuple(readings))
    query, main = surroundings.query, surroundings.main
    ordered = sorted(readings, key=lambda reading: reading.start)
    clauses = [surroundings.clause(*_place(query, reading)) for reading in ordered]
    denying = [clause.denial() for clause in clauses]
    pairs = list(enumerate(pairwise(clauses)))
    for place, (left, right) in [*pairs, *reversed(pairs)]:
        if left.goes_on_in(right, same=ordered[place].unit == ordered[place + 1].unit):
            denying[place] = denying[place] or denying[place + 1]
            denying[place + 1] = denying[place + 1] or denying[place]
    denied = dict.fromkeys(number for number, phrase in enumerate(denying) if phrase)
    return Denials(
        tuple(reading for number, reading in enumerate(ordered) if number not in denied),
        tuple(ordered[number] for number in denied),
        tuple(query.folded_evidence(phrase.start, phrase.end, phrase.of(main).rule, "denied") for phrase in denying if phrase),
        of_part=bool(denied) and all(clauses[number].speaks_of_part for number in denied),
    )


def _place(query: Query, reading: Reading) -> tuple[int, int]:
    """Give where a reading stands in the folded text; an address begins at its scheme."""
    first = reading.start
    if reading.method is Method.URL:
        ahead = query.text[max(0, first - _LONGEST_START) : first]
        first -= len(ahead) - len(ahead.rstrip(_LETTERS_OF_ADDRESS))
    return query.folded.place(first), query.folded.place(max(item.end for item in reading.evidence))


def outside(query: Query, hits: Hits, names: Sequence[Reading], addresses: Sequence[tuple[int, int]] = ()) -> Hits:
    """Leave out the words that begin in a licence name, whose elements they are, or in an address."""
    if not names and not addresses:
        return hits
    taken = bytearray(len(query.text))
    for start, end in [*((name.start, max([item.end for item in name.evidence])) for name in names), *addresses]:
        taken[start:end] = b"\1" * (end - start)
    origins = query.folded.origins()
    kept = [item for item in hits.found if not taken[origins[item.start]]]
    return hits if len(kept) == len(hits.found) else Hits(kept)
