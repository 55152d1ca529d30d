"""How names of types are read beside each other: two languages, glued, with a version or a review status.

Run it as ``python -m benchmarks.combined_types``. The texts are made from the first label that each locale has for 24 types; a label that
is ambiguous by itself, or that is the English one, makes none. The figure is that of ``docs/fields/resource-type.md``.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator

from normalizers import Registry, build_registry
from normalizers.localedata import load_locales, load_sections
from normalizers.vocabularies import load_vocabularies

TYPES = (
    "annotation", "book", "book part", "book review", "conference paper", "conference poster", "conference presentation",
    "conference proceedings", "dataset", "doctoral thesis", "editorial", "image", "interview", "journal article", "lecture", "manuscript",
    "map", "master thesis", "newspaper article", "patent", "preprint", "report", "software", "working paper",
)  # fmt: skip
JOINED = (
    "{own} {english}",
    "{own}{english}",
    "{own}/{english}",
    "{own} / {english}",
    "{own} ; {english}",
    "{own} ({english})",
    "{english} / {own}",
)
BESIDE = ("{own}, published version", "{own} ; info:eu-repo/semantics/acceptedVersion", "{own} (peer reviewed)")


def main() -> None:
    """Print how many texts are read as the type that both halves name, by shape."""
    registry = build_registry()
    labels = _labels()
    right, all_texts, wrong = Counter[str](), Counter[str](), Counter[str]()
    for tag, own, english in _pairs(registry, labels):
        expected = registry.normalize("resource_type", own, locale=tag).identifiers
        for shape in (*JOINED, *BESIDE):
            found = registry.normalize("resource_type", shape.format(own=own, english=english), locale=tag).identifiers
            all_texts[shape] += 1
            right[shape] += found == expected
            wrong[shape] += bool(found) and found != expected
            if found != expected and "--show" in sys.argv:
                print(tag, shape.format(own=own, english=english), expected, found)
    for shape, number in all_texts.items():
        print(f"{shape:45} {number:6} {right[shape] / number:7.1%} right {wrong[shape] / number:6.1%} otherwise")
    texts = all_texts.total()
    print(f"{'all':45} {texts:6} {right.total() / texts:7.1%} right {wrong.total() / texts:6.1%} otherwise")


def _labels() -> dict[str, dict[str, str]]:
    locales = load_locales(load_sections(load_vocabularies()))
    found: dict[str, dict[str, str]] = {}
    for tag, locale in locales.items():
        for key, label in locale.labels("resource_types"):
            if key in TYPES and tag != "root":
                found.setdefault(tag, {}).setdefault(key, label.text)
    return found


def _pairs(registry: Registry, labels: dict[str, dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    english = labels["en"]
    for tag, names in labels.items():
        for name, own in names.items():
            if name in english and own.casefold() != english[name].casefold() and _is_clear(registry, tag, own, english[name]):
                yield tag, own[0].upper() + own[1:], english[name][0].upper() + english[name][1:]


def _is_clear(registry: Registry, tag: str, own: str, english: str) -> bool:
    first, second = (registry.normalize("resource_type", text, locale=locale) for text, locale in ((own, tag), (english, "en")))
    return len(first.identifiers) == 1 and first.identifiers == second.identifiers


if __name__ == "__main__":
    main()
