"""Web addresses that carry an identifier of a scheme: whose host or path says which."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import unquote

_ADDRESS = re.compile(r"(?:(?:https?|ftp):)?/*(?:www\.)?(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d+)?(?:/+(?P<path>\S*))?", re.IGNORECASE)
_TAIL = re.compile(r"[?#].*$")

# For each host, without "www.": what may stand in the path before the value, and the scheme of the value.
_HOSTS: Mapping[str, tuple[tuple[re.Pattern[str], str], ...]] = MappingProxyType({
    host: tuple((re.compile(rf"(?:{before})(?P<value>.+)", re.IGNORECASE), scheme) for before, scheme in paths)
    for hosts, paths in {
        ("doi.org", "dx.doi.org"): (("(?:doi:)?(?=10\\.)", "doi"),),
        ("hdl.handle.net", "handle.net"): (("(?:hdl:)?(?=10\\.\\d{4})", "doi"), ("(?:hdl:)?", "handle")),
        ("orcid.org", "sandbox.orcid.org"): (("(?=\\d{4}-?\\d{4})", "orcid"),),
        ("ror.org",): (("", "ror"),),
        ("isni.org", "isni-url.oclc.nl"): (("(?:isni/)?(?=[\\dX]{4})", "isni"),),
        ("pubmed.ncbi.nlm.nih.gov", "pubmed.gov"): (("(?=\\d)", "pmid"),),
        ("ncbi.nlm.nih.gov",): (("pubmed/(?=\\d)", "pmid"), ("pmc/articles/(?=PMC)", "pmcid")),
        ("pmc.ncbi.nlm.nih.gov",): (("articles/(?=PMC)", "pmcid"),),
        ("europepmc.org",): (("(?:article|abstract)/MED/", "pmid"), ("(?:article/PMC/|articles/)(?=PMC)", "pmcid")),
        ("arxiv.org", "xxx.lanl.gov"): (("(?:abs|pdf|html)/", "arxiv"),),
        ("wikidata.org",): (("(?:wiki/(?:Special:EntityPage/)?|entity/)(?=Q)", "wikidata"),),
        ("d-nb.info",): (("gnd/", "gnd"),),
        ("viaf.org",): (("(?:viaf/)?(?=\\d)", "viaf"),),
        ("hal.science", "hal.archives-ouvertes.fr", "tel.archives-ouvertes.fr", "halshs.archives-ouvertes.fr"): (
            ("(?<![a-z])(?=[a-z]+[-_]\\d{8})", "hal"),
        ),
        ("ui.adsabs.harvard.edu", "adsabs.harvard.edu"): (("(?:#?abs/)", "ads"),),
        ("archive.softwareheritage.org",): (("(?=swh:)", "swh"),),
        ("portal.issn.org", "urn.issn.org"): (("(?:resource/issn/|urn:issn:)", "issn"),),
        ("openalex.org",): (("(?:works/|authors/)?", "openalex"),),
        ("ascl.net",): (("(?=\\d)", "ascl"),),
        ("n2t.net",): (("(?=ark:)", "ark"),),
        ("scicrunch.org",): (("resolver/(?=RRID:)", "rrid"),),
        ("uniprot.org", "purl.uniprot.org"): (("uniprot(?:kb)?/(?=[A-Z0-9]{6,10}/?$)", "uniprot"),),
    }.items()
    for host in hosts
})  # fmt: skip
_PURL = frozenset({"purl.org", "purl.oclc.org", "purl.net", "purl.com", "purl.fdlp.gov"})
_CARRIED = (
    (re.compile(r"(?:^|[/=?&])(?P<value>urn:nbn:[^/?&#\s]+)", re.IGNORECASE), "urn:nbn"),
    (re.compile(r"(?:^|/)(?P<value>ark:/?[0-9b-df-hj-np-tv-xz]{5,}/[^?#\s]+)", re.IGNORECASE), "ark"),
)
_ENDINGS = re.compile(r"\.pdf$|/$", re.IGNORECASE)


def identifier_of_address(text: str) -> tuple[str, str] | None:
    """Give the scheme and the bare value that an address carries; an address that carries none is its own value.

    Accepts addresses without "https:" where the host is known. What is no address gives nothing.

    >>> identifier_of_address("http://dx.doi.org/10.1186/ar4111")
    ('doi', '10.1186/ar4111')
    """
    found = _ADDRESS.fullmatch(text)
    if found is None:
        return None
    host, path = found["host"].lower(), found["path"] or ""
    for before, scheme in _HOSTS.get(host, ()):
        carried = before.match(path)
        if carried:
            return scheme, _bare(carried["value"], scheme)
    for pattern, scheme in _CARRIED:
        carried = pattern.search(unquote(path))
        if carried:
            return scheme, carried["value"].rstrip("/")
    is_purl = host in _PURL and bool(path)
    if "://" not in text[:8]:
        return ("purl", f"http://{text.lstrip('/')}") if is_purl else None
    return ("purl" if is_purl else "url"), text


def _bare(path: str, scheme: str) -> str:
    value = unquote(_TAIL.sub("", path) or path)
    if scheme in {"doi", "handle"}:
        return value
    value = _ENDINGS.sub("", value)
    return f"ascl:{value}" if scheme == "ascl" else value
