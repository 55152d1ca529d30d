"""How much of what a locale file can say each file says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from normalizers.localedata import Locale, SectionDefinition


@dataclass(frozen=True, slots=True)
class SectionCoverage:
    """One section of one locale.

    ``expected`` is how many keys the section has, None where it takes any; ``missing`` are those without a label.
    """

    locale: str
    section: str
    present: int
    labels: int
    expected: int | None
    missing: tuple[str, ...]

    def __str__(self) -> str:
        return str(self.present) if self.expected is None else f"{self.present}/{self.expected}"


def measure_coverage(locales: Iterable[Locale], sections: Mapping[str, SectionDefinition]) -> Iterator[SectionCoverage]:
    """Measure every section of every locale, in their order."""
    for locale in locales:
        for name, definition in sections.items():
            present = locale.sections.get(name, {})
            labels = sum(len(texts) for texts in present.values())
            expected = None if definition.open else len(definition.keys)
            missing = tuple(key for key in definition.keys if key not in present)
            yield SectionCoverage(locale.tag, name, len(present), labels, expected, missing)
