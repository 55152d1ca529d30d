"""A user's own names of fields, from a mapping file: a few lines of YAML, checked before anything is read.

fields:
Titre principal: title
Titre anglais: title@en
biblio.auteurs: creator
Cote interne: unused
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from rapidfuzz import fuzz, process

from normalizers.errors import Fault, MappingFileError
from normalizers.folding import fold_key
from normalizers.records.field_names import LONGEST_NAME, OWN_RULE, FieldName
from normalizers.records.mapping.loader import FIELDS
from normalizers.strict_yaml import Document, parse_yaml

UNUSED: Final = "unused"
"""Stands for no field: values under such a name are kept among what was not read, whatever a locale makes of the name."""

_MEMBER = "fields"
_LIKE_ENOUGH = 60
_TARGET = re.compile(r"(?P<key>\w+)(?:@(?P<language>[A-Za-z]{2,3}(?:-\w{2,8})*))?")

OwnNames = Mapping[str, FieldName]
"""What a user's names stand for, by the name as it is written and by its folded form."""


def load_own_names(text: str, file: str) -> OwnNames:
    """Read a mapping file, given as its text; ``file`` is what faults call it.

    Raises MappingFileError with every fault: its line, the name, and where a field is not known the one that is most like it.
    """
    document = parse_yaml(text, file)
    faults = [*document.faults, *(_faults_around(document) if not document.faults else ())]
    if faults:
        raise MappingFileError(tuple(faults))
    names: dict[str, FieldName] = {}
    for name, target in document.content[_MEMBER].items():
        found = _TARGET.fullmatch(target)
        key = found["key"] if found and (found["key"] in FIELDS or target == UNUSED) else None
        if key is None or found is None:
            faults.append(document.fault((_MEMBER, name), _unknown(target)))
            continue
        stated = FieldName(None if key == UNUSED else key, (), f"{OWN_RULE}{name}", frozenset(), found["language"])
        if names.setdefault(fold_key(name) or name, stated) is not stated:
            faults.append(document.fault((_MEMBER, name), "the same name stands twice, but for case and marks"))
        names[name] = stated
    if faults:
        raise MappingFileError(tuple(faults))
    return MappingProxyType(names)


def _faults_around(document: Document) -> Iterator[Fault]:
    content = document.content
    if not isinstance(content, dict) or _MEMBER not in content:
        yield document.fault((), f"a mapping file has one member, {_MEMBER!r}")
        return
    for name in content.keys() - {_MEMBER}:
        yield document.fault((name,), _suggested(f"{name!r} is not known here", name, [_MEMBER]))
    fields = content[_MEMBER]
    if not isinstance(fields, dict) or not fields:
        yield document.fault((_MEMBER,), "must hold names, each with the field that it stands for")
        return
    for name, target in fields.items():
        if not isinstance(target, str):
            yield document.fault((_MEMBER, name), "must be one field")
        elif len(name) > LONGEST_NAME:
            yield document.fault((_MEMBER, name), f"a name has at most {LONGEST_NAME} characters")


def _unknown(target: str) -> str:
    return _suggested(f"{target!r} is no field of a record", target.partition("@")[0], FIELDS)


def _suggested(fault: str, name: str, known: Iterable[str]) -> str:
    """Add what was probably meant, if anything is like it."""
    found = process.extractOne(name.lower(), sorted(known), scorer=fuzz.WRatio, score_cutoff=_LIKE_ENOUGH)
    return f"{fault}; did you mean {found[0]!r}?" if found else fault
