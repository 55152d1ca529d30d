"""Abstracts: one for each language, each with its parts in order."""

from __future__ import annotations

from typing import Any

from normalizers.records.desk import Desk
from normalizers.records.known import known
from normalizers.records.model import RawField
from normalizers.records.sections.base import Fields, language_of
from normalizers.results import Issue, Status


class AbstractSection:
    """Parts of one language that follow each other are parts of one abstract.

    The language is the one that is stated for the abstract. Where none is, and the record states a single language, it is that
    one, provided that the words of the abstract bear it out; else it stays open.
    """

    keys = frozenset({"abstract"})
    reads = keys | {"language"}
    repeats = False

    def build(self, fields: Fields, desk: Desk) -> dict[str, Any]:
        """Take the abstracts."""
        abstracts: list[dict[str, Any]] = []
        for raw in fields.valued("abstract"):
            shown, result = desk.text(raw, "abstract")
            if not shown:
                desk.decide(raw, result)
                continue
            stated = language_of(raw, desk, f"/abstracts/{len(abstracts)}/language")
            borne_out = None if stated else _language_of_record(shown, fields, desk)
            if borne_out:
                note = Issue("language_of_record", f"the record states {borne_out}, and the words of the abstract are of that language")
                result = result.with_issues(note)
            language = stated or borne_out
            if not abstracts or abstracts[-1].get("language") != language:
                abstracts.append(known(language=language) | {"parts": []})
            abstracts[-1]["parts"].append(shown)
            desk.decide(raw, result, f"/abstracts/{len(abstracts) - 1}/parts/{len(abstracts[-1]['parts']) - 1}")
        return known(abstracts=abstracts)


def _language_of_record(text: str, fields: Fields, desk: Desk) -> str | None:
    tags = {tag for raw in fields.valued("language") for tag in _tags(raw, desk)}
    return tags.pop() if len(tags) == 1 and desk.readers.function_words.supports(text, next(iter(tags))) else None


def _tags(raw: RawField, desk: Desk) -> tuple[str, ...]:
    result = desk.ask("language", raw.value or "")
    return result.identifiers if result.status is Status.MATCHED else ()
