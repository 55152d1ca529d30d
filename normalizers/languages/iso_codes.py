"""ISO 639 as Debian's iso-codes has it: the codes of its parts 1, 2, 3 and 5, their English names, and what translators made of those.

The package ``isocodes`` carries the tables and the catalogues; it may be pruned of languages, so a missing catalogue is no fault.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from pathlib import Path

import isocodes
import orjson
from msgspec import Struct

SHARE = Path(isocodes.__file__).with_name("share")
PARTS = ("639-5", "639-3", "639-2")
"""Later parts win: a code that part 2 has is in everyday use."""

_MAGIC = b"\xde\x12\x04\x95"
_RANGE = "qaa-qtz"


class IsoLanguage(Struct, frozen=True):
    """One record of a part: its codes and its English names, the natural one first, then the inverted ("Sotho, Southern")."""

    alpha_3: str
    alpha_2: str | None
    bibliographic: str | None
    names: tuple[str, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes of the record."""
        return tuple(code for code in (self.alpha_3, self.alpha_2, self.bibliographic) if code)


def load_part(part: str) -> tuple[IsoLanguage, ...]:
    """Read one part of ISO 639; the range that is reserved for local use is left out."""
    records = orjson.loads((SHARE / "iso-codes" / "json" / f"iso_{part}.json").read_bytes())[part]
    return tuple(_language(record) for record in records if record["alpha_3"] != _RANGE)


def _language(record: Mapping[str, str]) -> IsoLanguage:
    names = tuple(record[key] for key in ("name", "inverted_name", "common_name") if key in record)
    return IsoLanguage(record["alpha_3"], record.get("alpha_2"), record.get("bibliographic"), names)


def load_translations(part: str) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield, for each language into which a part was translated, its tag, the English names and the translated ones, in step."""
    for path in sorted((SHARE / "locale").glob(f"*/LC_MESSAGES/iso_{part}.mo")):
        name, _, modifier = path.parts[-3].partition("@")
        english, translated = _catalogue(path.read_bytes())
        yield name.replace("_", "-") + (f"-{modifier}" if modifier else ""), english, translated


def _catalogue(content: bytes) -> tuple[list[str], list[str]]:
    """Read a compiled gettext catalogue in two strokes: its texts lie side by side, each closed by a zero byte."""
    if not content.startswith(_MAGIC):
        return [], []
    count, sources, targets = struct.unpack_from("<3I", content, 8)
    return _block(content, sources, count), _block(content, targets, count)


def _block(content: bytes, table: int, count: int) -> list[str]:
    start = struct.unpack_from("<2I", content, table)[1]
    length, last = struct.unpack_from("<2I", content, table + 8 * (count - 1))
    return content[start : last + length].decode().split("\0")
