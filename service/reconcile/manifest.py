"""What the reconciliation service says of itself, and the names of its types."""

from __future__ import annotations

from typing import Any

from normalizers import Catalogue

VERSIONS = ("0.1", "0.2")
PREVIEW_WIDTH, PREVIEW_HEIGHT = 420, 180
LOCALE = "locale"
"""The setting of a property, and the hint of a query, that names a language by its tag."""

DEFAULT_LOCALE = "en"


def build_manifest(catalogue: Catalogue, base: str, version: str) -> dict[str, Any]:
    """Say what there is at which address below the base (specification, section 3)."""
    return {
        "versions": list(VERSIONS),
        "name": "drets",
        "identifierSpace": f"{base}/view",
        "schemaSpace": f"{base}/properties",
        "documentation": f"{base.removesuffix('/reconcile')}/docs/",
        "serviceVersion": version,
        "defaultTypes": [type_of(field) for field in catalogue.fields],
        "view": {"url": f"{base}/view?id={{{{id}}}}"},
        "preview": {"url": f"{base}/preview?id={{{{id}}}}", "width": PREVIEW_WIDTH, "height": PREVIEW_HEIGHT},
        "suggest": {
            kind: {
                "service_url": base,
                "service_path": f"/suggest/{kind}",
                "flyout_service_url": base,
                "flyout_service_path": f"/flyout/{kind}?id=${{id}}",
            }
            for kind in ("entity", "type", "property")
        },
        "extend": {
            "propose_properties": {"service_url": base, "service_path": "/properties"},
            "property_settings": [
                {
                    "name": LOCALE,
                    "label": "Language of names",
                    "type": "text",
                    "default": DEFAULT_LOCALE,
                    "help_text": "The BCP 47 tag of a language, such as ca or pt-BR",
                }
            ],
        },
    }


def type_of(field: str) -> dict[str, str]:
    """Give a field as a type of reconciliation."""
    return {"id": field, "name": field.replace("_", " ").capitalize()}
