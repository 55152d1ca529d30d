"""How much of the reference is read right, language by language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import langcodes

from bulk.coverage.reference import Kind, ReferenceLabel
from normalizers import Registry
from normalizers.results import Status

Facts = frozenset[tuple[str, bool]]

_STATES: Mapping[str, tuple[str, bool]] = MappingProxyType(
    {"by": ("attribution", True), "nc": ("commercial_use", False), "nd": ("derivatives", False), "sa": ("share_alike", True)}
)
"""The fact that a clause must yield to state a licence element."""

_SAME = 1
"""Distance (CLDR) of two tags that name one language, as ``no`` and ``nb``."""


class Outcome(StrEnum):
    """How a label was read; a text that is answered, but not as it should be, is worse than one that is not."""

    RIGHT = "right"
    WRONG = "wrong"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class LabelReading:
    """A label of the reference, the locale that it counts for, and what it was read as."""

    label: ReferenceLabel
    locale: str
    answer: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Tally:
    """How many labels there are, and how they were read."""

    total: int = 0
    right: int = 0
    wrong: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.total + other.total, self.right + other.right, self.wrong + other.wrong)

    def __str__(self) -> str:
        """Write the share, rounded down so that only all is 100 %, and the numbers behind it."""
        return f"{100 * self.right // self.total} % ({self.right}/{self.total})" if self.total else "–"


Tallies = Mapping[str, Mapping[Kind, Tally]]


def find_locale(language: str, tags: Iterable[str]) -> str | None:
    """Give the locale that a label in a language counts for: the nearest of the same language and script, if there is one."""
    wanted = langcodes.Language.get(language).maximize()
    # Where two are as near, the shorter tag is the language as such.
    others = sorted(tag for tag in tags if langcodes.Language.get(tag).is_valid())
    same = [tag for tag in others if _is_alike(langcodes.Language.get(tag).maximize(), wanted)]
    nearest, _ = langcodes.closest_match(language, same) if same else langcodes.closest_match(language, others, max_distance=_SAME)
    return nearest if nearest in others else None


def _is_alike(one: langcodes.Language, other: langcodes.Language) -> bool:
    return (one.language, one.script) == (other.language, other.script)


def assign_locales(labels: Iterable[ReferenceLabel], tags: Sequence[str]) -> Iterator[tuple[str, ReferenceLabel]]:
    """Yield each text once a kind and locale; one that has several meanings there is ambiguous by nature, and left out."""
    locales: dict[str, str | None] = {}
    by_text: dict[tuple[Kind, str, str, str], list[ReferenceLabel]] = defaultdict(list)
    for label in labels:
        if label.language not in locales:
            locales[label.language] = find_locale(label.language, tags)
        if locale := locales[label.language]:
            by_text[label.kind, locale, label.field, label.text.casefold()].append(label)
    for (_, locale, _, _), meanings in by_text.items():
        if len({label.wanted for label in meanings}) == 1:
            yield locale, meanings[0]


def unserved_languages(labels: Iterable[ReferenceLabel], tags: Sequence[str]) -> list[str]:
    """Name the languages of labels that count for no locale."""
    languages = {label.language for label in labels}
    return sorted({str(langcodes.Language.get(tag).language) for tag in languages if find_locale(tag, tags) is None})


def read_labels(registry: Registry, labels: Iterable[ReferenceLabel]) -> Iterator[LabelReading]:
    """Read every label that counts for a locale of the registry, without a hint of its language."""
    for locale, label in assign_locales(labels, registry.locales):
        read = _read_condition if label.kind is Kind.CONDITION else _read_answer
        answer, outcome = read(registry, label)
        yield LabelReading(label, locale, answer, outcome)


def _read_answer(registry: Registry, label: ReferenceLabel) -> tuple[str, Outcome]:
    result = registry.normalize(label.field, label.text)
    answered = result.status is Status.MATCHED
    answer = " ".join(result.identifiers) if answered else result.status.value
    if answer == label.wanted:
        return answer, Outcome.RIGHT
    return answer, Outcome.WRONG if answered else Outcome.UNREAD


def _read_condition(registry: Registry, label: ReferenceLabel) -> tuple[str, Outcome]:
    """A sentence is read wrong where its clauses say the contrary of what it states, even if they say that as well."""
    trace = registry.explain(label.field, label.text)["trace"]
    facts: Facts = frozenset((fact["question"], fact["holds"]) for clause in trace for fact in clause["facts"])
    question, holds = _STATES[label.wanted]
    answer = ", ".join(f"{question}: {'yes' if holds else 'no'}" for question, holds in sorted(facts)) or "nothing"
    if (question, not holds) in facts:
        return answer, Outcome.WRONG
    return answer, Outcome.RIGHT if (question, holds) in facts else Outcome.UNREAD


def tally_readings(readings: Iterable[LabelReading]) -> Tallies:
    """Count readings by locale and kind."""
    tallies: dict[str, dict[Kind, Tally]] = defaultdict(lambda: dict.fromkeys(Kind, Tally()))
    for reading in readings:
        right, wrong = reading.outcome is Outcome.RIGHT, reading.outcome is Outcome.WRONG
        tallies[reading.locale][reading.label.kind] += Tally(1, int(right), int(wrong))
    return tallies
