"""Dates of any form, read into EDTF (ISO 8601-2:2019)."""

from normalizers.dates.reader import DateReader

__all__ = ["DateReader"]
