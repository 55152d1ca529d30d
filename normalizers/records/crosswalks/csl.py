"""CSL-JSON: one item as citation processors take it.

https://docs.citationstyles.org/en/stable/specification.html, release 1.0.2
"""

from __future__ import annotations

from typing import Any

from normalizers.records.crosswalks.account import Account, Part
from normalizers.records.crosswalks.model import Reason
from normalizers.records.crosswalks.terms import Terms
from normalizers.records.crosswalks.values import first, known, license_name, words_of

MEDIA_TYPE = "application/vnd.citationstyles.csl+json"
_HALVES = 2
_ONE_EACH = (
    ("publisher", "publishers"),
    ("publisher-place", "places"),
    ("edition", "editions"),
    ("collection-title", "series"),
    ("event-title", "conferences"),
    ("number", "report_numbers"),
    ("note", "notes"),
)


def write(account: Account, terms: Terms) -> dict[str, Any]:
    """Say a record as one item. Its id is its DOI or else its first identifier; without either it has none."""
    root = account.root
    document = known(
        id=_id(root),
        type=_type(root, terms),
        title=root.take("title"),
        author=[_name(creator) for creator in root.each("creators")],
        **_contributors(root, terms),
        **_dates(root, terms),
        **_identifiers(root, terms),
        **{name: _one(root, member) for name, member in _ONE_EACH},
        abstract=_abstract(root),
        keyword=", ".join(words_of(root, "subjects")),
        language=_first(root, "languages"),
        genre=_first(root, "genres"),
        custom=known(license=_license(root.part("rights"))),
    )
    document |= known(**_published_in(root, document))
    for name in ("id", "type"):
        if name not in document:
            account.lack(name, "CSL-JSON demands it, and the record does not hold it")
    return document


def _id(root: Part) -> str | None:
    items = root.value.get("identifiers", [])
    dois = [item for item in items if item["scheme"] == "doi"]
    chosen = (dois or items or [None])[0]
    return chosen["value"] if chosen else None


def _type(root: Part, terms: Terms) -> str | None:
    type_ = first(root, "resource_types")
    return terms.type_of(type_) if type_ else None


def _name(person: Part) -> dict[str, str]:
    person.take("kind")
    name, family, given = person.take("name"), person.take("family"), person.take("given")
    return known(family=family, given=given) if family else {"literal": name}


def _contributors(root: Part, terms: Terms) -> dict[str, list[dict[str, str]]]:
    groups: dict[str, list[dict[str, str]]] = {}
    for person in root.each("contributors"):
        groups.setdefault(terms.role_of(person), []).append(_name(person))
    return groups


def _dates(root: Part, terms: Terms) -> dict[str, Any]:
    dates = root.part("dates")
    return {name: _date(dates.part(role)) for role, name in terms.tables["dates"].items() if dates.part(role)}


def _date(date: Part) -> dict[str, Any]:
    """Say a date in parts, where it is one date or two; else as the text that it is, which a style prints as it stands."""
    text = str(date.say())
    bare = text.removesuffix("~")
    ends = bare.split("/")
    parts = [[int(part) for part in end.split("-")] for end in ends if all(part.isdecimal() for part in end.split("-"))]
    if len(parts) != len(ends) or len(ends) > _HALVES:
        return {"literal": text}
    return {"date-parts": parts} | ({"circa": True} if bare != text else {})


def _identifiers(root: Part, terms: Terms) -> dict[str, str]:
    """Say the first identifier of each scheme that CSL has a variable for."""
    found: dict[str, str] = {}
    for item in root.each("identifiers"):
        name = terms.word("identifiers", item.value["scheme"])
        if name is None:
            item.leave(Reason.NOT_IN_LIST)
        elif name in found:
            item.leave(Reason.ONE_ONLY)
        else:
            found[name] = item.say()["value"]
    return found


def _published_in(root: Part, document: dict[str, Any]) -> dict[str, Any]:
    host = root.part("published_in")
    extent = root.part("extent")
    found = {
        "container-title": host.take("title"),
        "volume": host.take("volume"),
        "issue": host.take("issue"),
        "page": host.take("pages"),
        "number-of-pages": str(extent.take("pages")) if extent.part("pages") else None,
        "number-of-volumes": str(extent.take("volumes")) if extent.part("volumes") else None,
    }
    if host.part("article") and "number" not in document:
        found["number"] = host.take("article")
    for member, name in (("issn", "ISSN"), ("isbn", "ISBN")):
        values = list(host.each(member))
        if values and name not in document:
            found[name] = values[0].say()
            values = values[1:]
        for value in values:
            value.leave(Reason.ONE_ONLY)
    return found


def _one(root: Part, member: str) -> str | None:
    item = first(root, member)
    return item.take("text") if item else None


def _first(root: Part, member: str) -> str | None:
    item = first(root, member)
    return item.say() if item else None


def _abstract(root: Part) -> str | None:
    """Say the first abstract; those in other languages have no place."""
    abstract = first(root, "abstracts")
    if abstract is None:
        return None
    return "\n\n".join(abstract.take("parts"))


def _license(rights: Part) -> str | None:
    """Say the license where CSL-JSON has room for what it has no variable for."""
    license_ = rights.take("license")
    return (license_["uri"] or license_name(license_)) if license_ else None
