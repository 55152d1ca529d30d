"""Reads SKOS: RDF/XML, Turtle, or N-Triples, which is a part of Turtle. rdflib does the parsing; it is an extra, ``drets[skos]``.

Source: SKOS Reference (W3C, 2009), with labels by SKOS-XL (its appendix B), which editors of vocabularies export.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from normalizers.errors import MissingExtraError, NormalizerError
from normalizers.localedata import LabelKind

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_XL = "http://www.w3.org/2008/05/skos-xl#"
_DCT = "http://purl.org/dc/terms/"
_DC = "http://purl.org/dc/elements/1.1/"
_OWL = "http://www.w3.org/2002/07/owl#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"

_VERSION = (
    f"{_OWL}versionInfo",
    f"{_DCT}hasVersion",
    "http://schema.org/version",
    "https://schema.org/version",
    f"{_DCT}modified",
    f"{_DCT}issued",
)
_TITLE = (f"{_DCT}title", f"{_DC}title", f"{_SKOS}prefLabel", f"{_RDFS}label")
_LICENSE = (f"{_DCT}license", f"{_DCT}rights", f"{_DC}rights")


class SkosSyntaxError(NormalizerError):
    """The content is no RDF, or holds no concept."""


class SkosLabel(Struct, frozen=True):
    """A label as the file has it; ``tag`` is None where the file names no language."""

    kind: LabelKind
    text: str
    tag: str | None


class SkosConcept(Struct, frozen=True):
    """A concept, and the addresses of those it matches and of those above it in its own list."""

    id: str
    labels: tuple[SkosLabel, ...]
    exact: tuple[str, ...]
    broad: tuple[str, ...]
    broader: tuple[str, ...]


class SkosScheme(Struct, frozen=True):
    """A list of concepts, by address, and what the file says of the whole; None where it says nothing."""

    address: str | None
    title: str | None
    version: str | None
    license: str | None
    concepts: tuple[SkosConcept, ...]


def read_skos(content: bytes, *, title_language: str = "en") -> SkosScheme:
    """Read a SKOS file; the order of its statements makes no difference.

    ``title_language`` is the one in which the scheme's title is wanted, where the file has several: drets speaks English of its data.

    Raises:
        MissingExtraError: rdflib is not installed.
        SkosSyntaxError: The content cannot be parsed, or states no ``skos:Concept``.
    """
    graph = _parse(content)
    concepts = tuple(_concept(graph, node) for node in _instances(graph, f"{_SKOS}Concept"))
    if not concepts:
        raise SkosSyntaxError("the file states no skos:Concept")
    scheme = next(iter(_instances(graph, f"{_SKOS}ConceptScheme")), None)
    if scheme is None:
        return SkosScheme(None, None, None, None, concepts)
    title, version, terms = (_first(graph, scheme, names, title_language) for names in (_TITLE, _VERSION, _LICENSE))
    return SkosScheme(str(scheme), title, version, terms, concepts)


def _parse(content: bytes) -> Graph:
    try:
        from rdflib import Graph  # noqa: PLC0415 -- an extra, and slow to import: only those who read SKOS need it
    except ImportError as missing:
        raise MissingExtraError("reading SKOS needs rdflib; install it with: pip install 'drets[skos]'") from missing
    graph = Graph()
    content = content.removeprefix(b"\xef\xbb\xbf")
    # In Turtle, what begins with such a bracket is an address, and no address begins like this.
    is_xml = content.lstrip().startswith((b"<?xml", b"<!", b"<rdf:RDF"))
    try:
        graph.parse(data=content, format="xml" if is_xml else "turtle", publicID="file:///")
    except Exception as fault:
        raise SkosSyntaxError(f"the file is no {'RDF/XML' if is_xml else 'Turtle or N-Triples'}: {_brief(fault)}") from fault
    return graph


def _brief(fault: Exception) -> str:
    if isinstance(fault, IndexError):
        # Where rdflib's reader of Turtle looks for the next character and the file has none.
        return "it breaks off in the middle of a statement"
    # What rdflib quotes of the file behind this mark is the notation of Python's bytes.
    return " ".join(str(fault).split()).partition(" at ^ in:")[0][:300] or type(fault).__name__


def _instances(graph: Graph, kind: str) -> list[Node]:
    from rdflib import URIRef  # noqa: PLC0415 -- the same

    found = graph.subjects(URIRef(f"{_RDF}type"), URIRef(kind), unique=True)
    return sorted((node for node in found if isinstance(node, URIRef)), key=str)


def _concept(graph: Graph, node: Node) -> SkosConcept:
    labels = sorted(set(_labels(graph, node)), key=lambda label: (label.tag or "", list(LabelKind).index(label.kind), label.text))
    above = {*_addresses(graph, node, "broader"), *_addresses(graph, node, "narrower", inverse=True)}
    exact, broad = (_addresses(graph, node, name) for name in ("exactMatch", "broadMatch"))
    return SkosConcept(str(node), tuple(labels), exact, broad, tuple(sorted(above)))


def _labels(graph: Graph, node: Node) -> Iterator[SkosLabel]:
    from rdflib import Literal, URIRef  # noqa: PLC0415 -- the same

    for kind in LabelKind:
        found = [*graph.objects(node, URIRef(f"{_SKOS}{kind}Label"))]
        for label in graph.objects(node, URIRef(f"{_XL}{kind}Label")):
            found.extend(graph.objects(label, URIRef(f"{_XL}literalForm")))
        for literal in found:
            if isinstance(literal, Literal) and (text := " ".join(str(literal).split())):
                yield SkosLabel(kind, text, literal.language)


def _addresses(graph: Graph, node: Node, name: str, *, inverse: bool = False) -> tuple[str, ...]:
    from rdflib import URIRef  # noqa: PLC0415 -- the same

    predicate = URIRef(f"{_SKOS}{name}")
    found = graph.subjects(predicate, node) if inverse else graph.objects(node, predicate)
    return tuple(sorted({str(other) for other in found if isinstance(other, URIRef)}))


def _first(graph: Graph, node: Node, names: tuple[str, ...], language: str) -> str | None:
    """Give what the first of some properties says, in one language where it says it in several."""
    from rdflib import Literal, URIRef  # noqa: PLC0415 -- the same

    for name in names:
        values = sorted(
            graph.objects(node, URIRef(name)), key=lambda value: (getattr(value, "language", None) not in {None, language}, str(value))
        )
        texts = [" ".join(str(value).split()) for value in values if isinstance(value, (Literal, URIRef)) and str(value).strip()]
        if texts:
            return texts[0]
    return None
