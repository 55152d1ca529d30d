"""XML records: parsed without trusting them, recognized by their namespaces and names, read by the tables of their schemas."""

from normalizers.records.markup.containers import BESIDE_RECORDS, CONTAINERS
from normalizers.records.markup.reader import MarkupReader
from normalizers.records.markup.text import encoding_of

__all__ = ["BESIDE_RECORDS", "CONTAINERS", "MarkupReader", "encoding_of"]
