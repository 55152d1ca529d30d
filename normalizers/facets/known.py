"""Labels that are whole texts, with what they are answered: read once, when the registry is built, and told apart by their key alone.

Only the place and the wording of a text differ between two texts of one key, so only its evidence is made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from normalizers.facets.words import lists, span_of_words
from normalizers.reading import Query
from normalizers.results import Candidate, Evidence, Issue, Method, Result, Status, VocabularyStamp


@dataclass(frozen=True, slots=True)
class _Known:
    """What is answered to a label, but for its text; ``read`` are the rules that read it, and what they yield.

    The details follow from the identifiers.
    """

    identifiers: tuple[str, ...]
    locale: str | None
    candidates: tuple[Candidate, ...]
    issues: tuple[Issue, ...]
    read: tuple[tuple[str, str], ...]
    vocabulary: VocabularyStamp | None
    details: Mapping[str, Any] = field(compare=False)


class KnownLabels:
    """The labels of one field that have one answer wherever they stand alone. Immutable."""

    def __init__(self, name: str, keys: Iterable[str], read: Callable[[Query], Result]) -> None:
        answers = ((key, read(Query(name, key))) for key in keys)
        known = {key: _known(answer) for key, answer in answers if _is_plain(answer)}
        alike: dict[_Known, _Known] = {}
        self._known = {key: alike.setdefault(one, one) for key, one in known.items()}

    def answer(self, query: Query) -> Result | None:
        """Answer a text that is one of these labels and nothing else; None for all others, and where a locale may decide."""
        text = query.text
        known = self._known.get(query.key) if query.locale is None else None
        if known is None or "/" in text or lists(text):
            return None
        start, end = span_of_words(query)
        read = text[start:end]
        return Result(
            query.field,
            text,
            Status.MATCHED,
            known.identifiers,
            Method.LABEL,
            known.locale,
            None,
            known.candidates,
            known.issues,
            tuple([Evidence(start, end, read, *rule) for rule in known.read]),
            known.vocabulary,
            None,
            known.details,
        )


def _is_plain(answer: Result) -> bool:
    """Tell whether nothing in an answer depends on how its label is written: neither a code nor what stands beside a type was read."""
    whole = all((one.start, one.end) == (0, len(answer.text)) for one in answer.evidence)
    return answer.status is Status.MATCHED and answer.method is Method.LABEL and whole and "facets" not in answer.details


def _known(answer: Result) -> _Known:
    read = tuple((one.rule, one.yields) for one in answer.evidence)
    return _Known(answer.identifiers, answer.locale, answer.candidates, answer.issues, read, answer.vocabulary, answer.details)
