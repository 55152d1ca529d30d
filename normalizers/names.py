"""Reads names of persons as creator and contributor fields hold them, and leaves names of organizations whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from normalizers.folding import fold
from normalizers.localedata import Locale
from normalizers.results import Issue
from normalizers.terms import Term, TermIndex


@dataclass(frozen=True, slots=True)
class Person:
    """A person or an organization.

    ``name`` is the name as written, without affiliation, identifier and role. ``family`` and ``given`` are null where the text
    does not settle them: then ``issues`` says so. ``orcid`` is the bare, checked ORCID. ``role`` is the word that stands behind
    the name, as written.
    """

    text: str
    name: str
    family: str | None = None
    given: str | None = None
    affiliation: str | None = None
    orcid: str | None = None
    role: str | None = None
    is_organization: bool = False
    issues: tuple[Issue, ...] = ()


_AFFILIATION = re.compile(r"\s*\((?P<inside>(?:[^()]|\([^()]*\))+)\)\s*$")


class PersonReader:
    """Reads names with the particles and organization words of all locales."""

    def __init__(self, locales: Mapping[str, Locale]) -> None:
        self._organizations = TermIndex(
            Term("persons", concept, locale.tag, label.text)
            for locale in locales.values()
            for concept, label in locale.labels("persons")
            if concept == "organization"
        )

    def read_person(self, text: str) -> Person:
        """Read one name, with what stands behind it."""
        name, affiliation = text.strip(), None
        found = _AFFILIATION.search(name)
        if found and found.start() > 0:
            name, affiliation = name[: found.start()], found["inside"].strip()
        if self._organizations.find(fold(name).text):
            return Person(text, name, affiliation=affiliation, is_organization=True)
        family, comma, given = (part.strip() for part in name.partition(","))
        if comma and family and given:
            return Person(text, name, family, given, affiliation)
        doubt = Issue("name_order_unknown", f"{name!r} does not say which part is the family name")
        return Person(text, name, affiliation=affiliation, issues=(doubt,))

    def read_persons(self, text: str) -> tuple[Person, ...]:
        """Read the names of a list, which semicolons or vertical bars separate."""
        return tuple(self.read_person(part) for part in re.split(r"\s*[;|]\s*", text) if part.strip())
