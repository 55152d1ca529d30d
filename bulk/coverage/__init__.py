"""How much the locale files say, and how much of other people's labels is read right with it."""

from bulk.coverage.page import render_page, render_page_with_reference
from bulk.coverage.reading import LabelReading, Outcome, Tally, find_locale, read_labels, tally_readings
from bulk.coverage.reference import Kind, ReferenceLabel, load_reference
from bulk.coverage.sections import SectionCoverage, measure_coverage
from bulk.coverage.tables import TableError

__all__ = [
    "Kind",
    "LabelReading",
    "Outcome",
    "ReferenceLabel",
    "SectionCoverage",
    "TableError",
    "Tally",
    "find_locale",
    "load_reference",
    "measure_coverage",
    "read_labels",
    "render_page",
    "render_page_with_reference",
    "tally_readings",
]
