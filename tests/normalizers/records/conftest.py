"""A record normalizer made of the real parts, apart from the registry that hands it to others."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from normalizers import Registry
from normalizers.citations import CitationReader
from normalizers.dates.reader import DateReader
from normalizers.extents import ExtentReader
from normalizers.identifiers import IdentifierReader
from normalizers.localedata import Locale, load_locales, load_sections
from normalizers.names import PersonReader
from normalizers.records import RecordNormalizer
from normalizers.records.mapping import load_schemas
from normalizers.vocabularies import load_vocabularies


@pytest.fixture(scope="session")
def locales() -> Mapping[str, Locale]:
    return load_locales(load_sections(load_vocabularies()))


@pytest.fixture(scope="session")
def normalizer(registry: Registry, locales: Mapping[str, Locale]) -> RecordNormalizer:
    return RecordNormalizer(
        normalize=registry.normalize,
        identifiers=IdentifierReader(),
        persons=PersonReader(locales),
        citations=CitationReader(locales, DateReader(locales)),
        extents=ExtentReader(locales),
        locales=locales,
        schemas=load_schemas(),
        versions=registry.versions,
    )
