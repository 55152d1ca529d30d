"""Records: read from their format, field by field, into one clean record with an account of everything that came in."""

from normalizers.records.answer import RecordAnswer
from normalizers.records.clean_schema import SCHEMA
from normalizers.records.model import Place, RawField, Record
from normalizers.records.pipeline import RecordNormalizer

__all__ = ["SCHEMA", "Place", "RawField", "Record", "RecordAnswer", "RecordNormalizer"]
