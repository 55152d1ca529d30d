"""Where a word for licence is that of a licence named, and no term of its own."""

from __future__ import annotations

import re

from normalizers.rights.spans import Spans
from normalizers.terms import Hits

_PAUSE = re.compile(r"[,;]")
_BESIDE = 30


def beside_names(text: str, hits: Hits) -> Spans:
    """Give the stretches around the names of Creative Commons; none where no word for licence or terms asks for them."""
    asks = bool(hits.named("lexicon", "terms"))
    names = dict.fromkeys((item.start, item.end) for item in hits.named("license_names", "CC")) if asks else ()
    return Spans(_beside(text, start, end) for start, end in names)


def _beside(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the stretch around a name in which a word for licence is that of the name: it ends at a comma or semicolon."""
    before = text[max(0, start - _BESIDE) : start]
    after = _PAUSE.split(text[end : end + _BESIDE], maxsplit=1)[0]
    return start - len(_PAUSE.split(before)[-1]), end + len(after)
