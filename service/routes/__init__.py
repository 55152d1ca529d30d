"""The table of all addresses: what each takes, what it answers, and who answers it. One module for each group of them."""

from __future__ import annotations

from service.routes import catalogue, contract, jobs, operations, reading, reconcile, stats

ROUTES = (*reading.ROUTES, *jobs.ROUTES, *catalogue.ROUTES, *operations.ROUTES, *stats.ROUTES, *reconcile.ROUTES, *contract.ROUTES)
