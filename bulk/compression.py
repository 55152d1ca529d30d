"""Compressed files: read by what they contain, written by what they are called."""

from __future__ import annotations

import gzip
import sys
import zlib
from functools import partial
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from io import BufferedReader

    Readable = BufferedReader | gzip.GzipFile | zstd.ZstdFile

DAMAGES = (EOFError, zlib.error, gzip.BadGzipFile, zstd.ZstdError)
"""What the readers raise where compressed data are cut short or damaged."""

_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
# The level is gzip's own default of old: level 9 takes twice the time for a hundredth of the size.
_FRAMES: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType(
    {".gz": partial(gzip.compress, compresslevel=6, mtime=0), ".zst": zstd.compress}
)


def decompressed(stream: BufferedReader) -> Readable:
    """See through the compression of a stream, if it has one; a file may consist of several members or frames."""
    head = stream.peek(len(_ZSTD))
    if head.startswith(_GZIP):
        return gzip.GzipFile(fileobj=stream, mode="rb")
    if head.startswith(_ZSTD):
        return zstd.ZstdFile(stream, mode="r")
    return stream


def is_packed(path: PurePath) -> bool:
    """Tell by its name whether a file is compressed."""
    return path.suffix.lower() in _FRAMES


def packer(path: PurePath) -> Callable[[bytes], bytes]:
    """Choose how blocks are packed for a file of this name.

    Each block becomes a member or frame of its own, so that a file cut between two blocks is whole, and the same blocks
    always give the same bytes.
    """
    return _FRAMES.get(path.suffix.lower(), bytes)
