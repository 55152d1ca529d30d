"""MARC 21, as ISO 2709, as XML and as JSON: one tree for all three, named by tags and subfield codes, read by one table."""

from normalizers.records.marc.readers import TABLE as MARC_TABLE
from normalizers.records.marc.readers import MarcJsonReader, MarcReader
from normalizers.records.marc.trees import from_marcxml

__all__ = ["MARC_TABLE", "MarcJsonReader", "MarcReader", "from_marcxml"]
