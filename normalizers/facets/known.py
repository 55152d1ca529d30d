"""Labels that are whole texts, with what they are answered: read once, when the registry is built, and told apart by their key alone.

Only the place and the wording of a text differ between two texts of one key, so only its evidence is made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

from msgspec.structs import replace

from normalizers.facets.words import lists, span_of_words
from normalizers.reading import Query
from normalizers.results import Evidence, Method, Result, Status


class KnownLabels:
    """The labels of one field that have one answer wherever they stand alone. Immutable."""

    def __init__(self, name: str, keys: Iterable[str], read: Callable[[Query], Result]) -> None:
        answers = ((key, read(Query(name, key))) for key in keys)
        blank = {key: _blank(answer) for key, answer in answers if _is_plain(answer)}
        alike: dict[Hashable, Result] = {}
        self._known = {key: alike.setdefault(_said(answer), answer) for key, answer in blank.items()}

    def answer(self, query: Query) -> Result | None:
        """Answer a text that is one of these labels and nothing else; None for all others, and where a locale may decide."""
        text = query.text
        known = self._known.get(query.key) if query.locale is None else None
        if known is None or "/" in text or lists(text):
            return None
        start, end = span_of_words(query)
        read = text[start:end]
        evidence = tuple([Evidence(start, end, read, one.rule, one.yields) for one in known.evidence])
        return replace(known, text=text, evidence=evidence)


def _is_plain(answer: Result) -> bool:
    """Tell whether nothing in an answer depends on how its label is written: neither a code nor what stands beside a type was read."""
    whole = all((one.start, one.end) == (0, len(answer.text)) for one in answer.evidence)
    return answer.status is Status.MATCHED and answer.method is Method.LABEL and whole and "facets" not in answer.details


def _blank(answer: Result) -> Result:
    """Give an answer without its text, as all labels share it that are answered alike."""
    evidence = tuple(replace(one, start=0, end=0, text="") for one in answer.evidence)
    return replace(answer, text="", evidence=evidence)


def _said(answer: Result) -> Hashable:
    """Give what tells an answer from others; the details follow from the identifiers."""
    return answer.identifiers, answer.locale, answer.candidates, answer.issues, answer.evidence
