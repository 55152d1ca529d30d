"""How reading grows with the length of a text and the number of locales, and what the worst text of 100,000 characters takes."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.measures import Row
from benchmarks.of_values import rights_texts
from normalizers import Registry, build_registry
from normalizers.collector import set_aside
from normalizers.localedata import EMBEDDED
from normalizers.results import Status

SIZE = 100_000
HOSTILE = (
    "CC BY ", "CC BY-NC 4.0; ", " ", "a", "word ", "by-", "not ", ". ", "; ", "1.1 ", "https://creativecommons.org/licenses/by/4.0/ ",
    "<", "<a ", "&amp;", "licence permits not commercial use. ", "許可", "ไม่", "لا ", "Ã©", "(", "\n", "-", "GPL-3.0 ",
    "embargoed until 2 may 2020 ", "metadata CC0, ", "only if not unless without ", "eng; ", "English, ", "engfre", "en_US-",
    "article/", "Article ; ", "2012-", "1 may 2012 - ", "10.1234/abc ", "may sell it - no. ", "not CC BY. ", "CC BY - no. ",
)  # fmt: skip
"""What was found to be slow once, or looks as if it could be: repeated to the full length."""
MOST_SECONDS, MOST_GROWTH, MOST_LOCALES = 0.25, 1.1, 1.2
FEW, MANY = 10, 60


def rows(registry: Registry, folder: Path) -> Iterator[Row]:
    """Measure long texts, hostile texts, and few locales beside many."""
    set_aside()  # as both shells do once their registry is built
    yield from _length(registry)
    yield from _hostile(registry)
    yield from _locales(folder)


def _length(registry: Registry) -> Iterator[Row]:
    prose = " ".join(rights_texts())
    short = _seconds(registry, "rights", [prose[start : start + 1_000] for start in range(0, SIZE, 1_000)])
    long = _seconds(registry, "rights", [prose[:SIZE]])
    what = "a rights text of 100 kB, a kB"
    yield Row(
        what, long * 10, "ms", "texts of 1 kB, a kB", short * 10, long / short, "times its time", "1.1", reached=long <= MOST_GROWTH * short
    )


def _hostile(registry: Registry) -> Iterator[Row]:
    for field in ("rights", "language", "resource_type", "date", "identifier"):
        taken = {text: _seconds(registry, field, [(text * SIZE)[:SIZE]]) for text in HOSTILE}
        worst = max(taken, key=lambda text: taken[text])
        what = f"worst of {len(HOSTILE)} hostile texts of 100,000 characters as {field}: {worst!r}"
        yield Row(what, taken[worst] * 1000, "ms", reach="250 ms", reached=taken[worst] <= MOST_SECONDS)


def _locales(folder: Path) -> Iterator[Row]:
    """Compare on texts that both read, and read alike: one whose language only the larger has would be read by that one alone."""
    ordered = sorted(EMBEDDED.glob("*.yaml"), key=lambda path: (path.stem not in {"root", "en", "es", "ca"}, -path.stat().st_size))
    registries = []
    for count in (FEW, MANY):
        chosen = folder / f"locales{count}"
        chosen.mkdir()
        for path in ordered[:count]:
            shutil.copy(path, chosen)
        registries.append(build_registry(chosen))
    set_aside()
    texts = [text for text in rights_texts()[::4] if _is_read_alike(text, registries)]
    taken = [_seconds(registry, "rights", texts) / len(texts) * 1e6 for registry in registries]
    ratio = taken[1] / taken[0]
    what = f"a rights text with {MANY} locales ({len(texts):,} that both read alike)"
    yield Row(what, taken[1], "microseconds", f"with {FEW}", taken[0], ratio, "times its time", "1.2", reached=ratio <= MOST_LOCALES)


def _is_read_alike(text: str, registries: Sequence[Registry]) -> bool:
    first, *rest = (registry.normalize_uncached("rights", text) for registry in registries)
    return first.status is not Status.UNMATCHED and all(other == first for other in rest)


def _seconds(registry: Registry, field: str, texts: Sequence[str]) -> float:
    registry.normalize_uncached(field, "Creative Commons")
    started = time.process_time()
    for text in texts:
        registry.normalize_uncached(field, text)
    return time.process_time() - started
