"""Terms, and decisions on them."""

from __future__ import annotations

from marshmallow import fields, validate

from normalizers import OVERRIDABLE
from service.schemas.base import Items, Strict, Text
from service.terms.counting import LONGEST
from service.terms.decisions import Kind

_FIELD = validate.OneOf(OVERRIDABLE, error=f"Terms are counted in the fields {', '.join(OVERRIDABLE)}.")
_KEY = validate.Regexp(r"^[0-9a-f]{32}$", error="There is no such term.")
_KINDS = validate.OneOf([kind.value for kind in Kind], error=f"The decisions are {', '.join(Kind)}.")
_CURSOR = validate.Regexp(r"^[0-9]{1,18}-[a-z_]{1,40}-[0-9a-f]{32}$", error="This is no cursor; take it from 'next'.")
_SOURCE = validate.Regexp(r"^[A-Za-z0-9._:-]{1,64}$", error="No source has such a name.")
_MOST = 200
_LIMIT = validate.Range(1, _MOST, error=f"A number from 1 to {_MOST} belongs here.")


class TermVariable(Strict):
    """The term that an address speaks of."""

    field = Text(required=True, validate=_FIELD)
    key = Text(required=True, validate=_KEY)


class TermsQuery(Strict):
    """Which terms to list, and whether to suggest what each may mean."""

    limit = fields.Integer(load_default=50, validate=_LIMIT)
    cursor = Text(validate=_CURSOR)
    field = Text(validate=_FIELD)
    state = Text(load_default="open", validate=validate.OneOf(("open", "decided", "ignored", "all")))
    q = Text(validate=validate.Length(max=LONGEST))
    source = Text(validate=_SOURCE)
    suggest = fields.Boolean(load_default=False)


class AuditQuery(Strict):
    """Which entries of the log to list."""

    limit = fields.Integer(load_default=50, validate=_LIMIT)
    before = fields.Integer(validate=validate.Range(0, 2**31 - 1))
    field = Text(validate=_FIELD)
    key = Text(validate=_KEY)


class Proposal(Strict):
    """What is or would be decided."""

    decision = Text(required=True, validate=_KINDS)
    identifier = Text(validate=validate.Length(min=1, max=500))


class DecisionRequest(Proposal):
    """A decision, by whom, and why; ``text`` where the term was never met."""

    author = Text(required=True, validate=validate.Length(min=1, max=200))
    note = Text(load_default="", validate=validate.Length(max=2_000))
    text = Text(validate=validate.Length(min=1, max=LONGEST))


class WithdrawalQuery(Strict):
    """Who withdraws a decision, and why."""

    author = Text(required=True, validate=validate.Length(min=1, max=200))
    note = Text(load_default="", validate=validate.Length(max=2_000))


class DecisionAnswer(Strict):
    """A decision that stands."""

    decision = Text(required=True, validate=_KINDS)
    identifier = Text(required=True, allow_none=True)
    author = Text(required=True)
    note = Text(required=True)
    decided = Text(required=True)


class TermSuggestion(Strict):
    """An identifier that may be meant, and how alike its name is, of 100."""

    identifier = Text(required=True)
    label = Text(required=True, allow_none=True)
    score = fields.Float(required=True, allow_none=True)
    source = Text(required=True, data_key="from")


class TermHint(Strict):
    """Another field in which the text is understood."""

    field = Text(required=True)
    status = Text(required=True)
    identifiers = Items(Text(), required=True)


class TermAnswer(Strict):
    """A term: how often it was met, when, in what; and what was decided, if anything was."""

    field = Text(required=True)
    key = Text(required=True)
    folded = Text(required=True)
    text = Text(required=True)
    count = fields.Integer(required=True, strict=True)
    first_seen = Text(required=True, allow_none=True)
    last_seen = Text(required=True, allow_none=True)
    example = Text(required=True, allow_none=True)
    sources = fields.Dict(keys=Text(), values=fields.Integer(strict=True), required=True)
    decision = fields.Nested(DecisionAnswer, required=True, allow_none=True)
    suggestions = Items(fields.Nested(TermSuggestion))
    hints = Items(fields.Nested(TermHint))


class TermsAnswer(Strict):
    """Terms, the most frequent first, and the address of the next page."""

    terms = Items(fields.Nested(TermAnswer), required=True)
    next = Text(required=True, allow_none=True)


class TermReading(Strict):
    """How the term is answered."""

    status = Text(required=True)
    identifiers = Items(Text(), required=True)


class ImpactAnswer(Strict):
    """What a decision would change: of so many values met in the last days, so many would be answered otherwise."""

    before = fields.Nested(TermReading, required=True)
    after = fields.Nested(TermReading, required=True)
    days = fields.Integer(required=True, strict=True)
    met = fields.Integer(required=True, strict=True)
    changed = fields.Integer(required=True, strict=True)


class AuditEntry(Strict):
    """What somebody decided or withdrew."""

    id = fields.Integer(required=True, strict=True)
    time = Text(required=True)
    action = Text(required=True, validate=validate.OneOf(("decide", "withdraw")))
    field = Text(required=True)
    key = Text(required=True)
    text = Text(required=True)
    decision = Text(required=True, allow_none=True)
    identifier = Text(required=True, allow_none=True)
    author = Text(required=True)
    note = Text(required=True)


class AuditAnswer(Strict):
    """Entries of the log, the latest first, and the address of the next page."""

    entries = Items(fields.Nested(AuditEntry), required=True)
    next = Text(required=True, allow_none=True)


class ImportAnswer(Strict):
    """How many decisions were taken from a sheet."""

    decisions = fields.Integer(required=True, strict=True)
