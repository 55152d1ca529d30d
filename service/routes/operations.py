"""Addresses for whoever runs the service."""

from __future__ import annotations

from service.handlers import operations
from service.problems import Kind
from service.routing import Route
from service.schemas import operations as about

TAG = "Operations"

ROUTES = (
    Route(
        method="GET",
        path="/healthz",
        handler=operations.healthz,
        operation="isAlive",
        tag=TAG,
        summary="Say whether the process lives",
        produces=operations.HEALTH,
        answers=about.Health,
    ),
    Route(
        method="GET",
        path="/readyz",
        handler=operations.readyz,
        operation="isReady",
        tag=TAG,
        summary="Say whether the service is ready",
        produces=operations.HEALTH,
        answers=about.Health,
        problems=(Kind.NOT_READY,),
    ),
    Route(
        method="GET",
        path="/metrics",
        handler=operations.metrics,
        operation="giveFigures",
        tag=TAG,
        summary="Give the figures for Prometheus",
        produces="text/plain",
    ),
)
