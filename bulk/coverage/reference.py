"""Which text the reference tables have for what: the questions, with the answers that are right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from unicodedata import digit

from bulk.coverage.tables import Row, Table, read_table


class Kind(StrEnum):
    """What a label is a label of."""

    CC_NAME = "CC names"
    CONDITION = "deed conditions"
    COMPOSED = "composed licences"
    ACCESS = "access terms"
    STATEMENT = "statement titles"
    RESOURCE_TYPE = "COAR types"
    VERSION = "COAR versions"


@dataclass(frozen=True, slots=True)
class ReferenceLabel:
    """A text in ``language`` (as the tables tag it) that, read as ``field``, is to answer ``wanted``.

    ``wanted`` is an identifier, a licence family or the status ``none``; for a deed condition the element that it states.
    """

    kind: Kind
    language: str
    field: str
    text: str
    wanted: str


_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "cc_licenses.tsv": ("category", "unit", "version", "jurisdiction", "uri", "in_legalcode_files"),
        "cc_license_names.tsv": ("unit", "version", "jurisdiction", "lang", "title", "suspect"),
        "cc_deed_phrases.tsv": ("lang", "key", "text", "status", "same_as_english"),
        "access_terms.tsv": ("term", "coar_uri", "lang", "label", "same_as_english"),
        "rights_statements.tsv": ("uri", "kind", "lang", "title"),
        "coar_resource_types.tsv": ("uri", "lang", "label_kind", "label", "deprecated"),
        "coar_version_types.tsv": ("uri", "lang", "label_kind", "label", "deprecated"),
    }
)

_UNITS = ("by", "by-sa", "by-nc", "by-nd", "by-nc-sa", "by-nc-nd")
_CURRENT = frozenset({"pref", "alt"})
_STOPS = (".", "。", "।", "።", "։")


def load_reference(folder: Path) -> tuple[ReferenceLabel, ...]:
    """Read all tables of a folder. Raises TableError."""
    tables = {name: read_table(folder / name, columns) for name, columns in _COLUMNS.items()}
    deeds = [row for row in tables["cc_deed_phrases.tsv"] if row["same_as_english"] != "yes"]
    return (
        *_license_names(tables["cc_license_names.tsv"], tables["cc_licenses.tsv"]),
        *_conditions(deeds),
        *_composed(deeds),
        *_access(tables["access_terms.tsv"]),
        *_statements(tables["rights_statements.tsv"]),
        *_concepts(Kind.RESOURCE_TYPE, "resource_type", tables["coar_resource_types.tsv"]),
        *_concepts(Kind.VERSION, "version", tables["coar_version_types.tsv"]),
    )


def _license_names(names: Table, licenses: Table) -> Iterator[ReferenceLabel]:
    """Yield the titles that say which licence they are the title of."""
    known = {(row["unit"], row["version"], row["jurisdiction"]): row for row in licenses}
    for row in names:
        tool = known.get((row["unit"], row["version"], row["jurisdiction"]))
        if tool and not row["suspect"] and not _is_doubtful(tool) and _is_whole(row):
            yield ReferenceLabel(Kind.CC_NAME, row["lang"], "license", f"Creative Commons {row['title']}", tool["uri"])


def _is_doubtful(tool: Row) -> bool:
    """Tell whether a licence is one without legal code: it stands in a list, and may never have been issued."""
    return tool["category"] == "licenses" and tool["in_legalcode_files"] == "no"


def _is_whole(row: Row) -> bool:
    """Tell whether a title states its version and, if it is a port's, a country: some word after the last version number.

    A name that was never filled in ("3.0 country.cr") is no country.
    """
    if f"country.{row['jurisdiction']}" in row["title"]:
        return False
    title = "".join(str(digit(character)) if character.isdigit() else character for character in row["title"])
    _, version, rest = title.rpartition(row["version"])
    return bool(version) and (not row["jurisdiction"] or any(map(str.isalpha, rest)))


def _conditions(deeds: Iterable[Row]) -> Iterator[ReferenceLabel]:
    """Yield the sentences of deeds that state one element each."""
    for row in deeds:
        match row["key"].split("."):
            case ["condition", ("by" | "nc" | "nd" | "sa") as element, "text", _]:
                yield ReferenceLabel(Kind.CONDITION, row["lang"], "license", row["text"], element)


def _composed(deeds: Iterable[Row]) -> Iterator[ReferenceLabel]:
    """Yield the six licences, put together from what the deeds of a language say; a language that lacks a sentence has none."""
    phrases: dict[str, dict[str, str]] = defaultdict(dict)
    for row in sorted(deeds, key=lambda row: row["status"] == "current"):
        phrases[row["lang"]][row["key"]] = row["text"]
    for language, texts in phrases.items():
        for unit in _UNITS:
            if text := _compose(unit, texts):
                yield ReferenceLabel(Kind.COMPOSED, language, "license", text, f"CC-{unit.upper()}")


def _compose(unit: str, texts: Mapping[str, str]) -> str | None:
    """Write a deed: what one is free to do, then on which conditions; in the newest wording that there is.

    Deeds before 4.0 had no sentence that permits commercial use where NC is absent, or one that few languages have: silence is
    no permission, so that a language without it has no such deed.
    """
    elements = unit.split("-")
    freedoms = [_newest(texts, "free.share.v4", "free.share.v3")]
    if "nd" not in elements:
        freedoms.append(_newest(texts, "free.adapt.v4", "free.remix.v3"))
    if "nc" not in elements:
        freedoms.append(_newest(texts, "free.any_purpose.v4", "free.commercial.v3"))
    conditions = [_newest(texts, *(f"condition.{element}.text.v{version}" for version in (4, 3, 2))) for element in elements]
    if not all((*freedoms, *conditions)):
        return None
    free = f"{_newest(texts, 'free.intro.v4', 'free.intro.v3')} {'; '.join(freedom.rstrip('.') for freedom in freedoms)}"
    return " ".join(["Creative Commons.", *map(_sentence, (free.strip(), *conditions))])


def _newest(texts: Mapping[str, str], *keys: str) -> str:
    return next((texts[key] for key in keys if key in texts), "")


def _sentence(text: str) -> str:
    return text if text.endswith(_STOPS) else f"{text}."


def _access(terms: Table) -> Iterator[ReferenceLabel]:
    """Yield the words of repository software for access and versions that have a COAR concept, and "all rights reserved"."""
    for row in terms:
        if row["same_as_english"] == "yes":
            continue
        if row["term"] == "all_rights_reserved":
            yield ReferenceLabel(Kind.ACCESS, row["lang"], "license", row["label"], "none")
        elif "/access_right/" in row["coar_uri"]:
            yield ReferenceLabel(Kind.ACCESS, row["lang"], "access_right", row["label"], row["coar_uri"])
        elif row["coar_uri"]:
            yield ReferenceLabel(Kind.VERSION, row["lang"], "version", row["label"], row["coar_uri"])


def _statements(statements: Table) -> Iterator[ReferenceLabel]:
    for row in statements:
        if row["kind"] == "statement":
            yield ReferenceLabel(Kind.STATEMENT, row["lang"], "rights_statement", row["title"], row["uri"])


def _concepts(kind: Kind, field: str, labels: Table) -> Iterator[ReferenceLabel]:
    """Yield the labels that the current release has for concepts that it has not retired."""
    for row in labels:
        if row["label_kind"] in _CURRENT and row["deprecated"] != "yes":
            yield ReferenceLabel(kind, row["lang"], field, row["label"], row["uri"])
