"""What a crosswalk answers: the document, what it left unsaid, and what the target demands and the record lacks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Reason(StrEnum):
    """Why a part of the record is not in the document."""

    NO_PLACE = "no_place"
    ONE_ONLY = "one_only"
    COARSER = "coarser"
    NOT_IN_LIST = "not_in_list"
    FORM = "form"
    INCOMPLETE = "incomplete"
    NOT_CHOSEN = "not_chosen"


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A part of the record that the document does not say, by a JSON pointer into the clean record, and why.

    Where the reason is ``coarser``, the document says it, but in wider terms.
    """

    pointer: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that the target demands and the record does not hold. Nothing is made up for it."""

    element: str
    detail: str


@dataclass(frozen=True, slots=True)
class Crossing:
    """One record in the terms of a target: JSON types, an XML element, or a row of cells."""

    document: Any
    unsaid: tuple[Unsaid, ...]
    lacks: tuple[Lack, ...]
