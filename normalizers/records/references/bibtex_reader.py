"""The reader of BibTeX; the library behind it is loaded with the first entry, for its tables take a thirtieth of every start."""

from __future__ import annotations

from typing import Any, Final

from normalizers.errors import RecordSyntaxError
from normalizers.records.characters import without_surrogates
from normalizers.records.field_names import FieldNames
from normalizers.records.mapping import Schema, SchemaReader
from normalizers.records.model import Place, Record


class BibtexReader:
    """Reads entries by the table ``bibtex``. Immutable, safe to share between threads."""

    format: Final = "bibtex"

    def __init__(self, schema: Schema, names: FieldNames) -> None:
        self._schema = SchemaReader(schema, names.lookup)

    def parse(self, source: Any) -> Record:
        """Read one entry, given as text, with the abbreviations before it and the entries it refers to behind it."""
        from normalizers.records.references.bibtex import read_entry  # noqa: PLC0415 -- few read BibTeX, and all start

        if not isinstance(source, str):
            raise RecordSyntaxError("an entry of BibTeX must be given as text")
        text, remarks = without_surrogates(source.removeprefix("\ufeff"), Place())
        return Record(self.format, self._schema.read(read_entry(text)), tuple(remarks))
