"""The answer to a record; the library publishes its schema, and holds its own answers to it."""

from __future__ import annotations

from marshmallow import RAISE

from normalizers.records.answer_schema import Answer
from service.schemas.base import Flag, Strict


class RecordQuery(Strict):
    """What is wished for beside the answer to a record, from the query of its address."""

    detect = Flag(in_query=True, metadata={"description": "Also detect the languages of titles and abstracts."})


class RecordAnswer(Answer):
    """A clean record, how it was decided, and all that is not in it."""

    class Meta:
        """Options that marshmallow reads."""

        unknown = RAISE
