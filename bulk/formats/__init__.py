"""The formats that records come in: one module a format, a table of them, and the recognition by content."""

from bulk.formats.detection import recognize
from bulk.formats.table import FORMATS, read_records

__all__ = ["FORMATS", "read_records", "recognize"]
