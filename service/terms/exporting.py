"""What ``drets terms export`` does: from the store to the fragment of a locale."""

from __future__ import annotations

from bulk.engine import open_engine
from service.settings import Settings
from service.store import open_store
from service.terms.decisions import load_decisions
from service.terms.patch import write_patch


async def export_patch(settings: Settings, tag: str) -> str:
    """Write the decisions of a store as labels for a locale. Raises StoreError."""
    store = await open_store(settings.store, settings.state)
    try:
        rows = await load_decisions(store)
    finally:
        await store.close()
    return write_patch(rows, open_engine(settings.locales, settings.data), tag)
