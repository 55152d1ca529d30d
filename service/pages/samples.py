"""Texts to start from, so that nobody sits before an empty box."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

import service.pages
import service.samples


def load_samples() -> list[dict[str, Any]]:
    """Read the samples: each has the name of its language in itself, a ``field`` or ``record``, and a text. All are invented."""
    record = (files(service.samples) / "record.txt").read_text(encoding="utf-8")
    read: list[dict[str, Any]] = yaml.safe_load((files(service.pages) / "samples.yaml").read_text(encoding="utf-8"))
    return [{"language": "Català", "tag": "ca", "field": "record", "text": record}, *read]
