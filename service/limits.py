"""Limits on what a request may hold, checked before any reading starts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from service.problems import Fault, ProblemError, invalid, malformed
from service.settings import Settings

Path = tuple[str | int, ...]

_MARKS = re.compile(rb"[<\x1e\x1f]")
_WIDEST = 4
"""Bytes of the widest character, in UTF-8 as in UTF-16."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How deep a document may go, how many texts it may hold, and how long each may be."""

    depth: int
    texts: int
    characters: int

    @classmethod
    def of_record(cls, settings: Settings) -> Limits:
        """Give the limits on one record."""
        return cls(settings.json_depth, settings.values_per_record, settings.text_characters)

    @classmethod
    def of_values(cls, settings: Settings) -> Limits:
        """Give the limits on a request for values; how many it may hold is counted by values, not by texts."""
        return cls(settings.json_depth, settings.values_bytes, settings.text_characters)


def check_document(document: Any, limits: Limits) -> int:
    """Hold a JSON document to its limits, level by level so that no depth exhausts the stack; count its keys.

    Raises:
        ProblemError: 400 for a document that goes too deep, 422 for too many texts or one that is too long.
    """
    keys = texts = depth = 0
    level = [document]
    while level:
        below: list[Any] = []
        holds_any = False
        for node in level:
            # What a parser makes is of these very types, and to ask so is quickest: every record passes here.
            kind = type(node)
            if kind is str:
                texts += 1
                if len(node) > limits.characters:
                    raise _too_long(document, limits.characters)
            elif kind is dict:
                holds_any = True
                keys += len(node)
                below += node.values()
                if node and max(map(len, node)) > limits.characters:
                    raise _too_long(document, limits.characters)
            elif kind is list:
                holds_any = True
                below += node
        depth += holds_any
        if depth > limits.depth:
            raise _too_deep(document, limits.depth)
        level = below
    if texts > limits.texts:
        raise invalid(Fault("", f"There are {texts:,} texts; at most {limits.texts:,} are read in one document."))
    return keys


def check_page(text: str, limits: Limits) -> None:
    """Hold a page of labelled lines to its limits.

    Raises:
        ProblemError: 422 for too many lines, or a line that is too long.
    """
    lines = text.splitlines()
    if len(lines) > limits.texts:
        raise invalid(Fault("", f"There are {len(lines):,} lines; at most {limits.texts:,} are read in one record."))
    faults = [
        Fault("", f"Line {number} has {len(line):,} characters; at most {limits.characters:,} are read in one text.")
        for number, line in enumerate(lines, start=1)
        if len(line) > limits.characters
    ]
    if faults:
        raise invalid(*faults)


def check_text(text: str, limits: Limits, pointer: str) -> None:
    """Hold one text to its limit.

    Raises:
        ProblemError: 422 for a text that is too long.
    """
    if len(text) > limits.characters:
        raise invalid(_long(pointer, text, limits.characters))


def pointer_to(path: Path) -> str:
    """Write a path into a document as a JSON pointer (RFC 6901).

    >>> pointer_to(("values", 0, "a/b"))
    '/values/0/a~1b'
    """
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def walk(document: Any) -> Iterator[tuple[Path, Any]]:
    """Visit every value of a document with the path to it, in the order of the document and without recursion."""
    waiting: list[tuple[Path, Any]] = [((), document)]
    while waiting:
        path, node = waiting.pop()
        yield path, node
        if isinstance(node, dict):
            waiting.extend(((*path, key), value) for key, value in reversed(node.items()))
        elif isinstance(node, list):
            waiting.extend(((*path, index), node[index]) for index in range(len(node) - 1, -1, -1))


def _too_long(document: Any, characters: int) -> ProblemError:
    faults: list[Fault] = []
    for path, node in walk(document):
        if isinstance(node, str) and len(node) > characters:
            faults.append(_long(pointer_to(path), node, characters))
        elif isinstance(node, dict):
            faults.extend(_long(pointer_to(path), key, characters) for key in node if len(key) > characters)
    return invalid(*faults)


def _long(pointer: str, text: str, characters: int) -> Fault:
    return Fault(pointer, f"The text has {len(text):,} characters; at most {characters:,} are read in one text.")


def _too_deep(document: Any, depth: int) -> ProblemError:
    path = next(path for path, node in walk(document) if len(path) == depth and isinstance(node, dict | list))
    detail = f"Arrays and objects lie in each other more than {depth} levels deep."
    return malformed(detail, Fault(pointer_to(path), detail))


def check_markup(body: bytes, limits: Limits) -> None:
    """Hold XML or MARC to the limits by its marks alone, before any of it is parsed: each text stands behind one.

    Raises:
        ProblemError: 400 for an empty body, 422 for too many texts or one that is too long.
    """
    if not body.strip():
        raise malformed("There is no record in the body.")
    pieces = [piece for piece in _MARKS.split(body) if piece.strip()]
    if len(pieces) > 2 * limits.texts:
        raise invalid(Fault("", f"At most {limits.texts:,} texts are read in one record."))
    if max(map(len, pieces)) > _WIDEST * limits.characters:
        raise invalid(Fault("", f"A text may have at most {limits.characters:,} characters."))
