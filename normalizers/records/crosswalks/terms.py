"""The words of the targets: the tables of ``terms.yaml``, and the types of documents."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from normalizers.document_types import crosswalk
from normalizers.errors import VocabularyError
from normalizers.records.crosswalks.account import Part
from normalizers.records.crosswalks.model import Reason
from normalizers.strict_yaml import parse_yaml
from normalizers.vocabularies import Vocabulary

TABLES = Path(__file__).with_name("terms.yaml")

Tables = Mapping[str, Mapping[str, Mapping[str, str]]]


class Terms(Struct, frozen=True):
    """The words of one target."""

    target: str
    tables: Mapping[str, Mapping[str, str]]
    vocabularies: Mapping[str, Vocabulary]

    def word(self, table: str, name: str) -> str | None:
        """Give the target's word for one of ours; None where it has none."""
        return self.tables[table].get(name)

    def type_of(self, part: Part) -> str | None:
        """Give the target's term for a type of document, and note where it is wider than the type."""
        uri = part.value["uri"]
        term = crosswalk(self.vocabularies, uri, self.target)
        if term is None:
            part.leave(Reason.NOT_IN_LIST)
            return None
        part.part("uri").leave(Reason.COARSER)
        part.take("label")
        part.take("broader")
        return term

    def role_of(self, person: Part) -> str:
        """Give the target's word for the role of a contributor, and note where it is wider."""
        role = person.value.get("role", "contributor")
        if role in self.tables["exact roles"]:
            person.take("role")
        else:
            person.part("role").leave(Reason.COARSER)
        return self.tables["roles"].get(role) or self.tables["roles"]["contributor"]


def load_tables(path: Path = TABLES) -> Tables:
    """Read the tables; raises VocabularyError where the file is faulty."""
    document = parse_yaml(path.read_text(encoding="utf-8"), path.name)
    if document.faults:
        raise VocabularyError(document.faults)
    return MappingProxyType(document.content)
