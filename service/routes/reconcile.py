"""Addresses of the reconciliation service API."""

from __future__ import annotations

from functools import partial
from typing import Any

from service.answers import JSON
from service.handlers import reconcile, reconcile_draft
from service.handlers.reconcile import DRAFT, FORM, PATH, SCRIPT
from service.problems import Kind
from service.routing import Route
from service.schemas import reconcile as schemas
from service.schemas import reconcile_draft as draft

TAG = "Reconciliation"
QUERIES = {"queries": '{"q0": {"query": "Reconeixement 4.0 Internacional", "type": "license"}}'}
CONDITIONS = {"queries": [{"type": "license", "conditions": [{"matchType": "name", "propertyValue": "Reconeixement 4.0 Internacional"}]}]}
EXTENSION = {"ids": ["https://creativecommons.org/licenses/by/4.0/"], "properties": [{"id": "spdx"}]}

_asked: Any = partial(Route, method="GET", tag=TAG, open_to_origins=True, problems=(Kind.INVALID, Kind.NOT_READY), also_produces=(SCRIPT,))
_posted: Any = partial(
    Route,
    method="POST",
    tag=TAG,
    open_to_origins=True,
    accepts=(JSON,),
    also_produces=(DRAFT,),
    limit="values_bytes",
    problems=(Kind.INVALID, Kind.NOT_READY),
)
_looked_up: Any = partial(_asked, problems=(Kind.NOT_FOUND, Kind.INVALID, Kind.NOT_READY), query=schemas.EntityQuery)

ROUTES: tuple[Route, ...] = (
    _asked(
        path=PATH,
        handler=reconcile.reconcile_get,
        operation="reconcile",
        summary="Give the manifest, or answer queries",
        query=schemas.ReconcileQuery,
        answers=schemas.ReconcileAnswer,
        also_produces=(SCRIPT, DRAFT),
    ),
    Route(
        method="POST",
        path=PATH,
        handler=reconcile.reconcile_post,
        operation="reconcileForm",
        tag=TAG,
        summary="Answer a batch of queries",
        accepts=(FORM,),
        limit="values_bytes",
        takes=schemas.ReconcileForm,
        answers=schemas.ReconcileAnswer,
        problems=(Kind.INVALID, Kind.NOT_READY),
        example={FORM: QUERIES},
        open_to_origins=True,
    ),
    _posted(
        path=f"{PATH}/match",
        handler=reconcile_draft.match,
        operation="matchConditions",
        summary="Answer a batch of queries, by the draft of version 1.0",
        takes=draft.MatchBatch,
        answers=draft.MatchAnswer,
        example={JSON: CONDITIONS},
    ),
    _posted(
        path=f"{PATH}/extend",
        handler=reconcile_draft.extend_by_post,
        operation="extendIdentifiers",
        summary="Give the values of properties, by the draft of version 1.0",
        takes=schemas.Extend,
        answers=draft.ExtendAnswer,
        example={JSON: EXTENSION},
    ),
    *(
        _asked(
            path=f"{PATH}/suggest/{kind}",
            handler=handler,
            operation=f"suggest{kind.capitalize()}",
            summary=f"Complete the name of a{'n' if kind == 'entity' else ''} {kind}",
            query=schemas.SuggestQuery,
            answers=schemas.SuggestAnswer,
        )
        for kind, handler in (
            ("entity", reconcile.suggest_entity),
            ("type", reconcile.suggest_type),
            ("property", reconcile.suggest_property),
        )
    ),
    *(
        _looked_up(
            path=f"{PATH}/flyout/{kind}",
            handler=handler,
            operation=f"show{kind.capitalize()}",
            summary=f"Give a few lines on a{'n' if kind == 'entity' else ''} {kind}",
            answers=schemas.Flyout,
        )
        for kind, handler in (
            ("entity", reconcile.flyout_entity),
            ("type", reconcile.flyout_type),
            ("property", reconcile.flyout_property),
        )
    ),
    *(
        _asked(
            path=f"{PATH}/{place}",
            handler=reconcile.propose_properties,
            operation=operation,
            summary="List the properties of a type",
            query=schemas.ProposeQuery,
            answers=schemas.ProposeAnswer,
        )
        for place, operation in (("properties", "proposeProperties"), ("extend/propose", "proposeExtension"))
    ),
    *(
        _looked_up(
            path=f"{PATH}/{name}",
            handler=reconcile.preview,
            operation=f"{name}Entity",
            summary="Show an entity as a page",
            produces="text/html",
            also_produces=(),
        )
        for name in ("preview", "view")
    ),
    _asked(
        path=f"{PATH}/preview.css",
        handler=reconcile.preview_style,
        operation="givePreviewStyle",
        summary="Give the style of that page",
        listed=False,
    ),
)
