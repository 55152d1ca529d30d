"""What a form of output is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from normalizers import RecordAnswer, Registry
from normalizers.records.crosswalks import Crossing


@dataclass(frozen=True, slots=True)
class FormOrder:
    """Which form the records are to go out in. ``columns`` is for forms that are tables, ``pretty`` for whole answers."""

    to: str = "ndjson"
    columns: tuple[str, ...] = ()
    pretty: bool = False


WHOLE_ANSWERS = FormOrder()


@dataclass(frozen=True, slots=True)
class Form:
    """How an answer becomes a document, and documents become bytes; ``head`` and ``tail`` stand around those of a whole file."""

    cross: Callable[[Registry, RecordAnswer], Crossing]
    pack: Callable[[Sequence[Any]], bytes]
    head: bytes = b""
    tail: bytes = b""
