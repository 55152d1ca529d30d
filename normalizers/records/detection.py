"""Holds the languages that a record states against those in which its titles and abstracts seem to be written. Nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from normalizers.languages import Detection, LanguageDetector
from normalizers.records.answer import ROOT, RecordIssue
from normalizers.results import Candidate, Issue

_UNSTATED = frozenset({"und"})


class _Text(Struct, frozen=True):
    """A text of the clean record, the language stated for it, and the pointer to it; ``is_own`` for the title that the work itself has."""

    text: str
    language: str | None
    pointer: str
    is_own: bool = False


def detection_issues(metadata: Mapping[str, Any], detector: LanguageDetector) -> Iterator[RecordIssue]:
    """Yield an issue for every title and abstract that is in another language than is stated, or for which none is stated.

    A text for which no language of its own is stated is held against those of the record, which are the languages of the work. Where
    one of the texts is in one of these, further titles and abstracts are taken for translations, for which nothing is stated.
    """
    stated = _stated(metadata.get("languages", ()))
    found = [(text, detection) for text in _texts(metadata) if (detection := detector.detect(text.text))]
    borne_out = any(detector.agrees(tag, detection.tag) for _, detection in found for tag in stated)
    for text, detection in found:
        expected = _stated((text.language,) if text.language else stated)
        if any(detector.agrees(tag, detection.tag) for tag in expected):
            continue
        if not expected or (borne_out and not text.language and not text.is_own):
            yield _issue("language_suggested", "no language is stated for this text; by its words it is", text, detection)
        elif all(map(detector.knows, expected)):
            yield _issue("language_disagrees", f"stated is {', '.join(expected)}; by the words of this text it is", text, detection)


def _stated(tags: Sequence[str]) -> tuple[str, ...]:
    return tuple(tag for tag in tags if tag not in _UNSTATED)


def _texts(metadata: Mapping[str, Any]) -> Iterator[_Text]:
    if "title" in metadata:
        yield _Text(metadata["title"], metadata.get("title_language"), "/title", is_own=True)
    for index, item in enumerate(metadata.get("other_titles", ())):
        yield _Text(item["text"], item.get("language"), f"/other_titles/{index}")
    for index, item in enumerate(metadata.get("abstracts", ())):
        yield _Text("\n".join(item["parts"]), item.get("language"), f"/abstracts/{index}")


def _issue(code: str, remark: str, text: _Text, detection: Detection) -> RecordIssue:
    candidate = Candidate(detection.tag, reason=f"detected, with a confidence of {detection.confidence:.2f} of 1")
    return RecordIssue(Issue(code, f"{remark} {detection.tag}"), f"{ROOT}{text.pointer}", (candidate,))
