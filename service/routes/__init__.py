"""The table of all addresses: what each takes, what it answers, and who answers it. One module for each group of them."""

from __future__ import annotations

from service.routes import catalogue, contract, jobs, operations, reading, reconcile, stats, terms

ROUTES = (
    *reading.ROUTES,
    *jobs.ROUTES,
    *terms.ROUTES,
    *reconcile.ROUTES,
    *catalogue.ROUTES,
    *stats.ROUTES,
    *operations.ROUTES,
    *contract.ROUTES,
)
