"""How many values a second one core reads that it has never seen, beside other ways to read them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import langcodes
import orjson
import yaml

from benchmarks.measures import Row, rate
from normalizers import Registry
from normalizers.folding import fold_key
from normalizers.localedata import load_locales, load_sections
from normalizers.vocabularies import load_vocabularies

CASES = Path(__file__).parents[1] / "tests" / "cases" / "license"
SHORTEST, LONGEST = 40, 1_000
SUBSTRINGS = {
    "by-nc-nd": "CC-BY-NC-ND", "by-nc-sa": "CC-BY-NC-SA", "by-nd": "CC-BY-ND", "by-nc": "CC-BY-NC", "by-sa": "CC-BY-SA",
    "cc by": "CC-BY", "cc-by": "CC-BY", "zero": "CC0", "cc0": "CC0", "public domain": "PD", "gpl": "GPL", "apache": "Apache",
    "mit license": "MIT", "all rights reserved": "ARR",
}  # fmt: skip
"""What matching by substrings amounts to: the first that is found wins. It is the least that anybody does, and it is often wrong."""

_SCANCODE = """
import sys, time, json
from licensedcode.cache import get_index
index = get_index()
texts = json.load(open(sys.argv[1]))
index.match(query_string=texts[0])
started = time.process_time()
for text in texts: index.match(query_string=text)
print(len(texts) / (time.process_time() - started))
"""


def rows(registry: Registry, folder: Path, scancode: Path | None) -> Iterator[Row]:
    """Measure rights texts, languages and types, each text once."""
    yield from _rights(registry, folder, scancode)
    yield from _languages(registry)
    yield from _types(registry)


def _rights(registry: Registry, folder: Path, scancode: Path | None) -> Iterator[Row]:
    texts = rights_texts()
    ours = rate(_reader(registry, "rights"), texts)
    what = f"different rights texts of {SHORTEST} to {LONGEST:,} characters ({len(texts):,})"
    yield Row(what, ours, "a second", reach="5,000 a second", reached=ours >= 5_000)  # noqa: PLR2004 - as the project asks
    least = rate(_by_substring, texts)
    yield Row("", ours, "a second", "substring rules, the least work there is", least, ours / least, "of its rate")
    peer = _scancode_rate(scancode, folder, texts)
    if peer is None:
        yield Row("", ours, "a second", "ScanCode's detector", note="not measured: --scancode must name a Python in which it works")
    else:
        yield Row("", ours, "a second", "ScanCode's detector", peer, ours / peer, "of its rate", "50", ours >= 50 * peer)


def rights_texts() -> list[str]:
    """Give the prose and the names of our cases, each in some variants, so that there are some thousands."""
    found = [case["text"] for path in sorted(CASES.rglob("*.yaml")) for case in yaml.safe_load(path.read_text(encoding="utf-8")) or []]
    pairs = product(found, ("", "© 2019. ", "Copyright (c) 2021 The Authors. ", "Rights: "))
    return [text for text in dict.fromkeys(before + text for text, before in pairs) if SHORTEST <= len(text) <= LONGEST]


def _by_substring(text: str) -> str | None:
    small = text.lower()
    return next((family for substring, family in SUBSTRINGS.items() if substring in small), None)


def _scancode_rate(python: Path | None, folder: Path, texts: list[str]) -> float | None:
    if python is None:
        return None
    sample = folder / "sample.json"
    sample.write_bytes(orjson.dumps(texts[::20]))
    answer = subprocess.run([str(python), "-c", _SCANCODE, str(sample)], capture_output=True, encoding="utf-8", check=False)  # noqa: S603 - ours
    return float(answer.stdout.split()[-1]) if answer.returncode == 0 else None


def _languages(registry: Registry) -> Iterator[Row]:
    texts = language_texts(registry)
    ours = rate(_reader(registry, "language"), texts)
    what = f"different languages, codes and names ({len(texts):,})"
    peer = rate(_silent(langcodes.find, LookupError), (text for text in texts if len(text) > 3))  # noqa: PLR2004 - it finds names
    yield Row(what, ours, "a second", "langcodes.find", peer, ours / peer, "of its rate", "1.5", ours >= 1.5 * peer)
    try:
        import pycountry  # noqa: PLC0415 - not every user has the peers
    except ImportError:
        yield Row("", ours, "a second", "pycountry", note="not measured: pip install pycountry")
        return
    peer = rate(_silent(pycountry.languages.lookup, LookupError), texts[::50])
    yield Row("", ours, "a second", "pycountry.languages.lookup", peer, ours / peer, "of its rate", "100", ours >= 100 * peer)


def language_texts(registry: Registry) -> list[str]:
    """Give the names of languages in the languages of our locales, and the codes."""
    names = {
        langcodes.Language.make(code).display_name(tag)
        for tag in registry.locales[::4]
        if tag != "root"
        for code in ("en", "fr", "de", "es", "ca", "pt", "it", "ru", "zh", "ja", "ar", "eu", "gl", "nl", "pl", "sv", "fi", "tr", "el", "hu")
    }
    codes = {code for tag in registry.locales if tag != "root" for code in (tag.partition("-")[0], langcodes.Language.get(tag).to_alpha3())}
    return sorted(names | codes)


def _types(registry: Registry) -> Iterator[Row]:
    locales = load_locales(load_sections(load_vocabularies()))
    labels = {label.text: key for locale in locales.values() for key, label in locale.labels("resource_types")}
    table = {fold_key(text): key for text, key in labels.items()}
    texts = list(labels)
    ours = rate(_reader(registry, "resource_type"), texts)
    # The folding remembers what it folded: half of the texts, so that neither side finds the work of the other.
    theirs = rate(lambda text: table.get(fold_key.__wrapped__(text)), texts)
    yield Row(
        f"different labels of types ({len(texts):,})",
        ours,
        "a second",
        "a dictionary look-up after the same folding",
        theirs,
        theirs / ours,
        "times its time",
        "5",
        reached=theirs <= 5 * ours,
    )


def _reader(registry: Registry, field: str) -> Callable[[str], object]:
    return lambda text: registry.normalize_uncached(field, text)


def _silent(find: Callable[[str], object], fault: type[Exception]) -> Callable[[str], object]:
    def read(text: str) -> object:
        try:
            return find(text)
        except fault:
            return None

    return read
