"""drets as a library: texts about language, type, version, rights, dates and identifiers in, canonical identifiers out.

Everything public is here; other modules may change without notice.
"""

from normalizers.collector import collector_paused

# A thousand modules make objects that stay: to look for garbage among them meanwhile would take a seventh of the time.
with collector_paused():
    from normalizers.entities import ENTITY_FIELDS, Catalogue, Entity, Property
    from normalizers.errors import (
        DataFileError,
        Fault,
        LocaleDataError,
        MalformedRecordError,
        MappingFileError,
        MissingExtraError,
        NormalizerError,
        RecordSyntaxError,
        UnknownFieldError,
        VocabularyError,
    )
    from normalizers.overrides import OVERRIDABLE, Override, read_identifier, term_key
    from normalizers.reading import Wishes
    from normalizers.records import RecordAnswer
    from normalizers.records.graphs import graph_of, records_of
    from normalizers.records.markup import BESIDE_RECORDS, CONTAINERS, encoding_of
    from normalizers.registry import Registry, build_registry
    from normalizers.results import Candidate, Evidence, Issue, License, Method, Permissions, Result, Status, VocabularyStamp, as_json

__all__ = [
    "BESIDE_RECORDS",
    "CONTAINERS",
    "ENTITY_FIELDS",
    "OVERRIDABLE",
    "Candidate",
    "Catalogue",
    "DataFileError",
    "Entity",
    "Evidence",
    "Fault",
    "Issue",
    "License",
    "LocaleDataError",
    "MalformedRecordError",
    "MappingFileError",
    "Method",
    "MissingExtraError",
    "NormalizerError",
    "Override",
    "Permissions",
    "Property",
    "RecordAnswer",
    "RecordSyntaxError",
    "Registry",
    "Result",
    "Status",
    "UnknownFieldError",
    "VocabularyError",
    "VocabularyStamp",
    "Wishes",
    "as_json",
    "build_registry",
    "encoding_of",
    "graph_of",
    "read_identifier",
    "records_of",
    "term_key",
]
