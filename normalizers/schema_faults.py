"""The errors of a marshmallow schema as a flat list of path and sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Path = tuple[str | int, ...]


def flatten(messages: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield the path and the text of every error; the steps that marshmallow adds for itself are left out.

    >>> list(flatten({"a": {0: ["Not a valid string."]}}))
    [(('a', 0), 'Not a valid string.')]
    """
    if isinstance(messages, Mapping):
        for step, inner in messages.items():
            own = step in {"_schema", "value", "key"} and isinstance(inner, (list, Mapping))
            yield from flatten(inner, path if own else (*path, step))
    elif isinstance(messages, (list, tuple)):
        for message in messages:
            yield from flatten(message, path)
    else:
        yield path, str(messages)
