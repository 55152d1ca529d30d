"""Entities for people: a few lines of HTML for a preview or a flyout. Everything that is shown is escaped."""

from __future__ import annotations

from html import escape

from normalizers import Catalogue, Entity
from service.reconcile.manifest import type_of

_MOST_NAMES = 12
STYLE = (
    "body { font: 14px/1.4 system-ui, sans-serif; margin: 8px; } h1 { font-size: 16px; margin: 0 0 4px; } "
    "dl { display: grid; grid-template-columns: 9em 1fr; gap: 2px 8px; margin: 0; } "
    "dt, dd { margin: 0; overflow-wrap: anywhere; } dt { color: #555; }"
)


def lines_on(catalogue: Catalogue, entity: Entity, locales: tuple[str, ...]) -> str:
    """Write what is known of an entity: its identifier, its names, its facts."""
    names = list(dict.fromkeys(name for locale in locales if (name := catalogue.label(entity, locale))))[:_MOST_NAMES]
    facts = [(about.name, ", ".join(entity.facts[about.id])) for about in catalogue.properties if about.id in entity.facts]
    rows = [(type_of(entity.field)["name"], _linked(entity.identifier)), *((name, escape(text)) for name, text in facts)]
    if names:
        rows.append(("Names", escape(" · ".join(names))))
    listed = "".join(f"<dt>{escape(name)}</dt><dd>{shown}</dd>" for name, shown in rows)
    return f"<h1>{escape(entity.name)}</h1><dl>{listed}</dl>"


def page_on(catalogue: Catalogue, entity: Entity, locales: tuple[str, ...]) -> str:
    """Write the same as a page of its own, to be shown in a frame."""
    head = f'<meta charset="utf-8"><title>{escape(entity.name)}</title><link rel="stylesheet" href="preview.css">'
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{lines_on(catalogue, entity, locales)}</body></html>'


def _linked(identifier: str) -> str:
    shown = escape(identifier)
    return f'<a href="{shown}" target="_blank" rel="noopener noreferrer">{shown}</a>' if identifier.startswith("http") else shown
