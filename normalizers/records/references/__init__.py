"""The formats that programs for references exchange: RIS, the tags of Web of Science, and BibTeX."""

from normalizers.records.references.bibtex_reader import BibtexReader
from normalizers.records.references.ris import RisReader

__all__ = ["BibtexReader", "RisReader"]
