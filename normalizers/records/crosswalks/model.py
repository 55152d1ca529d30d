"""What a crosswalk answers: the document, what it left unsaid, and what the target demands and the record lacks."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from msgspec import Struct


class Reason(StrEnum):
    """Why a part of the record is not in the document."""

    NO_PLACE = "no_place"
    ONE_ONLY = "one_only"
    COARSER = "coarser"
    NOT_IN_LIST = "not_in_list"
    FORM = "form"
    INCOMPLETE = "incomplete"
    NOT_CHOSEN = "not_chosen"


class Unsaid(Struct, frozen=True):
    """A part of the record that the document does not say, by a JSON pointer into the clean record, and why.

    Where the reason is ``coarser``, the document says it, but in wider terms.
    """

    pointer: str
    reason: Reason


class Lack(Struct, frozen=True):
    """Something that the target demands and the record does not hold. Nothing is made up for it."""

    element: str
    detail: str


class Crossing(Struct, frozen=True):
    """One record in the terms of a target: JSON types, an XML element, or a row of cells."""

    document: Any
    unsaid: tuple[Unsaid, ...]
    lacks: tuple[Lack, ...]
