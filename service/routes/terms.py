"""Addresses of terms and of decisions on them."""

from __future__ import annotations

from http import HTTPStatus

from service.answers import JSON
from service.handlers import decisions, terms
from service.handlers.terms import ROOT
from service.problems import Kind
from service.routing import Route
from service.schemas import terms as schemas

TAG = "Terms"
TERM = f"{ROOT}/{{field}}/{{key}}"

ROUTES = (
    Route(
        method="GET",
        path=ROOT,
        handler=terms.list_terms,
        operation="listTerms",
        tag=TAG,
        summary="List what stayed unresolved, the most frequent first",
        query=schemas.TermsQuery,
        answers=schemas.TermsAnswer,
        problems=(Kind.INVALID, Kind.NOT_READY),
    ),
    Route(
        method="GET",
        path=f"{ROOT}/audit",
        handler=terms.list_audit,
        operation="listAudit",
        tag=TAG,
        summary="List what was decided and withdrawn, the latest first",
        query=schemas.AuditQuery,
        answers=schemas.AuditAnswer,
        problems=(Kind.INVALID, Kind.NOT_READY),
    ),
    Route(
        method="GET",
        path=f"{ROOT}/decisions",
        handler=decisions.give_sheet,
        operation="giveDecisions",
        tag=TAG,
        summary="Give all decisions as CSV",
        produces=decisions.SHEET,
        problems=(Kind.NOT_READY,),
    ),
    Route(
        method="POST",
        path=f"{ROOT}/decisions",
        handler=decisions.take_sheet,
        operation="takeDecisions",
        tag=TAG,
        summary="Take decisions from CSV, all or none",
        accepts=(decisions.SHEET,),
        limit="values_bytes",
        answers=schemas.ImportAnswer,
        problems=(Kind.INVALID, Kind.NOT_READY),
        takes_file=True,
        example={decisions.SHEET: "field,text,decision,identifier,author,note\nlanguage,català normatiu,identifier,ca,Mar,\n"},
    ),
    Route(
        method="GET",
        path=TERM,
        variables=schemas.TermVariable,
        handler=terms.show_term,
        operation="showTerm",
        tag=TAG,
        summary="Tell of one term all that is known, and what it may mean",
        answers=schemas.TermAnswer,
        problems=(Kind.NOT_FOUND, Kind.NOT_READY),
    ),
    Route(
        method="PUT",
        path=TERM,
        variables=schemas.TermVariable,
        handler=decisions.decide_term,
        operation="decideTerm",
        tag=TAG,
        summary="Decide what a term means",
        accepts=(JSON,),
        limit="record_bytes",
        takes=schemas.DecisionRequest,
        answers=schemas.TermAnswer,
        problems=(Kind.NOT_FOUND, Kind.CONFLICT, Kind.INVALID, Kind.NOT_READY),
    ),
    Route(
        method="DELETE",
        path=TERM,
        variables=schemas.TermVariable,
        handler=decisions.withdraw_decision,
        operation="withdrawDecision",
        tag=TAG,
        summary="Withdraw a decision",
        status=HTTPStatus.NO_CONTENT.value,
        query=schemas.WithdrawalQuery,
        problems=(Kind.NOT_FOUND, Kind.INVALID, Kind.NOT_READY),
    ),
    Route(
        method="GET",
        path=f"{TERM}/impact",
        variables=schemas.TermVariable,
        handler=terms.tell_impact,
        operation="tellImpact",
        tag=TAG,
        summary="Tell how many values a decision would change",
        query=schemas.Proposal,
        answers=schemas.ImpactAnswer,
        problems=(Kind.NOT_FOUND, Kind.INVALID, Kind.NOT_READY),
    ),
)
