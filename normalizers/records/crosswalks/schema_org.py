"""JSON-LD in the terms of schema.org.

https://schema.org/CreativeWork
"""

from __future__ import annotations

from typing import Any

from normalizers.records.crosswalks.account import Account, Part
from normalizers.records.crosswalks.model import Reason
from normalizers.records.crosswalks.terms import Terms
from normalizers.records.crosswalks.values import abstracts_of, distinct, first_and_last, known, license_name, sizes_of, words_of, year

MEDIA_TYPE = "application/ld+json"
_KINDS = {"person": "Person", "organization": "Organization"}
_TEXTS = (("keywords", "subjects"), ("citation", "references"), ("encodingFormat", "formats"), ("audience", "audiences"))


def write(account: Account, terms: Terms) -> dict[str, Any]:
    """Say a record as one node. schema.org demands nothing, but a work without a name is of no use to anyone."""
    root = account.root
    document = known(
        **_types(root, terms),
        **_identifiers(root),
        name=root.take("title"),
        alternateName=_one_or_all(words_of(root, "other_titles")),
        author=_one_or_all(map(_person, root.each("creators"))),
        **_contributors(root, terms),
        **_dates(root, terms),
        inLanguage=_one_or_all(language.say() for language in root.each("languages")),
        abstract=_one_or_all(text for text, _ in abstracts_of(root)),
        description=_one_or_all(words_of(root, "descriptions", "notes", "tables_of_contents")),
        **{name: _one_or_all(words_of(root, member)) for name, member in _TEXTS},
        publisher=_one_or_all({"@type": "Organization", "name": name} for name in words_of(root, "publishers")),
        copyrightHolder=_one_or_all({"@type": "Organization", "name": name} for name in words_of(root, "rights_holders")),
        creativeWorkStatus=root.take("version", "label"),
        size=_one_or_all(sizes_of(root)),
        **_published_in(root.part("published_in")),
        **_rights(root.part("rights")),
    )
    for name in ("@type", "name"):
        if name not in document:
            account.lack(name, "a work has it in schema.org, and the record does not hold it")
    return {"@context": "https://schema.org", **document}


def _one_or_all(items: Any) -> Any:
    """Give one value as it is, several as a list: JSON-LD means the same by both."""
    found = distinct(item for item in items if item)
    return found[0] if len(found) == 1 else found


def _types(root: Part, terms: Terms) -> dict[str, Any]:
    """Say every type: a node may have several. The address of the concept is said beside it."""
    words, concepts = [], []
    for type_ in root.each("resource_types"):
        term = terms.type_of(type_)
        if term:
            words.append(term.rpartition("/")[2])
        concepts.append(type_.say()["uri"])
    return {"@type": _one_or_all(words), "additionalType": _one_or_all(concepts)}


def _identifiers(root: Part) -> dict[str, Any]:
    found = [item.say() for item in root.each("identifiers")]
    dois = [item.get("uri") for item in found if item["scheme"] == "doi"]
    urls = [item["value"] for item in found if item["scheme"] == "url"]
    values = [known(**{"@type": "PropertyValue"}, propertyID=item["scheme"], value=item["value"], url=item.get("uri")) for item in found]
    numbers = [{"@type": "PropertyValue", "propertyID": "report number", "value": number} for number in words_of(root, "report_numbers")]
    return {"@id": dois[0] if dois else None, "url": _one_or_all(urls), "identifier": _one_or_all([*values, *numbers])}


def _person(person: Part) -> dict[str, Any]:
    affiliations = [{"@type": "Organization", "name": name} for name in person.take("affiliations") or ()]
    return known(
        **{"@type": _KINDS[person.take("kind")], "@id": person.take("orcid")},
        name=person.take("name"),
        givenName=person.take("given"),
        familyName=person.take("family"),
        affiliation=_one_or_all(affiliations),
    )


def _contributors(root: Part, terms: Terms) -> dict[str, Any]:
    groups: dict[str, list[Any]] = {}
    for person in root.each("contributors"):
        groups.setdefault(terms.role_of(person), []).append(_person(person))
    return {role: _one_or_all(people) for role, people in groups.items()}


def _dates(root: Part, terms: Terms) -> dict[str, Any]:
    """Say the dates that schema.org has a property for. It takes ISO 8601, of which EDTF is a part as far as it can be said here."""
    found: dict[str, Any] = {}
    dates = root.part("dates")
    for role, name in terms.tables["dates"].items():
        if dates.part(role):
            found[name] = dates.take(role)
    copyrighted = dates.part("copyrighted")
    if found_year := year(copyrighted.value):
        found["copyrightYear"] = int(found_year)
        copyrighted.say()
    elif copyrighted:
        copyrighted.leave(Reason.FORM)
    return found


def _published_in(host: Part) -> dict[str, Any]:
    if not host:
        return {}
    start, end = first_and_last(host.take("pages")) if host.part("pages") else (None, None)
    issns, isbns = host.take("issn") or [], host.take("isbn") or []
    kind = "Periodical" if issns or host.part("issue") or host.part("volume") else "Book" if isbns else "CreativeWork"
    known_by = {"issn": _one_or_all(issns), "isbn": _one_or_all(isbns), "sameAs": _one_or_all(_dois(host))}
    whole = known(**{"@type": kind}, name=host.take("title"), **known_by)
    if host.part("volume"):
        whole = known(**{"@type": "PublicationVolume"}, volumeNumber=host.take("volume"), isPartOf=whole)
    if host.part("issue"):
        whole = known(**{"@type": "PublicationIssue"}, issueNumber=host.take("issue"), isPartOf=whole)
    return {"isPartOf": whole, "pageStart": start, "pageEnd": end}


def _dois(host: Part) -> list[str]:
    return [f"https://doi.org/{doi}" for doi in host.take("doi") or ()]


def _rights(rights: Part) -> dict[str, Any]:
    license_ = rights.take("license")
    access, statement = rights.take("access"), rights.take("statement")
    texts = [statement["uri"]] if statement else []
    return {
        "license": (license_["uri"] or license_name(license_)) if license_ else None,
        "conditionsOfAccess": access["uri"] if access else None,
        "usageInfo": _one_or_all(texts),
        "copyrightNotice": _one_or_all(rights.take("statements") or ()),
    }
