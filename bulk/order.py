"""What a run is asked to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulk.forms import WHOLE_ONLY
from bulk.inputs import STDIN
from bulk.outputs import is_lasting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulk.chunks import Portion, Treatment


@dataclass(frozen=True, slots=True)
class Order:
    """A run over ``sources``.

    ``format`` None recognizes the format of each; ``encoding`` None takes texts for UTF-8, or for what a byte order mark says.
    ``rejects`` is where records that cannot be read go; None says them on standard error. ``unsaid`` is where it is told what the
    form of the output cannot say, if anywhere.
    """

    sources: tuple[str, ...]
    format: str | None
    output: Path | None
    rejects: Path | None
    treatment: Treatment
    portion: Portion
    workers: int
    resume: bool
    unsaid: Path | None = None
    encoding: str | None = None

    @property
    def can_resume(self) -> bool:
        """Tell whether a run like this can be gone on with after a stop: its output is a file, and half of one is worth something."""
        return is_lasting(self.output) and self.treatment.form.to not in WHOLE_ONLY

    def identity(self, versions: Mapping[str, str]) -> dict[str, Any]:
        """Say what the answers of this run depend on, in JSON types: a run that differs in any of it cannot go on with them."""
        return {
            "inputs": [_state(name) for name in self.sources],
            "format": self.format,
            "encoding": self.encoding,
            "rejects": str(self.rejects),
            "unsaid": str(self.unsaid),
            "form": [self.treatment.form.to, list(self.treatment.form.columns), self.treatment.form.pretty],
            "locales": _states(self.treatment.locales),
            "data": _states(self.treatment.data),
            "mapping": _state(str(self.treatment.mapping)) if self.treatment.mapping else None,
            "detect": self.treatment.detect,
            "portion": [self.portion.items, self.portion.size],
            "versions": dict(versions),
        }


def _states(folder: Path | None) -> list[list[str | int]] | None:
    return [_state(str(path)) for path in sorted(folder.rglob("*.yaml"))] if folder else None


def _state(name: str) -> list[str | int]:
    if name == STDIN:
        return [name]
    found = Path(name).stat()
    return [str(Path(name).resolve()), found.st_size, found.st_mtime_ns]
