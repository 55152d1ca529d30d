"""Takes out of a pickle what it remembers and never asks for again: nine in ten things.

Reading it holds all that is remembered until the end: besides what stays, a hundred thousand tuples of arguments, which leave holes in the
memory behind them. ``pickletools.optimize`` does the same, but takes hundreds of megabytes for it.
"""

from __future__ import annotations

import io
import pickle
import struct
from collections.abc import Iterator
from pickletools import genops
from typing import Any

_SIZE = {"MEMOIZE": 1, "BINGET": 2, "LONG_BINGET": 5, "FRAME": 9}
"""Bytes of the codes that are changed, of all that a pickle of protocol 5 uses to remember, to ask and to say how much follows."""


def forget_what_is_not_asked_for(content: bytes) -> bytes:
    """Give a pickle of protocol 5 that makes the same, but remembers only what it asks for."""
    asked = {number for name, number, _ in _codes(content) if name.endswith("BINGET")}
    out = io.BytesIO()
    remembered, numbers, copied = 0, dict[int, int](), 0
    for name, number, place in _codes(content):
        if name == "MEMOIZE":
            remembered += 1
            if remembered - 1 in asked:
                numbers[remembered - 1] = len(numbers)
                continue
        out.write(content[copied:place])
        copied = place + _SIZE[name]
        if name.endswith("BINGET"):
            out.write(pickle.LONG_BINGET + struct.pack("<I", numbers[number]))
    out.write(content[copied:])
    return out.getvalue()


def _codes(content: bytes) -> Iterator[tuple[str, Any, int]]:
    for code, argument, place in genops(content):
        if code.name in _SIZE:
            yield code.name, argument, place or 0
