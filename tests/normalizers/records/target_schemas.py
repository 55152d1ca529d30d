"""What the schemas of OpenAIRE and CSL-JSON allow, as facts taken from them: no package carries the schemas themselves.

OpenAIRE: openaire.xsd and what it includes, https://github.com/openaire/guidelines-literature-repositories (schemas/4.0, types of schemas/4.1).
CSL-JSON: csl-data.json of CSL 1.0.2, https://github.com/citation-style-language/schema.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from lxml import etree

_COAR = "http://purl.org/coar/"
_TYPES = """
1162 7a1f 86bc 6947 2f33 3248 ba08 12cc 7877 cb28 c94f 5794 18cp 6670 18co f744 3e5a 7acd ab20 beb9 ddb1 db06 b239 c513 e9a0 18ww 0640 6501 e059 8544 0857 545b 2cd9
0040 12cd bdcc 18wz 8a7e 18cd 18cw 2fe3 998f 1843 18wq 15cd 2659 186u 816b 18op 93fc ba1f 2df8fbb1 baaf 18ws c950 18hj efa0 dcae04bc 5ce6 7bab 18cc ecc8 71bd 18gh
18cf 46ec 12ce 7ad9 393c 8042
""".split()  # noqa: SIM905 - a list of as many strings would be four times as long
_NEW_TYPES = """
ACF7-8YT9 D97F-VB57 FXF3-D3G7 R60J-J5BD 542X-3S04 C53B-JCY5 AM6W-6QAW 63NG-B465 A8F1-NPV9 2H0M-X761 JBNF-DYAD H41Y-FW7B BW7T-YM2G DD58-GFSX FF4C-28RK QX5C-AR31 SB3Y-W4EH
H9BQ-739P Z907-YMBB GPQ7-G5VE CQMR-7K63 YZ1N-ZFT9 W2XT-7017 MW8G-3CR8 QH80-2R4E NHD0-W6SY H6QP-SC1X 6NC7-GK9S 9DKX-KSAF
""".split()  # noqa: SIM905 - the same
_VERSIONS = "b1a7d7d4d402bcce 71e4c1898caa6e32 ab4af688f83e57aa fa2ee174bc00049f 970fb48d4fbd8a85 e19f295774971610 dc82b40f9837b551 be7fb7dd8ff6fe43"

OPENAIRE: Mapping[str, Mapping[str, Collection[str] | None]] = {
    "identifier": {"identifierType": {"DOI", "URN", "PURL", "URL", "HANDLE", "ARK"}},
    "date": {"dateType": {"Accepted", "Available", "Collected", "Copyrighted", "Created", "Issued", "Submitted", "Updated", "Valid"}},
    "contributor": {"contributorType": {"Editor", "Supervisor", "Other", "RightsHolder", "Researcher", "Sponsor"}},
    "relatedIdentifier": {
        "relatedIdentifierType": {"DOI", "ISBN", "ISSN", "EISSN", "PISSN", "Handle", "URL", "URN"},
        "relationType": {"IsPartOf"},
    },
    "alternateIdentifier": {"alternateIdentifierType": None},
    "nameIdentifier": {"nameIdentifierScheme": None},
    "rights": {"rightsURI": {f"{_COAR}access_right/c_{key}" for key in ("abf2", "f1cf", "16ec", "14cb")}},
    "version": {"uri": {f"{_COAR}version/c_{key}" for key in _VERSIONS.split()}},
    "resourceType": {
        "resourceTypeGeneral": {"literature", "dataset", "software", "other research product"},
        "uri": {f"{_COAR}resource_type/{key}" for key in (*(f"c_{key}" for key in _TYPES), *_NEW_TYPES)},
    },
}
"""By element, the attributes that it must have, and the values that they may have; any where nothing is listed."""

_ORDER = ("Name", "givenName", "familyName", "nameIdentifier", "affiliation")
_ONCE = ("identifier",)

CSL_TEXTS = frozenset(
    """
    id language title abstract annote archive call-number collection-title container-title dimensions DOI edition event-title event-place genre ISBN ISSN issue
    jurisdiction keyword medium note number number-of-pages number-of-volumes page part PMCID PMID publisher publisher-place references section source status
    title-short URL version volume
    """.split()  # noqa: SIM905 - the same
)
CSL_NAMES = frozenset({"author", "editor", "translator", "contributor", "collection-editor", "compiler", "container-author"})
CSL_DATES = frozenset({"issued", "submitted", "available-date", "accessed", "event-date", "original-date"})
CSL_TYPES = frozenset(
    """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset document entry entry-dictionary
    entry-encyclopedia event figure graphic hearing interview legal_case legislation manuscript map motion_picture musical_score pamphlet paper-conference patent
    performance periodical personal_communication post post-weblog regulation report review review-book software song speech standard thesis treaty webpage
    """.split()  # noqa: SIM905 - the same
)


def openaire_faults(resource: Any) -> Iterator[str]:
    """Yield what the XML Schema of OpenAIRE would refuse."""
    for element in resource.iter():
        name = etree.QName(element).localname
        for attribute, allowed in OPENAIRE.get(name, {}).items():
            value = element.get(attribute)
            if value is None or (allowed is not None and value not in allowed):
                yield f"{name}/@{attribute}: {value}"
        if name in {"creator", "contributor"}:
            places = [next(at for at, part in enumerate(_ORDER) if etree.QName(child).localname.endswith(part)) for child in element]
            if places != sorted(places):
                yield f"{name}: parts in another order"
        if not len(element) and not (element.text or "").strip():
            yield f"{name}: empty"
    yield from (f"{name}: several" for name in _ONCE if len(resource.findall(f"{{*}}{name}")) > 1)


def csl_faults(item: dict[str, Any]) -> Iterator[str]:
    """Yield what the JSON Schema of CSL-JSON would refuse, but for what it demands and the record lacks."""
    for name, value in item.items():
        is_right = (
            (name in CSL_TEXTS and isinstance(value, str))
            or (name == "type" and value in CSL_TYPES)
            or (name in CSL_NAMES and all(person.keys() <= {"family", "given", "literal", "suffix"} for person in value))
            or (name in CSL_DATES and value.keys() <= {"date-parts", "circa", "literal", "season", "raw"})
            or (name == "custom" and isinstance(value, dict))
        )
        if not is_right:
            yield f"{name}: {value}"
