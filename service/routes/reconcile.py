"""Addresses of the reconciliation service API."""

from __future__ import annotations

from functools import partial
from typing import Any

from service.handlers import reconcile
from service.handlers.reconcile import FORM, PATH, SCRIPT
from service.problems import Kind
from service.routing import Route
from service.schemas import reconcile as schemas

TAG = "Reconciliation"
QUERIES = {"queries": '{"q0": {"query": "Reconeixement 4.0 Internacional", "type": "license"}}'}

_asked: Any = partial(Route, method="GET", tag=TAG, open_to_origins=True, problems=(Kind.INVALID, Kind.NOT_READY), also_produces=(SCRIPT,))
_looked_up: Any = partial(_asked, problems=(Kind.NOT_FOUND, Kind.INVALID, Kind.NOT_READY), query=schemas.EntityQuery)

ROUTES: tuple[Route, ...] = (
    _asked(
        path=PATH,
        handler=reconcile.reconcile_get,
        operation="reconcile",
        summary="Give the manifest, or answer queries",
        query=schemas.ReconcileQuery,
        answers=schemas.ReconcileAnswer,
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
    _asked(
        path=f"{PATH}/properties",
        handler=reconcile.propose_properties,
        operation="proposeProperties",
        summary="List the properties of a type",
        query=schemas.ProposeQuery,
        answers=schemas.ProposeAnswer,
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
