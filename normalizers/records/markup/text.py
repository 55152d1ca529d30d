"""The characters of an XML document: decoded as it declares, with what precedes its first element taken off."""

from __future__ import annotations

import codecs
import re
from typing import Final

from normalizers.errors import MalformedRecordError, RecordSyntaxError

# The longest mark first: that of UTF-32 starts with that of UTF-16.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# An XML document starts with "<": where a null byte stands beside it, there are two bytes to a character.
_SHAPES: Final = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARED = re.compile(rb"""\A\s*<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z][\w.:-]*)["']""")
_BEFORE = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>\"']*(?:\"[^\"]*\"[^\[>\"']*|'[^']*'[^\[>\"']*)*(?P<end>[\[>])", re.IGNORECASE)


def encoding_of(head: bytes) -> tuple[str, int]:
    """Tell the encoding of a document by its first bytes, and how many of them mark it. UTF-8 where nothing says otherwise."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    for shape, encoding in _SHAPES:
        if head.startswith(shape):
            return encoding, 0
    declared = _DECLARED.match(head[:1024])
    name = declared[1].decode("ascii") if declared else "utf-8"
    # A declaration that could be read byte by byte is not in an encoding of two or four bytes, whatever it says.
    return ("utf-8" if name.lower().startswith(("utf-16", "utf16", "utf-32", "ucs")) else name), 0


def decode(source: bytes) -> str:
    """Decode a document. Raises RecordSyntaxError for an encoding that is not known, or that the document breaks."""
    encoding, mark = encoding_of(source)
    try:
        return source[mark:].decode(encoding)
    except LookupError:
        raise MalformedRecordError(f"the encoding {encoding!r} that is declared is not known") from None
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, mark + error.start) + 1
        raise MalformedRecordError(f"not {encoding.upper()}: {error.reason} at byte {mark + error.start + 1}, line {line}") from None


def without_prolog(text: str) -> str:
    """Take off what precedes the first element, and keep its lines; what a declaration says was heeded before.

    Raises RecordSyntaxError for a document type with declarations of its own: entities are not read here.
    """
    start = 0
    while found := _BEFORE.match(text, start) or _DOCTYPE.match(text, start):
        if found.re is _DOCTYPE and found["end"] == "[":
            raise RecordSyntaxError("a document type that declares entities or elements is not read")
        start = found.end()
    return "\n" * text.count("\n", 0, start) + text[start:]
