"""Takes values as texts: cleaned, and quoted whole. What is met again and again is cleaned once."""

from __future__ import annotations

from functools import lru_cache

from normalizers.records.characters import clean_text
from normalizers.records.shapes import LINE_RULES
from normalizers.results import Evidence, Issue, Result, Status

KEPT = 16_384
"""Texts that are kept: an aggregator has some thousand persons, subjects and journals that stand in many records."""

LONGEST_KEPT = 200
"""Characters of the longest text that is kept: longer ones hardly repeat."""

ONCE = frozenset({"title", "abstract", "description", "table_of_contents", "citation", "alternative_title", "record_identifier"})
"""Fields whose texts stand in one record each: they would only push out what repeats."""


class TextTaker:
    """Takes texts, and keeps those that repeat. Safe to share between threads."""

    def __init__(self) -> None:
        self._kept = lru_cache(maxsize=KEPT)(self._take)

    def take(self, value: str, rule: str, field: str) -> tuple[str, Result]:
        """Take a text of a field as it is, cleaned; the answer quotes the whole of it under the rule that told which field it is."""
        if field in ONCE or len(value) > LONGEST_KEPT:
            return self._take(value, rule, field)
        return self._kept(value, rule, field)

    def _take(self, value: str, rule: str, field: str) -> tuple[str, Result]:
        shown, issues = clean_text(value)
        if rule in LINE_RULES:
            issues = (*issues, Issue("unlabelled", f"no label says that this is of the field {field}; its shape and place do"))
        evidence = (Evidence(0, len(shown), shown, rule, field),) if shown else ()
        status = Status.MATCHED if shown else Status.UNMATCHED
        return shown, Result(field, value, status, issues=issues, evidence=evidence, read_as=shown if shown != value else None)
