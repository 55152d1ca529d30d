"""Every target by its name, and the way of a record into one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import orjson
from msgspec import Struct

from normalizers.records.crosswalks import csl, datacite, oai_dc, openaire, rows, schema_org, xml
from normalizers.records.crosswalks.account import Account
from normalizers.records.crosswalks.model import Crossing
from normalizers.records.crosswalks.terms import Tables, Terms, load_tables
from normalizers.vocabularies import Vocabulary

XML = "application/xml"


class Target(Struct, frozen=True):
    """A form that a clean record can be given: how its documents are made, and written as bytes."""

    name: str
    media_type: str
    write: Callable[[Account, Terms], Any]
    dump: Callable[[Any], bytes]

    @property
    def is_json(self) -> bool:
        """Tell whether the documents are JSON types, not XML elements."""
        return self.media_type != XML


TARGETS: Mapping[str, Target] = MappingProxyType(
    {
        target.name: target
        for target in (
            Target("datacite", datacite.MEDIA_TYPE, datacite.write, orjson.dumps),
            Target("openaire", XML, openaire.write, xml.dump),
            Target("oai_dc", XML, oai_dc.write, xml.dump),
            Target("schema_org", schema_org.MEDIA_TYPE, schema_org.write, orjson.dumps),
            Target("csl", csl.MEDIA_TYPE, csl.write, orjson.dumps),
        )
    }
)
PROFILES: Mapping[str, str] = MappingProxyType({openaire.NAMESPACE: "openaire", oai_dc.NAMESPACE: "oai_dc"})
"""Targets that are XML, by the namespaces that a client may name as a profile."""

_TYPE_SCHEMES = MappingProxyType({"schema_org": "schema-org"})


class Crosswalks:
    """Says clean records in the terms of others. Immutable."""

    def __init__(self, vocabularies: Mapping[str, Vocabulary]) -> None:
        tables: Tables = load_tables()
        schemes = {name: _TYPE_SCHEMES.get(name, name) for name in TARGETS}
        self._terms = {name: Terms(scheme, tables.get(scheme, {}), vocabularies) for name, scheme in schemes.items()}

    def cross(self, record: Mapping[str, Any], to: str) -> Crossing:
        """Say a clean record in the terms of a target; KeyError for a target that is none."""
        account = Account(record)
        document = TARGETS[to].write(account, self._terms[to])
        return Crossing(document, account.unsaid(), tuple(account.lacks))


def tabulate(record: Mapping[str, Any], chosen: Sequence[rows.Column]) -> Crossing:
    """Fill one row of the chosen columns."""
    account = Account(record)
    return Crossing(rows.write(account, chosen), account.unsaid(), ())
