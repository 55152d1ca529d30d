"""Addresses that tell about all the others."""

from __future__ import annotations

from service.handlers import contract
from service.problems import Kind
from service.routing import Route

TAG = "Contract"

ROUTES = (
    Route(
        method="GET",
        path="/openapi.json",
        handler=contract.give_contract,
        operation="giveContract",
        tag=TAG,
        summary="Give this document",
        tagged=True,
        problems=(Kind.NOT_READY,),
    ),
    Route(
        method="GET",
        path="/docs/api",
        handler=contract.show_page,
        operation="showContract",
        tag=TAG,
        summary="Show a page to try every address on",
        produces="text/html",
        tagged=True,
    ),
    Route(
        method="GET",
        path="/docs/api/{file}",
        handler=contract.give_page_file,
        operation="givePageFile",
        tag=TAG,
        summary="Give a script or style of the page",
        listed=False,
    ),
)
