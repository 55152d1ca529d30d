"""Keeps the registry of a process in step with what people decided."""

from __future__ import annotations

import asyncio

from normalizers import Registry
from service.store import Store
from service.terms.decisions import load_overrides


class LiveDecisions:
    """Lays the decisions that stand over a registry, anew whenever they change."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._one_at_a_time = asyncio.Lock()

    async def overlay(self, registry: Registry) -> Registry:
        """Give the registry with the decisions that stand laid over it; each is read once, in a thread."""
        async with self._one_at_a_time:
            overrides = await load_overrides(self._store)
            return await asyncio.to_thread(registry.with_overrides, overrides) if overrides else registry.with_overrides(())
