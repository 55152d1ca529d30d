"""XML by the OpenAIRE Guidelines for Literature Repository Managers, version 4.

https://openaire-guidelines-for-literature-repository-managers.readthedocs.io/en/v4.0.0/
"""

from __future__ import annotations

from typing import Any

from lxml import etree

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
    license_name,
    sizes_of,
    texts_of,
    words_of,
)
from normalizers.records.crosswalks.xml import add

NAMESPACE = "http://namespace.openaire.eu/schema/oaire/"
_NAMESPACES = {
    "oaire": NAMESPACE,
    "datacite": "http://datacite.org/schema/kernel-4",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
}
_OAIRE, _DATACITE, _DC, _DCTERMS = (f"{{{uri}}}" for uri in _NAMESPACES.values())
_NAME_TYPES = {"person": "Personal", "organization": "Organizational"}
_CITATION = (("title", "Title"), ("volume", "Volume"), ("issue", "Issue"))


def write(account: Account, terms: Terms) -> Any:
    """Say a record by the guidelines. What they make mandatory and the record does not hold is missing here, too."""
    root = account.root
    resource = etree.Element(f"{_OAIRE}resource", nsmap=_NAMESPACES)
    _titles(resource, root)
    _people(resource, root, terms)
    primary = _primary(root, terms)
    _other_identifiers(resource, root, terms, primary)
    _dates(resource, root, terms)
    for language in root.each("languages"):
        add(resource, f"{_DC}language", language.say())
    for name in words_of(root, "publishers"):
        add(resource, f"{_DC}publisher", name)
    _type(resource, root, terms)
    _descriptions(resource, root)
    for name in words_of(root, "formats"):
        add(resource, f"{_DC}format", name)
    if primary:
        said = primary.say()
        add(resource, f"{_DATACITE}identifier", said.get("uri") or said["value"], identifierType=terms.word("primary", said["scheme"]))
    _rights(resource, root.part("rights"))
    _texts(resource, root)
    _citation(resource, root)
    _check(account, resource)
    return resource


def _titles(resource: Any, root: Part) -> None:
    if not root.part("title"):
        return
    titles = add(resource, f"{_DATACITE}titles")
    add(titles, f"{_DATACITE}title", root.take("title"), language=root.take("title_language"))
    for text, language in texts_of(root, "other_titles"):
        add(titles, f"{_DATACITE}title", text, language=language)


def _people(resource: Any, root: Part, terms: Terms) -> None:
    creators = list(root.each("creators"))
    if creators:
        group = add(resource, f"{_DATACITE}creators")
        for creator in creators:
            _person(add(group, f"{_DATACITE}creator"), creator, "creatorName")
    contributors = list(root.each("contributors"))
    holders = list(words_of(root, "rights_holders"))
    if contributors or holders:
        group = add(resource, f"{_DATACITE}contributors")
        for person in contributors:
            _person(add(group, f"{_DATACITE}contributor", contributorType=terms.role_of(person)), person, "contributorName")
        for name in holders:
            add(add(group, f"{_DATACITE}contributor", contributorType="RightsHolder"), f"{_DATACITE}contributorName", name)


def _person(element: Any, person: Part, name: str) -> None:
    add(element, f"{_DATACITE}{name}", person.take("name"), nameType=_NAME_TYPES[person.take("kind")])
    for part, tag in (("given", "givenName"), ("family", "familyName")):
        if person.part(part):
            add(element, f"{_DATACITE}{tag}", person.take(part))
    if person.part("orcid"):
        add(element, f"{_DATACITE}nameIdentifier", person.take("orcid"), nameIdentifierScheme="ORCID", schemeURI="https://orcid.org")
    for affiliation in person.take("affiliations") or ():
        add(element, f"{_DATACITE}affiliation", affiliation)


def _primary(root: Part, terms: Terms) -> Part | None:
    """Choose the identifier of the resource itself by the order of schemes in the table."""
    order = list(terms.tables["primary"])
    fitting = [item for item in root.each("identifiers") if item.value["scheme"] in order]
    return min(fitting, key=lambda item: order.index(item.value["scheme"]), default=None)


def _other_identifiers(resource: Any, root: Part, terms: Terms, primary: Part | None) -> None:
    others = [item for item in root.each("identifiers") if primary is None or item.value is not primary.value]
    group = add(resource, f"{_DATACITE}alternateIdentifiers") if others or root.part("report_numbers") else None
    for item in others:
        said = item.say()
        kind = terms.word("identifiers", said["scheme"]) or said["scheme"]
        add(group, f"{_DATACITE}alternateIdentifier", said["value"], alternateIdentifierType=kind)
    for number in words_of(root, "report_numbers"):
        add(group, f"{_DATACITE}alternateIdentifier", number, alternateIdentifierType="report number")
    host = root.part("published_in")
    related = [(kind, value) for name, kind in (("issn", "ISSN"), ("isbn", "ISBN"), ("doi", "DOI")) for value in host.take(name) or ()]
    if related:
        group = add(resource, f"{_DATACITE}relatedIdentifiers")
        for kind, value in related:
            add(group, f"{_DATACITE}relatedIdentifier", value, relatedIdentifierType=kind, relationType="IsPartOf")


def _dates(resource: Any, root: Part, terms: Terms) -> None:
    found: list[tuple[str, str]] = []
    for role, date in dates_of(root):
        kind = terms.word("dates", role)
        if kind is None:
            date.leave(Reason.NOT_IN_LIST)
        elif text := calendar(date):
            found.append((kind, text))
    embargo = root.part("rights", "embargo_end")
    if embargo and (text := calendar(embargo)):
        found.append(("Available", text))
    if found:
        group = add(resource, f"{_DATACITE}dates")
        for kind, text in distinct(found):
            add(group, f"{_DATACITE}date", text, dateType=kind)


def _type(resource: Any, root: Part, terms: Terms) -> None:
    type_ = first(root, "resource_types")
    if type_ is None:
        return
    general = terms.word("types", terms.type_of(type_) or "") or "other research product"
    uri = type_.value["uri"]
    base, _, key = uri.rpartition("/")
    listed = terms.word("unlisted types", key)
    if listed:
        type_.part("uri").leave(Reason.COARSER)
        type_.take("label")
        type_.take("broader")
    else:
        type_.say()
    name = type_.value.get("label") or uri
    add(resource, f"{_OAIRE}resourceType", name, resourceTypeGeneral=general, uri=f"{base}/{listed}" if listed else uri)


def _descriptions(resource: Any, root: Part) -> None:
    for text, language in (*abstracts_of(root), *texts_of(root, "descriptions", "tables_of_contents", "notes")):
        add(resource, f"{_DC}description", text, language=language)


def _rights(resource: Any, rights: Part) -> None:
    access = rights.take("access")
    if access:
        add(resource, f"{_DATACITE}rights", access.get("label") or access["uri"], rightsURI=access["uri"])
    license_ = rights.take("license")
    if license_:
        add(resource, f"{_OAIRE}licenseCondition", license_name(license_), uri=license_["uri"])
    statement = rights.take("statement")
    if statement:
        add(resource, f"{_OAIRE}licenseCondition", statement.get("label") or statement["uri"], uri=statement["uri"])
    for text in rights.take("statements") or ():
        add(resource, f"{_OAIRE}licenseCondition", text)


def _texts(resource: Any, root: Part) -> None:
    for text, language in texts_of(root, "sources"):
        add(resource, f"{_DC}source", text, language=language)
    subjects = list(texts_of(root, "subjects"))
    if subjects:
        group = add(resource, f"{_DATACITE}subjects")
        for text, language in subjects:
            add(group, f"{_DATACITE}subject", text, language=language)
    for text, language in texts_of(root, "coverages"):
        add(resource, f"{_DC}coverage", text, language=language)
    sizes = list(sizes_of(root))
    if sizes:
        group = add(resource, f"{_DATACITE}sizes")
        for size in sizes:
            add(group, f"{_DATACITE}size", size)
    version = root.take("version")
    if version:
        add(resource, f"{_OAIRE}version", version.get("label") or version["uri"], uri=version["uri"])
    for text in words_of(root, "audiences"):
        add(resource, f"{_DCTERMS}audience", text)


def _citation(resource: Any, root: Part) -> None:
    host = root.part("published_in")
    for member, tag in _CITATION:
        if host.part(member):
            add(resource, f"{_OAIRE}citation{tag}", host.take(member))
    if host.part("pages"):
        start, end = first_and_last(host.take("pages"))
        add(resource, f"{_OAIRE}citationStartPage", start)
        if end:
            add(resource, f"{_OAIRE}citationEndPage", end)
    edition = first(root, "editions")
    if edition:
        add(resource, f"{_OAIRE}citationEdition", edition.take("text"))


def _check(account: Account, resource: Any) -> None:
    """Name what the guidelines make mandatory, or mandatory where it applies, and the record does not hold."""
    needed = {
        "datacite:title": f".//{_DATACITE}title",
        "datacite:creator": f".//{_DATACITE}creator",
        "datacite:date[@dateType='Issued']": f".//{_DATACITE}date[@dateType='Issued']",
        "dc:language": f"{_DC}language",
        "dc:publisher": f"{_DC}publisher",
        "oaire:resourceType": f"{_OAIRE}resourceType",
        "datacite:identifier": f"{_DATACITE}identifier",
        "datacite:rights": f"{_DATACITE}rights",
    }
    for name, path in needed.items():
        if resource.find(path) is None:
            account.lack(name, "the guidelines demand it, and the record does not hold it")
