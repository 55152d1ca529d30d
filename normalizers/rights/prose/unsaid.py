"""What a text says that it leaves open: "whether it may be sold is not stated", "of changes the record says nothing".

Such words neither grant nor deny. The acts that they are of, with the verbs around them, are taken out of the sentence before it is cut
into clauses, and each of them is noted as open. Two concepts of the lexicon tell: ``unsaid``, a predicate that says that nothing is said,
and ``whether``, which begins or ends an indirect question. The first needs no second; the second is enough where a verb of permission
stands with it ("whether one may sell it, the office decides"), for without one it only concedes ("whether for money or for free").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from normalizers.rights.prose.clause import ASKS, DENIES, Clause, Fact
from normalizers.rights.prose.constructions import Word
from normalizers.rights.prose.endings import longest_with_endings
from normalizers.rights.prose.marks import ClauseEnd
from normalizers.terms import Found

OPEN_CONCEPTS = frozenset({"unsaid", "whether"})
QUESTION_OF = {**ASKS, **DENIES}
_VERBS = frozenset({"permit", "forbid", "imperative", "no_objection", "no_limit"})
_RULES = _VERBS | {"require", "obligation", "permission", "credit", "same_license", "not", "not_required"}
_KEPT = frozenset({"credit", "require", "obligation", "permission", "same_license", "terms", "but", "however", "ignored"})
_CONDITIONS = frozenset({"provided", "unless"})
_IN_PREDICATES = frozenset({"not", "concord", "nor", "neither", "not_after", "without", "credit", "ignored"})
_NEXT = 3


class _Stretch(Struct, frozen=True):
    """What stands between two marks or a "but"; ``leads`` says that it is the first of its segment, ``turns`` that "but" opens it."""

    start: int
    end: int
    leads: bool
    turns: bool


_Span = tuple[int, int]


def hush_unsaid(ends: Sequence[ClauseEnd], found: Sequence[Found], tag: str) -> tuple[Sequence[Found], Sequence[Clause]]:
    """Take what is left open out of the words of a sentence, and give the words that remain, and a clause for what is open, if any is."""
    if all(item.concept not in OPEN_CONCEPTS for item in found):
        return found, ()
    silence = _Silence(ends, found)
    spans = list(silence.spans())
    rest = [item for item in found if item.concept not in OPEN_CONCEPTS and not silence.hushes(item, spans)]
    words = [Word(item.concept, item.start, item.end, item.rule_of(tag)) for item in silence.acts if _within(item.start, spans)]
    return rest, [Clause(None, (), tag, leads=True, facts=[Fact("unsaid", holds=True, word=word) for word in words])] if words else []


class _Silence:
    """The words of a sentence that tell how far what is left open reaches."""

    def __init__(self, ends: Sequence[ClauseEnd], found: Sequence[Found]) -> None:
        outermost = _outermost(found)
        self.silences = [item for item in outermost if item.concept == "unsaid"]
        self._whethers = [item for item in outermost if item.concept == "whether"]
        self._conditions = [item for item in outermost if item.concept in _CONDITIONS]
        self._words = [item for item in found if item.concept not in OPEN_CONCEPTS]
        others = [item for item in self._words if not _touches(item, self.silences)]
        self.acts = [item for item in longest_with_endings(others) if item.concept in QUESTION_OF]
        self._verbs = [item for item in others if item.concept in _VERBS]
        self._own_verbs = [item for item in _outermost(others) if item.concept in _VERBS]
        self._rules = [item for item in others if item.concept in _RULES]
        self._stretches = _stretches(ends, [item.start for item in outermost if item.concept == "but"])

    def hushes(self, item: Found, spans: Sequence[_Span]) -> bool:
        """Tell whether a word says nothing: it stands in what is open, or is part of the predicate that says so."""
        inside = [span for span in spans if span[0] <= item.start < span[1]]
        of_predicate = any(_touches(item, [silence]) and _within(silence.start, spans) for silence in self.silences)
        return of_predicate or (bool(inside) and item.concept not in _KEPT)

    def spans(self) -> Iterator[_Span]:
        """Yield what each predicate leaves open, itself included, and then what the questions without one do."""
        taken: list[_Span] = []
        for silence in self.silences:
            if not self._is_condition(silence):
                taken += self._spans_of(silence)
        yield from taken
        for whether in self._whethers:
            if not _within(whether.start, taken):
                yield from self._asked(whether)

    def _is_condition(self, silence: Found) -> bool:
        """Tell whether the predicate is itself a condition or an exception ("unless it is stated")."""
        here = self._stretches[self._index(silence.start)]
        before = [item for item in self._conditions if here.start <= item.start < silence.start]
        return bool(before) and not self._has([*self.acts, *self._verbs], before[-1].end, silence.start)

    def _spans_of(self, silence: Found) -> list[_Span]:
        """Give the question behind the predicate, or before it; or else what it is of: beside it, before it, behind it."""
        index = self._index(silence.start)
        here = (silence.start, silence.end)
        behind = self._question_behind(silence, index)
        if behind is not None:
            here = (silence.start, behind)
            if self._has(self.acts, *here):
                return [here]
        for span in (self._question_before(silence, index), *self._beside(silence, index), self._before(index), self._behind(index)):
            if span is not None and self._has(self.acts, *span):
                return [here, span]
        return [here] if self._is_plain(silence) else []

    def _is_plain(self, silence: Found) -> bool:
        """Tell whether a predicate means nothing else, as "not yet decided" does of a licence."""
        return all(item.concept in _IN_PREDICATES for item in self._words if _touches(item, [silence]))

    def _question_behind(self, silence: Found, index: int) -> int | None:
        """Give the end of the question that begins right behind a predicate; "if" begins one there without a comma before it."""
        stretch = self._stretches[index]
        conditions = [item for item in self._conditions if item.concept == "provided" and item.start < stretch.end]
        questions = [item for item in (*self._whethers, *conditions) if item.start >= silence.end]
        first = min(questions, key=lambda item: item.start, default=None)
        if first is None or self._has(self.acts, silence.end, first.start) or self._index(first.start) > index + 1:
            return None
        return self._list_end(self._index(first.start))

    def _question_before(self, silence: Found, index: int) -> _Span | None:
        """Give the question before a predicate in its segment; one with "if" has a verb of its own."""
        head = self._stretches[self._head(index)].start
        conditions = [item for item in self._conditions if self._has(self._verbs, item.end, silence.start) and item.concept == "provided"]
        questions = [item for item in (*self._whethers, *conditions) if head <= item.start < silence.start]
        if not questions:
            return None
        last = max(questions, key=lambda item: (item.concept == "whether", item.start))
        return self._start_of(last, silence.start), silence.end

    def _start_of(self, whether: Found, end: int) -> int:
        """Give where a question begins: at its word, or where that stands last or amid bare acts, with what stands before it."""
        index = self._index(whether.start)
        stretch = self._stretches[index]
        if self._has(self.acts, whether.start, end) and self._has(self._rules, stretch.start, whether.start):
            return whether.start
        return self._list_start(index)

    def _beside(self, silence: Found, index: int) -> Iterator[_Span]:
        """Yield the parts of the predicate's own stretch that may be what it is of: first those without a verb, behind a verb before it."""
        stretch = self._stretches[index]
        left, right = (stretch.start, silence.start), (silence.end, stretch.end)
        ruled = max((item.end for item in self._rules if item.start >= left[0] and item.end <= left[1]), default=left[0])
        if ruled == left[0]:
            left = (self._list_start(index), left[1])
        elif self._has(self.acts, ruled, left[1]):
            left = (ruled, left[1])
        if not self._has(self._rules, *right):
            right = (right[0], self._list_end(index, complete=True))
        sides = [span for span in (left, right) if self._has(self.acts, *span)]
        bare = [span for span in sides if not self._has(self._rules, *span)]
        if bare:
            yield min(span[0] for span in bare), max(span[1] for span in bare)
        yield from sides

    def _before(self, index: int) -> _Span | None:
        """Give the bare stretches right before one ("changes, sale - not stated")."""
        if index == self._head(index):
            return None
        start = self._list_start(index)
        return (start, self._stretches[index - 1].end) if start < self._stretches[index].start else None

    def _behind(self, index: int) -> _Span | None:
        """Give the bare stretches right behind one ("nothing is said about: changes, sale")."""
        stretch = self._stretches[index]
        end = self._list_end(index, complete=True)
        return (stretch.end, end) if end > stretch.end else None

    def _asked(self, whether: Found) -> Iterator[_Span]:
        """Yield a question without a predicate: acts and a verb of permission behind its word, or right before one that stands last."""
        index = self._index(whether.start)
        stretch = self._stretches[index]
        if not self._has(self.acts, stretch.start, whether.start):
            if all(self._has(items, whether.start, stretch.end) for items in (self.acts, self._own_verbs)):
                yield whether.start, self._list_end(index)
        elif any(0 <= whether.start - verb.end < _NEXT for verb in self._verbs):
            yield self._list_start(index), whether.end

    def _list_start(self, index: int) -> int:
        """Give where the bare stretches begin that lead up to a stretch."""
        while index > self._head(index) and not self._stretches[index].turns:
            before = self._stretches[index - 1]
            if self._has(self._rules, before.start, before.end):
                break
            index -= 1
        return self._stretches[index].start

    def _list_end(self, index: int, *, complete: bool = False) -> int:
        """Give where the stretches end that go on with a question: up to the first verb, which ``complete`` has, and bare ones behind."""
        complete = complete or self._has(self._verbs, self._stretches[index].start, self._stretches[index].end)
        for behind in self._stretches[index + 1 :]:
            ruled = self._has(self._rules, behind.start, behind.end)
            if behind.leads or behind.turns or (complete and ruled):
                break
            complete = complete or ruled
            index += 1
        return self._stretches[index].end

    def _head(self, index: int) -> int:
        while not self._stretches[index].leads:
            index -= 1
        return index

    def _index(self, place: int) -> int:
        return next(number for number, stretch in enumerate(self._stretches) if place < stretch.end)

    @staticmethod
    def _has(items: Iterable[Found], start: int, end: int) -> bool:
        return any(start <= item.start < end for item in items)


def _stretches(ends: Sequence[ClauseEnd], turns: Sequence[int]) -> list[_Stretch]:
    """Cut a sentence at its marks and before each "but"."""
    segments = {end.place for end in ends if end.ends_segment}
    places = sorted({0, *(end.place for end in ends), *turns})
    return [_Stretch(start, end, start == 0 or start in segments, start in turns) for start, end in pairwise(places)]


def _outermost(found: Sequence[Found]) -> list[Found]:
    """Leave out the words that stand inside a longer one: "whether" in "no matter whether"."""
    kept: list[Found] = []
    for item in found:  # by start, and the longer first
        if not any(other.end >= item.end and (other.start, other.end) != (item.start, item.end) for other in kept):
            kept.append(item)
    return kept


def _touches(item: Found, others: Sequence[Found]) -> bool:
    return any(item.start < other.end and other.start < item.end for other in others)


def _within(place: int, spans: Sequence[_Span]) -> bool:
    return any(start <= place < end for start, end in spans)
