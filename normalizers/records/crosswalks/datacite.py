"""DataCite JSON, version 4.5 of the metadata schema: the newest whose JSON schema the package ``datacite`` carries.

https://datacite-metadata-schema.readthedocs.io/en/4.5/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from normalizers.records.crosswalks.account import Account, Part
from normalizers.records.crosswalks.model import Reason
from normalizers.records.crosswalks.terms import Terms
from normalizers.records.crosswalks.values import (
    abstracts_of,
    calendar,
    dates_of,
    distinct,
    first,
    first_and_last,
    known,
    license_name,
    sizes_of,
    texts_of,
    words_of,
    year,
)

MEDIA_TYPE = "application/vnd.datacite.datacite+json"
_KERNEL = "http://datacite.org/schema/kernel-4"
_DOI = re.compile(r"10\.[0-9]{4,9}/\S+")
_DESCRIPTIONS = (("tables_of_contents", "TableOfContents"), ("series", "SeriesInformation"), ("descriptions", "Other"), ("notes", "Other"))
_NAME_TYPES = {"person": "Personal", "organization": "Organizational"}


def write(account: Account, terms: Terms) -> dict[str, Any]:
    """Say a record in DataCite's terms. What is mandatory there and not in the record is missing here, too."""
    root = account.root
    document = known(
        **_identifiers(root, terms),
        creators=[_person(creator) for creator in root.each("creators")],
        titles=_titles(root),
        publisher=_publisher(root),
        publicationYear=_year(root),
        subjects=distinct(known(subject=text, lang=language) for text, language in texts_of(root, "subjects")),
        contributors=_contributors(root, terms),
        dates=distinct(_dates(root, terms)),
        language=_language(root),
        types=_types(root, terms),
        sizes=distinct(sizes_of(root)),
        formats=distinct(words_of(root, "formats")),
        rightsList=distinct(_rights(root.part("rights"))),
        descriptions=distinct(_descriptions(root)),
    )
    document |= known(**_published_in(root.part("published_in"), terms, document.get("types", {})))
    for name in ("creators", "titles", "publisher", "publicationYear", "types"):
        if name not in document:
            account.lack(name, "DataCite demands it, and the record does not hold it")
    return {**document, "schemaVersion": _KERNEL}


def _identifiers(root: Part, terms: Terms) -> dict[str, Any]:
    found: dict[str, Any] = {}
    others: list[dict[str, str]] = []
    for item in root.each("identifiers"):
        said = item.say()
        scheme, value = said["scheme"], said["value"]
        if scheme == "doi" and "doi" not in found and _DOI.fullmatch(value):
            found["doi"] = value
        elif scheme == "url" and "url" not in found:
            found["url"] = value
        else:
            others.append({"alternateIdentifier": value, "alternateIdentifierType": terms.word("identifiers", scheme) or scheme})
    others.extend(
        {"alternateIdentifier": number, "alternateIdentifierType": "report number"} for number in words_of(root, "report_numbers")
    )
    return {**found, "alternateIdentifiers": distinct(others)}


def _person(person: Part) -> dict[str, Any]:
    orcid = person.take("orcid")
    identifiers = [{"nameIdentifier": orcid, "nameIdentifierScheme": "ORCID", "schemeUri": "https://orcid.org"}] if orcid else []
    return known(
        name=person.take("name"),
        nameType=_NAME_TYPES[person.take("kind")],
        givenName=person.take("given"),
        familyName=person.take("family"),
        affiliation=[{"name": name} for name in distinct(person.take("affiliations") or ())],
        nameIdentifiers=identifiers,
    )


def _titles(root: Part) -> list[dict[str, Any]]:
    titles = [known(title=root.take("title"), lang=root.take("title_language"))] if root.part("title") else []
    return distinct([*titles, *(known(title=text, lang=language) for text, language in texts_of(root, "other_titles"))])


def _publisher(root: Part) -> dict[str, Any]:
    publisher = first(root, "publishers")
    return known(name=publisher.take("text"), lang=publisher.take("language")) if publisher else {}


def _year(root: Part) -> str | None:
    """Give the year of issue or, where none is known, the year since which the work can be had."""
    dates = root.value.get("dates", {})
    return year(dates.get("issued")) or year(dates.get("available"))


def _contributors(root: Part, terms: Terms) -> list[dict[str, Any]]:
    people = [{**_person(person), "contributorType": terms.role_of(person)} for person in root.each("contributors")]
    return [*people, *({"name": name, "contributorType": "RightsHolder"} for name in words_of(root, "rights_holders"))]


def _dates(root: Part, terms: Terms) -> Iterator[dict[str, str]]:
    for role, date in dates_of(root):
        kind = terms.word("dates", role) or "Other"
        if text := calendar(date):
            yield {"date": text, "dateType": kind} | ({"dateInformation": role} if kind == "Other" and role != "other" else {})
    embargo = root.part("rights", "embargo_end")
    if embargo and (text := calendar(embargo)):
        yield {"date": text, "dateType": "Available"}


def _language(root: Part) -> str | None:
    language = first(root, "languages")
    return language.say() if language else None


def _types(root: Part, terms: Terms) -> dict[str, str]:
    type_ = first(root, "resource_types")
    term = terms.type_of(type_) if type_ else None
    if type_ is None or term is None:
        return {}
    return known(resourceType=type_.value.get("label"), resourceTypeGeneral=terms.word("older types", term) or term)


def _rights(rights: Part) -> Iterator[dict[str, str]]:
    license_ = rights.part("license")
    if license_:
        said = license_.say()
        spdx = {"rightsIdentifier": said["spdx"], "rightsIdentifierScheme": "SPDX", "schemeUri": "https://spdx.org/licenses/"}
        yield known(rights=license_name(said), rightsUri=said["uri"], **(spdx if said["spdx"] else {}))
    for name in ("access", "statement"):
        if rights.part(name):
            said = rights.take(name)
            yield known(rights=said.get("label"), rightsUri=said["uri"])
    yield from ({"rights": text} for text in rights.take("statements") or ())


def _descriptions(root: Part) -> Iterator[dict[str, str]]:
    for text, language in abstracts_of(root):
        yield known(description=text, descriptionType="Abstract", lang=language)
    for name, kind in _DESCRIPTIONS:
        for text, language in texts_of(root, name):
            yield known(description=text, descriptionType=kind, lang=language)


def _published_in(host: Part, terms: Terms, types: dict[str, str]) -> dict[str, Any]:
    """Say what the work is published in. DataCite wants its title; what is known of a host without one stays unsaid."""
    if not host:
        return {}
    if not host.part("title"):
        host.leave(Reason.INCOMPLETE)
        return {}
    pages = host.take("pages")
    start, end = first_and_last(pages) if pages else (None, None)
    article = host.take("article")
    issued = host.part("date")
    identifiers = [(kind, value) for kind, name in (("ISSN", "issn"), ("ISBN", "isbn"), ("DOI", "doi")) for value in host.take(name) or ()]
    item = known(
        titles=[{"title": host.take("title")}],
        relatedItemType=terms.word("hosts", types.get("resourceTypeGeneral", "")) or "Other",
        relationType="IsPublishedIn",
        relatedItemIdentifier=_host_identifier(*identifiers[0]) if identifiers else None,
        volume=host.take("volume"),
        issue=host.take("issue"),
        firstPage=start,
        lastPage=end,
        number=article,
        numberType="Article" if article else None,
        publicationYear=_host_year(issued),
    )
    others = [
        {"relatedIdentifier": value, "relatedIdentifierType": kind, "relationType": "IsPublishedIn"} for kind, value in identifiers[1:]
    ]
    return {"relatedItems": [item], "relatedIdentifiers": others}


def _host_identifier(kind: str, value: str) -> dict[str, str]:
    return {"relatedItemIdentifier": value, "relatedItemIdentifierType": kind}


def _host_year(date: Part) -> str | None:
    found = year(date.value)
    if found and found == date.value:
        date.say()
    elif date:
        date.leave(Reason.COARSER if found else Reason.FORM)
    return found
