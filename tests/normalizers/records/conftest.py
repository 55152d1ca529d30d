"""A record normalizer made of the real parts, apart from the registry that hands it to others."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from normalizers import Registry
from normalizers.citations import CitationReader
from normalizers.dates.reader import DateReader
from normalizers.extents import ExtentReader
from normalizers.identifiers import IdentifierReader
from normalizers.localedata import Locale
from normalizers.names import PersonReader
from normalizers.records import RecordNormalizer
from normalizers.records.mapping import load_schemas


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
