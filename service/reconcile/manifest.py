"""What the reconciliation service says of itself, and the names of its types."""

from __future__ import annotations

from typing import Any

from normalizers import Catalogue

VERSIONS = ("0.1", "0.2", "1.0-draft")
PREVIEW_WIDTH, PREVIEW_HEIGHT = 420, 180
LOCALE = "locale"
"""The setting of a property, and the hint of a query, that names a language by its tag."""

DEFAULT_LOCALE = "en"
_LOCALE_LABEL, _LOCALE_HELP = "Language of names", "The BCP 47 tag of a language, such as ca or pt-BR"
_SUGGESTED = ("entity", "type", "property")


def build_manifest(catalogue: Catalogue, base: str, version: str) -> dict[str, Any]:
    """Say what there is at which address below the base (specification, section 3)."""
    return {
        **_common(catalogue, base, version),
        "identifierSpace": f"{base}/view",
        "schemaSpace": f"{base}/properties",
        "view": {"url": f"{base}/view?id={{{{id}}}}"},
        "preview": {"url": f"{base}/preview?id={{{{id}}}}", "width": PREVIEW_WIDTH, "height": PREVIEW_HEIGHT},
        "suggest": {
            kind: {
                "service_url": base,
                "service_path": f"/suggest/{kind}",
                "flyout_service_url": base,
                "flyout_service_path": f"/flyout/{kind}?id=${{id}}",
            }
            for kind in _SUGGESTED
        },
        "extend": {
            "propose_properties": {"service_url": base, "service_path": "/properties"},
            "property_settings": [
                {
                    "name": LOCALE,
                    "label": _LOCALE_LABEL,
                    "type": "text",
                    "default": DEFAULT_LOCALE,
                    "help_text": _LOCALE_HELP,
                }
            ],
        },
    }


def build_draft_manifest(catalogue: Catalogue, base: str, version: str, batch: int) -> dict[str, Any]:
    """Say the same as the draft of version 1.0 does: there the addresses below the base are given, and a template is one of RFC 6570."""
    setting = {"id": LOCALE, "name": _LOCALE_LABEL, "type": "text", "default": DEFAULT_LOCALE, "helpText": _LOCALE_HELP}
    return {
        **_common(catalogue, base, version),
        "view": {"url": f"{base}/view?id={{id}}"},
        "preview": {"width": PREVIEW_WIDTH, "height": PREVIEW_HEIGHT},
        "suggest": dict.fromkeys(_SUGGESTED, True),
        "extend": {"proposeProperties": True, "propertySettings": [setting]},
        "batchSize": batch,
        "standardizedScore": True,
    }


def _common(catalogue: Catalogue, base: str, version: str) -> dict[str, Any]:
    return {
        "versions": list(VERSIONS),
        "name": "drets",
        "documentation": f"{base.removesuffix('/reconcile')}/docs/",
        "serviceVersion": version,
        "defaultTypes": [type_of(field) for field in catalogue.fields],
    }


def type_of(field: str) -> dict[str, str]:
    """Give a field as a type of reconciliation."""
    return {"id": field, "name": field.replace("_", " ").capitalize()}
