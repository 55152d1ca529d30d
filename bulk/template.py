"""The file that somebody who adds a language starts from."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from normalizers.localedata import SectionDefinition

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 _-]*")
_MONTHS = 12


def write_template(tag: str, name: str, sections: Mapping[str, SectionDefinition]) -> str:
    """Write a locale file in which every section and key stands as a comment, with its meaning.

    Whoever fills it in takes away the ``#`` of what they know. Until the sources are stated, the check of the file says so.
    """
    return "\n".join((*_head(tag, name), *(line for definition in sections.values() for line in _section(definition)), *_tail())) + "\n"


def _head(tag: str, name: str) -> Iterator[str]:
    yield f"# The words of one language: {name}. Take the # away from every line that you fill in, and leave the others as they are."
    yield "# A list of labels has the usual word first: `version of record: [publisher's version, published version]`."
    yield "# Misspellings go below `hidden`: `key: {pref: word, alt: [other word], hidden: [wrod]}`. No regular expressions."
    yield "# Beside a script that a reviewer may not read, put the meaning in a comment."
    yield ""
    yield f"locale: {tag}"
    yield f"name: {_scalar(name)}"
    yield "sources:  # who says so: native usage, the interface of a repository, a standard with its address"
    yield "  # - "


def _section(definition: SectionDefinition) -> Iterator[str]:
    yield ""
    yield f"# {definition.purpose}{' A label may start or end with * where the word goes on.' if definition.stems else ''}"
    yield f"# {definition.name}:"
    if definition.open:
        yield "#   key: []"
    width = max((len(_scalar(key)) for key in definition.keys), default=0) + len(": []")
    for key, meaning in definition.keys.items():
        yield f"#   {f'{_scalar(key)}: []'.ljust(width)}  # {meaning}"


def _tail() -> Iterator[str]:
    yield ""
    yield "# Names of the twelve months, from January on: full, short, and inflected as dates have them."
    yield "# months:"
    yield from ("#   - []",) * _MONTHS
    yield ""
    yield "# Texts that prove the words above, and texts that must not be read. Every one is run by `drets locales check`."
    yield "# examples:"
    yield "#   - {field: license, text: a sentence that states a licence, reads: CC-BY-NC}"
    yield "#   - {field: license, text: a sentence that sounds like one and is none, reads: none}"


def _scalar(text: str) -> str:
    """Write a string as YAML; JSON's quoting is YAML's as well."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
