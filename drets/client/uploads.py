"""Files on their way to the service: read piece by piece, and from their beginning again where a request is repeated."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

_PIECE = 262_144


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is sent without ever being held in whole."""

    path: Path

    def size(self) -> int:
        """Tell how many bytes it has."""
        return self.path.stat().st_size

    def pieces(self) -> Iterator[bytes]:
        """Give it from the beginning."""
        with self.path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece

    async def apieces(self) -> AsyncIterator[bytes]:
        """Give it from the beginning; the reading happens in threads."""
        file = await asyncio.to_thread(self.path.open, "rb")
        try:
            while piece := await asyncio.to_thread(file.read, _PIECE):
                yield piece
        finally:
            await asyncio.to_thread(file.close)
