"""One record from bytes to its clean answer: the step between a body, or a line of a stream, and the library."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from bulk.formats.delimited import read_delimited
from bulk.records import Reject
from normalizers import MalformedRecordError, MissingExtraError, RecordAnswer, RecordSyntaxError, Registry
from service.documents import parse_json, parse_text
from service.limits import Limits, check_markup, check_page
from service.problems import Fault, Kind, ProblemError, invalid, malformed


@dataclass(frozen=True, slots=True)
class Reading:
    """What records are read with, and how; ``detect`` asks for the languages of their texts."""

    registry: Registry
    limits: Limits
    detect: bool = False

    @classmethod
    def of(cls, registry: Registry, limits: Limits, *, detect: bool = False) -> Reading:
        """Make sure that what is asked for is there.

        Raises:
            ProblemError: 501 where the detector of languages is not installed.
        """
        try:
            return cls(registry, limits, detect=detect and bool(registry.detector))
        except MissingExtraError as missing:
            raise ProblemError(Kind.NOT_INSTALLED, f"{missing}.", (Fault("/query/detect", "Not offered here."),)) from None


def read_text(reading: Reading, body: bytes, format_name: str = "text") -> RecordAnswer:
    """Read a text as one record: a page of labelled lines, or a reference of RIS or BibTeX.

    Raises:
        ProblemError: 400 for what is not UTF-8, empty or not in the syntax of its format, 422 for what is not one record or over a limit.
    """
    text = parse_text(body)
    check_page(text, reading.limits)
    return _normalized(reading, text, format_name)


def read_encoded(reading: Reading, body: bytes, format_name: str) -> RecordAnswer:
    """Read a body that says itself how it is encoded, XML or MARC, as one record.

    Raises:
        ProblemError: 400 for what is not in the syntax of its format, 422 for what is not one record or over a limit.
    """
    check_markup(body, reading.limits)
    return _normalized(reading, body, format_name)


def read_object(reading: Reading, body: bytes, format_name: str = "json") -> RecordAnswer:
    """Read a JSON object as one record, of the schema that its type names or of any.

    Raises:
        ProblemError: 400 for what is not JSON, 422 for what is not a record or over a limit.
    """
    document = parse_json(body, reading.limits)
    if not isinstance(document, dict):
        raise invalid(Fault("", "A record is an object."))
    return _normalized(reading, document, format_name)


def read_table(reading: Reading, body: bytes, delimiter: str | None = None) -> RecordAnswer:
    """Read a table of a header and one row as one record; ``delimiter`` is told by the rows where none is given.

    Raises:
        ProblemError: 400 for what is not UTF-8, empty or not in the syntax of a table, 422 for any other number of rows or over a limit.
    """
    check_page(parse_text(body), reading.limits)
    rows = list(islice(read_delimited("", (body,), delimiter), len(("one", "more"))))
    for row in rows:
        if isinstance(row, Reject):
            raise malformed("The body is not in the syntax of its type.", Fault("", row.detail))
    if len(rows) != 1:
        said = (
            "There is no row below the header."
            if not rows
            else "There are several rows. A table of many records is the input of a job: POST /v1/jobs."
        )
        raise invalid(Fault("", said))
    return read_object(reading, rows[0].raw)


def _normalized(reading: Reading, source: str | bytes | dict[str, object], format_name: str) -> RecordAnswer:
    try:
        return reading.registry.answer_record(source, format=format_name, detect=reading.detect)
    except MalformedRecordError as fault:
        raise malformed("The body is not in the syntax of its type.", Fault(fault.pointer, fault.detail)) from None
    except RecordSyntaxError as fault:
        raise invalid(Fault(fault.pointer, fault.detail)) from None
