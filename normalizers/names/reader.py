"""Reads names of persons as creator and contributor fields hold them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from normalizers.localedata import Locale
from normalizers.names.model import Person
from normalizers.names.order import split_name, starts_with_initial
from normalizers.names.words import NameWords
from normalizers.results import Issue
from normalizers.schemes import Identifier, check

_ORCID = re.compile(
    r"(?:(?<![\s;,])[\s;,]*+)?(?:[(\[<]\s*)?(?:ORCID(?:\s+iD)?\s*(?:[:=]\s*)?)?"
    r"(?:https?://)?(?:www\.)?(?:orcid\.org/)?(?<![\d-])(?P<value>\d{4}-\d{4}-\d{4}-\d{3}[\dXx])(?![\w-])\s*[)\]>]?",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"(?:(?<!\s)\s*)?(?:\((?P<round>(?:[^()]|\([^()]*\))+)\)|\[(?P<square>[^\[\]]+)\])\s*(?:[.,;]\s*)?$")
_LIFE = re.compile(r"(?:ca?\.?\s?)?(?:b\.\s?|d\.\s?|\*\s?|†\s?)?\d{3,4}\??\s?(?:[-\u2013]\s?(?:ca?\.?\s?)?(?:\d{3,4}\??)?)?|-\s?\d{4}")
_LIST = re.compile(r"(?:(?<!\s)\s*)?[;\u061b\uff1b|\n]\s*")
# Arabic and the scripts of East Asia have a comma of their own; the one that lists things in Japanese is another.
_COMMA = re.compile(r"[,\u060c\uff0c]")
_MAIL = re.compile(r"[<(\[]?\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+[>)\]]?")
# Cataloguers end a heading with a full stop ("Puig, Anna."); behind fewer letters it may mark an abbreviation.
_FULL_STOP = re.compile(r"(?<=[^\W\d_]{4})\.$")
_IN_FULL = re.compile(r"(?<!\s)\s*\(([^()]+)\)$")
_LONGEST_GIVEN = 4
_LONGEST = 300


class _Surroundings(Struct, frozen=True):
    """What stands behind a name."""

    affiliation: str | None = None
    role: str | None = None
    dates: str | None = None


class PersonReader:
    """Reads names with the particles, titles, roles and organization words of all locales."""

    def __init__(self, locales: Mapping[str, Locale]) -> None:
        self._words = NameWords(locales.values())

    def read_person(self, text: str) -> Person:
        """Read one name, with what stands behind it.

        "Family, Given" is split at the comma. Without a comma a name is only split where its own form decides; else it stays whole,
        with the issue ``name_order_unknown``. The name of an organization is never split.
        """
        if len(text) > _LONGEST:
            return Person(text, text.strip(), issues=(Issue("name_too_long", "this is longer than a name"),))
        rest, orcid, issues = _orcid(text)
        if _MAIL.search(rest) and any(map(str.isalpha, _MAIL.sub("", rest))):
            rest, issues = _MAIL.sub("", rest), (*issues, Issue("unread_part", "an address for mail is no part of a name"))
        if not any(map(str.isalpha, rest)):
            return Person(text, text.strip(), orcid=orcid, issues=(*issues, Issue("name_missing", "there is no name here")))
        name, around = self._surroundings(rest)
        if _is_acronym(around.affiliation) and self._words.organization_spans(name):
            # "Associação Brasileira de Normas Técnicas (ABNT)": the short name of an organization is a part of its name.
            name, around = rest.strip(), replace(around, affiliation=None)
        person, around = self._named(name, around)
        return replace(
            person,
            text=text,
            affiliation=around.affiliation,
            orcid=orcid,
            role=around.role,
            dates=around.dates,
            issues=(*issues, *person.issues),
        )

    def read_persons(self, text: str) -> tuple[Person, ...]:
        """Read the names of a list, which semicolons, vertical bars or lines separate."""
        return tuple(self.read_person(part) for part in _LIST.split(text) if any(map(str.isalpha, part)))

    def _surroundings(self, text: str) -> tuple[str, _Surroundings]:
        """Take off the brackets behind a name, the last first, as far as they are no part of it."""
        name, around = text.strip(), _Surroundings()
        while found := _BRACKET.search(name):
            inside = (found["round"] or found["square"]).strip()
            before = name[: found.start()].rpartition(",")[2]
            extended = None if _is_in_full(inside, before) else self._bracket(inside, around)
            if extended is None or not name[: found.start()].strip():
                break
            name, around = name[: found.start()].rstrip(" ,;"), extended
        return name, around

    def _bracket(self, inside: str, around: _Surroundings) -> _Surroundings | None:
        role = self._words.role(inside)
        if role and around.role is None:
            return replace(around, role=role)
        if _LIFE.fullmatch(inside) and around.dates is None:
            return replace(around, dates=inside)
        if around.affiliation is None and not _is_nickname(inside):
            return replace(around, affiliation=inside)
        return None

    def _named(self, name: str, around: _Surroundings) -> tuple[Person, _Surroundings]:
        """Read a name, and what stands behind it after commas."""
        parts = [part.strip() for part in _COMMA.split(name)]
        if self._is_organization(name, parts):
            return Person(name, name, is_organization=True), around
        names, suffix, around = self._trailing([part for part in parts if part], around)
        if len(names) > 2:  # noqa: PLR2004 - family and given
            person = Person(name, name, issues=(Issue("name_parts_unknown", f"{name!r} has more parts than a family and a given name"),))
        elif len(names) == 2 and not all(map(starts_with_initial, names)):  # noqa: PLR2004 - family and given; two such are two persons
            person = self._inverted(names[0], names[1])
        elif len(names) == 2:  # noqa: PLR2004 - the same
            person = Person(name, name, issues=(Issue("name_parts_unknown", f"{name!r} seems to be several names"),))
        else:
            person = self._direct(names[0] if names else name)
        if suffix:
            person = replace(person, name=f"{person.name}, {suffix}", suffix=suffix)
        return person, around

    def _is_organization(self, name: str, parts: list[str]) -> bool:
        """A surname may be such a word too ("Church, Alonzo"): one alone before a given name makes no organization."""
        spans = self._words.organization_spans(name)
        if not spans:
            return False
        given = parts[1].split() if len(parts) > 1 else []
        in_family = all(end <= len(parts[0]) for _, end in spans)
        behind = len(parts) > 2 and all(start > len(parts[0]) + 1 + len(parts[1]) for start, _ in spans)  # noqa: PLR2004 - after the given name
        is_person = (in_family and len(parts[0].split()) == 1 and 0 < len(given) <= _LONGEST_GIVEN) or behind
        return not is_person

    def _trailing(self, parts: list[str], around: _Surroundings) -> tuple[list[str], str | None, _Surroundings]:
        """Take off what follows a name after a comma: dates of a life, a role, titles, a suffix, an affiliation."""
        names, suffix = list(parts), None
        while len(names) > 1:
            last = names[-1]
            role = self._words.role(last)
            if _LIFE.fullmatch(last):
                around = replace(around, dates=last)
            elif role and len(names) > 2:  # noqa: PLR2004 - "Dir, Anna" is a name
                around = replace(around, role=role)
            elif self._words.is_suffix(last):
                suffix = last
            elif not (self._words.is_title(last, behind_given_name=len(names) > 2) and len(last) > 1):  # noqa: PLR2004 - family and given
                if len(names) == 2 or around.affiliation or not self._words.organization_spans(last):  # noqa: PLR2004 - family and given
                    break
                around = replace(around, affiliation=last)
            names.pop()
        return names, suffix, around

    def _inverted(self, family: str, given: str) -> Person:
        if self._words.joins_names(given.split()):
            name = f"{family}, {given}"
            return Person("", name, issues=(Issue("name_parts_unknown", f"{name!r} seems to be several names"),))
        in_full = _IN_FULL.search(given)
        short = given[: in_full.start()] if in_full and _is_in_full(in_full[1], given[: in_full.start()]) else ""
        words = self._words.without_titles(short.split() or _FULL_STOP.sub("", given).split())
        particle = next(
            (
                place
                for place in range(1, len(words))
                if place + self._words.particle_length(words, place) == len(words) and words[place].islower()
            ),
            None,
        )
        shown = given if short else " ".join(words)
        tail = " ".join(words[particle:]) if particle else None
        return Person("", f"{family}, {shown}", family, " ".join(words[:particle]), particle=tail)

    def _direct(self, name: str) -> Person:
        words = self._words.without_titles(name.split())
        shown = " ".join(words)
        split = split_name(words, self._words)
        if split:
            return Person("", shown, split.family, split.given)
        return Person("", shown, issues=(Issue("name_order_unknown", f"{shown!r} does not say which part is the family name"),))


def _orcid(text: str) -> tuple[str, str | None, tuple[Issue, ...]]:
    found = _ORCID.search(text)
    if found is None:
        return text, None, ()
    rest = _ORCID.sub(" ", text).strip()
    read = check("orcid", found["value"])
    if isinstance(read, Identifier):
        return rest, read.value, ()
    return rest, None, (Issue("invalid_identifier", f"{read.value!r} looks like an ORCID, but {read.reason}"),)


def _is_in_full(inside: str, given: str) -> bool:
    """Tell whether a bracket writes the given names before it in full, as libraries do: "Smith, J. A. (John Albert)"."""
    short = [word[0] for word in given.replace(".", ". ").split()]
    return "." in given and len(short) > 0 and short == [word[0] for word in inside.split()] and not inside.isupper()


def _is_acronym(text: str | None) -> bool:
    return text is not None and text.isalnum() and text.isupper()


def _is_nickname(inside: str) -> bool:
    """A single word that is no acronym stays with the name: "Robert (Bob) Smith", "Smith, Robert (Bob)"."""
    return len(inside.split()) == 1 and inside[:1].isupper() and inside[1:].islower()
