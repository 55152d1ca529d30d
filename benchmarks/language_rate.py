"""Measures how many language values a second one core reads, without the cache and with it, and how long the reader takes to build.

    python benchmarks/language_rate.py [--seconds 2]

Codes are every code of ISO 639-1, 639-2 and MARC, as they stand in records; names are those of CLDR in the languages that have a locale
file; lists are made of both. The registry is asked for the codes as programs ask it, without its cache and with it. The floor is a
dictionary look-up of the same codes, which no reader can beat.
"""

from __future__ import annotations

import argparse
import itertools
import resource
import time
from collections.abc import Callable, Sequence

from normalizers import Registry, build_registry
from normalizers.languages import LanguageReader, build_language_reader
from normalizers.languages.cldr import load_display_names
from normalizers.localedata import load_locales, load_sections
from normalizers.reading import Query
from normalizers.vocabularies import load_vocabularies


def rate(read: Callable[[str], object], texts: Sequence[str], seconds: float) -> float:
    """Give the texts read a second of processor time, over whole rounds, in at least the given time."""
    read(texts[0])
    count, started = 0, time.process_time()
    while (elapsed := time.process_time() - started) < seconds:
        for text in texts:
            read(text)
        count += len(texts)
    return count / elapsed


def samples(reader: LanguageReader, locales: Sequence[str]) -> dict[str, list[str]]:
    """Make the values of each kind."""
    codes = [code for code, meaning in reader.tags.codes.codes.items() if meaning.common]
    names = [name for display in load_display_names() if display.locale in locales for name in display.languages.values()]
    lists = [f"{code} ## {name}" for code, name in zip(itertools.cycle(codes), names, strict=False)]
    return {"codes": codes, "names": names, "lists of a code and a name": lists}


def registry_rates(registry: Registry) -> dict[str, Callable[[str], object]]:
    """Give the two ways of asking the registry."""
    return {
        "registry, cache off": lambda text: registry.normalize_uncached("language", text),
        "registry, cache on": lambda text: registry.normalize("language", text),
    }


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--seconds", type=float, default=2.0)
    seconds = arguments.parse_args().seconds
    locales = load_locales(load_sections(load_vocabularies()))
    started = time.process_time()
    reader = build_language_reader(locales)
    print(f"built in {time.process_time() - started:.2f} s: {len(reader.names.index):,} names, {len(reader.tags.codes.codes):,} codes")
    kinds = samples(reader, tuple(locales))
    print(f"{'floor: dictionary':28} {rate(reader.tags.codes.codes.get, kinds['codes'], seconds):>12,.0f} a second")
    for kind, texts in kinds.items():
        found = rate(lambda text: reader.read(Query("language", text)), texts, seconds)
        print(f"{kind:28} {found:>12,.0f} a second ({len(texts):,} different)")
    for name, ask in registry_rates(build_registry()).items():
        print(f"{name:28} {rate(ask, kinds['codes'], seconds):>12,.0f} a second")
    print(f"{'resident memory':28} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:>12,.0f} MB")


if __name__ == "__main__":
    main()
