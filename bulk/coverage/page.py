"""The page ``docs/coverage.md``: what each language's file says, and how much of other people's labels is read right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from bulk.coverage.reading import Tally, read_labels, tally_readings, unserved_languages
from bulk.coverage.reference import Kind, ReferenceLabel
from bulk.coverage.sections import measure_coverage
from normalizers import Registry
from normalizers.localedata import Locale, SectionDefinition

_ELEMENTS = ("BY", "NC", "ND", "SA")
_SECTIONS: Mapping[str, str] = MappingProxyType(
    {"lexicon": "lexicon", "statements": "statements", "rights_statements": "rights statements", "access_rights": "access"}
)
_FILE_COLUMNS = ("locale", "name", "licence elements", *_SECTIONS.values(), "examples")
_REFERENCE_COLUMNS = (*Kind, "wrong")

_HEAD = """\
# Coverage of the languages

What the file of each language under `locales/` has words for{title}. Written by

    {command}

and never by hand: a test fails when it is stale.
"""

_HEAD_REFERENCE = ", and how much of the labels that others wrote is read right"

_FILES = """\
## Columns

- **licence elements**: which of the four have a name. **lexicon**, **statements**, **rights statements**, **access**: how many of the
  keys of that section have words. **examples**: texts that the file itself carries, with what they read as; the tests read them all.
- `root` is what belongs to no language. A file may lack what a related one says: all files are read together, as `pt-BR` with `pt`.
"""

_REFERENCE = """\
- The others are shares of labels that other people wrote, in tables that are no part of the project. A label is right when it is read,
  among the words of all languages and without a hint of its own, as exactly what it stands for; what is not read, or ambiguous, is not
  right. **wrong** counts, over all these columns, what was answered otherwise: that is worse than no answer. Shares are rounded down.
  A dash means that there is no such label. A label counts for the nearest locale of its language and script (`es-AR` for `es`), once.
- **CC names**: titles of legal tools with "Creative Commons" before them, to the very address. Left out are titles that their source
  marks as suspect, those without the version, those of a port with no word after the last number of the version (the name of a country)
  or with a placeholder there (`country.cr`), and those of a licence of which no legal code is to be found.
- **deed conditions**: sentences of the deeds that state one element, by the facts of their clauses; one that also yields the contrary
  is wrong. **composed licences**: the six, put together from such sentences and from what one is free to do, with no name but
  "Creative Commons"; only where the deeds of a language have all the sentences, the one that permits commercial use among them.
- **access terms**: what repository software prints for access, and "all rights reserved". **statement titles**: the twelve of
  RightsStatements.org. **COAR types**, **COAR versions**: preferred and alternative labels of the current releases, without retired
  concepts; for versions also what repository software prints. COAR does not separate the scripts of Chinese.
- A label that stands for several identifiers in one language is ambiguous by nature, and left out.

Languages that have labels in the reference, and no locale: {unserved}.
"""


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One locale of the table, cell by cell; ``reference`` is empty where nothing was read."""

    file: tuple[str, ...]
    reference: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"| {' | '.join((*self.file, *self.reference))} |"


def render_page(locales: Iterable[Locale], sections: Mapping[str, SectionDefinition], *, command: str) -> str:
    """Write the page in Markdown, without what needs the reference. ``command`` is what the page says that it was written by."""
    rows = (CoverageRow(_file_cells(locale, sections)) for locale in locales)
    return "\n".join([_HEAD.format(title="", command=command), _table(CoverageRow(_FILE_COLUMNS), rows), _FILES])


def render_page_with_reference(
    locales: Iterable[Locale],
    sections: Mapping[str, SectionDefinition],
    *,
    command: str,
    registry: Registry,
    labels: Sequence[ReferenceLabel],
) -> str:
    """Write the page with what ``registry``, which is made of the same locales, reads of ``labels``; the last row is the sum."""
    tallies = tally_readings(read_labels(registry, labels))
    rows = [CoverageRow(_file_cells(locale, sections), _reference_cells([tallies.get(locale.tag, {})])) for locale in locales]
    rows.append(CoverageRow(("all", *[""] * (len(_FILE_COLUMNS) - 1)), _reference_cells(tuple(tallies.values()))))
    table = _table(CoverageRow(_FILE_COLUMNS, _REFERENCE_COLUMNS), rows)
    unserved = ", ".join(unserved_languages(labels, registry.locales)) or "none"
    return "\n".join([_HEAD.format(title=_HEAD_REFERENCE, command=command), table, _FILES + _REFERENCE.format(unserved=unserved)])


def _table(columns: CoverageRow, rows: Iterable[CoverageRow]) -> str:
    rule = CoverageRow(("---",) * len(columns.file), ("---:",) * len(columns.reference))
    return "\n".join(map(str, (columns, rule, *rows))) + "\n"


def _file_cells(locale: Locale, sections: Mapping[str, SectionDefinition]) -> tuple[str, ...]:
    measured = {row.section: str(row) for row in measure_coverage([locale], sections)}
    names = locale.sections.get("license_names", {})
    elements = " ".join(element for element in _ELEMENTS if element in names) or "–"
    return (locale.tag, locale.name, elements, *(measured[section] for section in _SECTIONS), str(len(locale.examples)))


def _reference_cells(tallies: Sequence[Mapping[Kind, Tally]]) -> tuple[str, ...]:
    sums = [sum((tally.get(kind, Tally()) for tally in tallies), Tally()) for kind in Kind]
    return (*map(str, sums), str(sum(tally.wrong for tally in sums)))
