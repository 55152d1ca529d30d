from __future__ import annotations

from pathlib import Path

import pytest

from bulk.cache_folder import cache_folder

HOME = "/home/x"


@pytest.mark.parametrize(
    ("environment", "setting", "expected"),
    [
        ({"HOME": HOME}, None, "/home/x/.cache/drets"),
        ({"HOME": HOME, "XDG_CACHE_HOME": "/var/c"}, None, "/var/c/drets"),
        ({"HOME": HOME, "XDG_CACHE_HOME": "not/absolute"}, None, "/home/x/.cache/drets"),
        ({"HOME": HOME, "XDG_CACHE_HOME": ""}, None, "/home/x/.cache/drets"),
        ({"HOME": HOME, "DRETS_CACHE": "/srv/d"}, None, "/srv/d"),
        ({"HOME": HOME, "DRETS_CACHE": ""}, None, "/home/x/.cache/drets"),
        ({"HOME": HOME, "DRETS_CACHE": "auto"}, None, "/home/x/.cache/drets"),
        ({"HOME": HOME, "DRETS_CACHE": "off"}, None, None),
        ({"HOME": HOME, "DRETS_CACHE": "/srv/d"}, "off", None),
        ({"HOME": HOME, "DRETS_CACHE": "/srv/d"}, "auto", "/home/x/.cache/drets"),
        ({}, None, None),
        ({"HOME": ""}, "auto", None),
        ({}, "/srv/e", "/srv/e"),
    ],
)
def test_where_a_registry_is_kept(environment: dict[str, str], setting: str | None, expected: str | None) -> None:
    assert cache_folder(environment, setting) == (Path(expected) if expected else None)
