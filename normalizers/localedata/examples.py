"""Runs the examples that locale files carry: the proof that their words do what they are there for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from normalizers.errors import Fault
from normalizers.localedata.model import Example
from normalizers.results import Result, Status


class Normalizer(Protocol):
    """What examples are read with: the registry."""

    def normalize(self, field: str, text: str, *, locale: str | None = None) -> Result:
        """Read a text as a field."""
        ...


def check_examples(examples: Iterable[tuple[str, Sequence[Example]]], normalizer: Normalizer) -> Iterator[Fault]:
    """Yield a fault for every example that is not read as its file says, without any hint of its language."""
    for file, listed in examples:
        for index, example in enumerate(listed):
            answer = _answer(normalizer.normalize(example.field, example.text))
            if answer != example.reads:
                detail = f"reads {', '.join(answer)}, not {', '.join(example.reads)}: {example.text!r}"
                yield Fault(file, example.line, f"examples.{index}", detail)


def _answer(result: Result) -> tuple[str, ...]:
    return result.identifiers if result.status is Status.MATCHED else (result.status.value,)
