"""The schemes that are known, and the labels and addresses under which they appear."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from normalizers.schemes import canonical
from normalizers.schemes.model import Scheme

_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga|econ|eess|funct-an|gr-qc|hep-ex|"
    "hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|q-fin|quant-ph|solv-int|stat|supr-con"
)
_ARXIV = (
    rf"(?:(?P<archive>{_ARCHIVES})(?:\.[a-z]{{2}})?/(?P<old>\d\d(?P<old_month>\d\d)\d{{3}})"
    rf"|(?:(?:{_ARCHIVES})(?:\.[a-z]{{2}})?/)?(?P<new>\d\d(?P<month>\d\d)\.(?P<number>\d{{4,5}})))(?P<version>v\d+)?"
)


def _form(shape: str) -> re.Pattern[str]:
    """Compile the form of a scheme; where digits are grouped, any kind of dash may stand between the groups."""
    return re.compile(shape.replace("[- ]", "[ \u2010-\u2015\u2212-]"), re.IGNORECASE | re.ASCII)


# In the order in which a bare value is tried: what is told by its form alone first, what has only a check digit later.
_SCHEMES = (
    Scheme("doi", _form(r"10\.\d{3,9}(?:\.\d+)*/\S+"), canonical.doi, "https://doi.org/{value}"),
    Scheme("swh", _form(r"swh:1:(?:snp|rel|rev|dir|cnt):[0-9a-f]{40}(?:;\S+)?"), canonical.as_written,
           "https://archive.softwareheritage.org/{value}", named=True),
    Scheme("urn:nbn", _form(r"urn:nbn:[a-z]{2}[:-]\S+"), canonical.urn, "https://nbn-resolving.org/{value}", named=True),
    Scheme("lsid", _form(r"urn:lsid:[^:\s]+(?::[^:\s]+){2,3}"), canonical.urn, named=True),
    Scheme("urn", _form(r"urn:[a-z0-9][a-z0-9-]{1,31}:\S+"), canonical.urn, named=True),
    Scheme("oai", _form(r"oai:[a-z0-9][a-z0-9.-]*:\S+"), canonical.as_written, named=True),
    Scheme("ark", _form(r"ark:/?[0-9b-df-hj-np-tv-xz]{5,}/\S+"), canonical.as_written, "https://n2t.net/{value}", named=True),
    Scheme("ascl", _form(r"ascl:\d{4}\.\d{3,4}"), canonical.lower, "https://ascl.net/{value}", named=True),
    Scheme("arxiv", _form(_ARXIV), canonical.arxiv, "https://arxiv.org/abs/{value}"),
    Scheme("orcid", _form(r"\d{4}[- ]?\d{4}[- ]?\d{4}[- ]?\d{3}[\dX]"), canonical.orcid, "https://orcid.org/{value}"),
    Scheme("isni", _form(r"\d{4}[- ]?\d{4}[- ]?\d{4}[- ]?\d{3}[\dX]"), canonical.name_identifier, "https://isni.org/isni/{value}"),
    Scheme("issn", _form(r"\d{4}[- ]?\d{3}[\dX]"), canonical.serial_number, "https://portal.issn.org/resource/ISSN/{value}"),
    Scheme("ismn", _form(r"(?:979[- ]?0|M)(?:[- ]?\d){9}"), canonical.music_number),
    Scheme("isbn", _form(r"(?!979[- ]?0)(?:97[89][- ]?)?\d(?:[- ]?\d){8}[- ]?[\dX]"), canonical.international_book_number,
           "urn:isbn:{value}"),
    Scheme("ean13", _form(r"\d{13}"), canonical.article_number),
    Scheme("pmcid", _form(r"PMC\d+(?:\.\d+)?"), canonical.upper, "https://pmc.ncbi.nlm.nih.gov/articles/{value}/"),
    Scheme("wikidata", _form(r"Q[1-9]\d*"), canonical.upper, "https://www.wikidata.org/entity/{value}"),
    Scheme("ror", _form(r"0[a-hj-km-np-tv-z0-9]{6}\d{2}"), canonical.ror, "https://ror.org/{value}"),
    Scheme("hal", _form(r"(?:[a-z]{3}[a-z]*-|(?:sic|mem|ijn)_)\d{8}(?:v\d+)?"), canonical.lower, "https://hal.science/{value}"),
    Scheme("ads", _form(r"(?:1[5-9]|20)\d\d[a-z][a-z0-9.&]{13}[a-z.:]"), canonical.as_written, "https://ui.adsabs.harvard.edu/abs/{value}"),
    Scheme("bioproject", _form(r"PRJ(?:NA|EA|EB|DB)\d+"), canonical.upper, "https://www.ebi.ac.uk/ena/browser/view/{value}"),
    Scheme("biosample", _form(r"SAM(?:N|EA|D)\d+"), canonical.upper, "https://www.ebi.ac.uk/ena/browser/view/{value}"),
    Scheme("arrayexpress_experiment", _form(r"E-[A-Z]{4}-\d+"), canonical.upper, "https://www.ebi.ac.uk/biostudies/arrayexpress/studies/{value}"),
    Scheme("arrayexpress_array", _form(r"A-[A-Z]{4}-\d+"), canonical.upper, "https://www.ebi.ac.uk/biostudies/arrayexpress/arrays/{value}"),
    Scheme("sra", _form(r"[SED]R[APRSXZ]\d{6,}"), canonical.upper, "https://www.ebi.ac.uk/ena/browser/view/{value}"),
    Scheme("geo", _form(r"G(?:PL|SM|SE|DS)\d{2,}"), canonical.upper, "https://www.ncbi.nlm.nih.gov/geo/query/acc.cgi?acc={value}"),
    Scheme("genome", _form(r"GC[AF]_\d{9}\.\d+"), canonical.upper, "https://www.ncbi.nlm.nih.gov/datasets/genome/{value}/"),
    Scheme("refseq", _form(r"(?:AC|NC|NG|NT|NW|NM|NR|XM|XR|AP|NP|YP|XP|WP)_\d{6,}(?:\.\d+)?"), canonical.upper,
           "https://www.ncbi.nlm.nih.gov/nuccore/{value}"),
    Scheme("ensembl", _form(r"ENS[A-Z]{0,4}(?:E|FM|G|GT|P|R|T)\d{11}(?:\.\d+)?"), canonical.upper, "https://www.ensembl.org/id/{value}"),
    Scheme("rrid", _form(r"RRID:\s?[A-Z][A-Za-z_-]*[_:]\S+"), canonical.as_written, "https://scicrunch.org/resolver/{value}", named=True),
    Scheme("handle", _form(r"(?:\d{4,9}|\d+(?:\.[\w-]+)+)/\S+"), canonical.handle, "https://hdl.handle.net/{value}"),
    Scheme("pmid", _form(r"[1-9]\d{0,8}"), canonical.number, "https://pubmed.ncbi.nlm.nih.gov/{value}/", bare=False),
    Scheme("gnd", _form(r"1[012]?\d{7}[\dX]|[47]\d{6}-\d|[1-9]\d{0,7}-[\dX]|3\d{7}[\dX]"),
           canonical.upper, "https://d-nb.info/gnd/{value}", bare=False),
    Scheme("viaf", _form(r"[1-9]\d{1,21}"), canonical.as_written, "https://viaf.org/viaf/{value}", bare=False),
    Scheme("uniprot", _form(r"[A-NR-Z][0-9](?:[A-Z][A-Z0-9]{2}[0-9]){1,2}|[OPQ][0-9][A-Z0-9]{3}[0-9]"), canonical.upper,
           "https://www.uniprot.org/uniprotkb/{value}", bare=False),
    Scheme("openalex", _form(r"[WASICPF]\d{4,10}"), canonical.upper, "https://openalex.org/{value}", bare=False),
    Scheme("purl", _form(r"https?://\S+"), canonical.as_written, "{value}", bare=False),
    Scheme("url", _form(r"(?:https?|ftp)://[^\s/.]+(?:\.[^\s/.]+)+(?:/\S*)?"), canonical.as_written, "{value}"),
)  # fmt: skip

SCHEMES: Mapping[str, Scheme] = MappingProxyType({scheme.name: scheme for scheme in _SCHEMES})

# Folded labels before a value, as the schemes' own agencies and the exports of repositories write them.
LABELS: Mapping[str, str] = MappingProxyType({label: scheme for scheme, labels in {
    "doi": ("doi", "doi org", "info doi", "urn doi", "digital object identifier"),
    "handle": ("hdl", "handle", "hdl net", "info hdl", "urn hdl"),
    "urn": ("urn",),
    "urn:nbn": ("nbn", "urn nbn"),
    "isbn": ("isbn", "isbn 10", "isbn 13", "isbn10", "isbn13", "eisbn", "e isbn", "p isbn", "pisbn", "urn isbn", "info isbn"),
    "issn": ("issn", "eissn", "e issn", "pissn", "p issn", "issn l", "issn e", "issn p", "issne", "urn issn", "info issn", "essn"),
    "ismn": ("ismn", "urn ismn"),
    "ean13": ("ean", "ean 13", "ean13"),
    "pmid": ("pmid", "pubmed", "pubmed id", "pubmedid", "pm id", "medline", "info pmid"),
    "pmcid": ("pmc", "pmcid", "pmc id", "pubmed central", "pubmed central id"),
    "arxiv": ("arxiv", "arxiv org", "arxiv preprint", "arxiv e print", "arxiv eprint", "arxiv e prints", "arxiv eprints", "arxiv id",
              "info arxiv"),
    "orcid": ("orcid", "orcid id", "orcid org"),
    "isni": ("isni", "isni org"),
    "ror": ("ror", "ror id", "ror org"),
    "wikidata": ("wikidata", "wikidata id", "wd", "wikidata qid"),
    "hal": ("hal", "hal id"),
    "ads": ("ads", "bibcode", "ads bibcode", "info bibcode"),
    "gnd": ("gnd", "gnd id", "gnd nummer", "de 588"),  # the last is the agency of MARC
    "viaf": ("viaf", "viaf id"),
    "openalex": ("openalex", "openalex id"),
    "oai": ("oai", "oai id", "oai identifier"),
    "ark": ("ark",),
    "swh": ("swhid", "swh"),
    "purl": ("purl",),
    "url": ("url", "uri", "link", "permalink"),
    "rrid": ("rrid",),
}.items() for label in labels} | {re.sub(r"\W|_", " ", scheme): scheme for scheme in SCHEMES})  # fmt: skip
