"""Combined texts about a work ("Article ; recerca ; Versió publicada") taken apart into the type and what stands beside it."""

from normalizers.facets.answers import (
    candidates_of,
    describe_facet,
    label_issues,
    locale_of,
    method_of,
    quote,
    read_one_facet,
    spelling_issues,
    unread_issues,
)
from normalizers.facets.choice import Choice, choose
from normalizers.facets.code_systems import CodeSystem, load_code_systems
from normalizers.facets.index import FacetIndex
from normalizers.facets.known import KnownLabels
from normalizers.facets.labels import FacetLabel
from normalizers.facets.reading import FacetReading, Finding, Statement, read_facets, read_misspelt

__all__ = [
    "Choice",
    "CodeSystem",
    "FacetIndex",
    "FacetLabel",
    "FacetReading",
    "Finding",
    "KnownLabels",
    "Statement",
    "candidates_of",
    "choose",
    "describe_facet",
    "label_issues",
    "load_code_systems",
    "locale_of",
    "method_of",
    "quote",
    "read_facets",
    "read_misspelt",
    "read_one_facet",
    "spelling_issues",
    "unread_issues",
]
