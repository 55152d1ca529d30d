"""Every legal tool of Creative Commons that exists, from its address, damaged ones, and its short name."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from normalizers import Registry

DAMAGED: dict[str, Callable[[str], str]] = {
    "as it is": lambda uri: uri,
    "http": lambda uri: uri.replace("https://", "http://"),
    "www and no slash": lambda uri: uri.replace("https://", "http://www.").rstrip("/"),
    "deed": lambda uri: f"{uri}deed.ca",
    "legal code": lambda uri: f"{uri}legalcode",
    "doubled slash": lambda uri: uri.replace(".org/", ".org//"),
    "spelled the British way": lambda uri: uri.replace("/licenses/", "/licences/"),
    "in a sentence": lambda uri: f"See <{uri}>.",
    "a badge": lambda uri: (
        uri.replace("https://", "https://i.").replace("/licenses/", "/l/").replace("/publicdomain/", "/p/") + "88x31.png"
    ),
}


def tools(registry: Registry) -> Iterable[str]:
    return registry.vocabularies["cc-legal-tools"].by_identifier


@pytest.mark.parametrize("damage", DAMAGED)
def test_every_tool_is_read_from_its_address(registry: Registry, damage: str) -> None:
    misread = {}
    for uri in tools(registry):
        text = DAMAGED[damage](uri)
        found = registry.normalize_uncached("license", text)
        if found.identifiers != (uri,):
            misread[text] = found.identifiers
    assert misread == {}


def test_every_licence_is_read_from_its_short_name(registry: Registry) -> None:
    misread = {}
    for key, concept in registry.vocabularies["cc-legal-tools"].concepts.items():
        unit, version, *port = key.split("/")
        if unit.startswith("by"):
            text = " ".join(["CC", unit.upper(), version, *(name.upper() for name in port)])
            found = registry.normalize_uncached("license", text)
            if found.identifiers != (concept.identifier,):
                misread[text] = found.identifiers
    assert misread == {}


def test_every_spdx_identifier_is_read_and_given(registry: Registry) -> None:
    for concept in registry.vocabularies["cc-legal-tools"].concepts.values():
        spdx = concept.properties.get("spdx")
        if spdx and spdx.startswith(("CC-BY", "CC0")):
            found = registry.normalize_uncached("license", spdx)
            assert found.identifiers == (concept.identifier,)
            assert found.license is not None
            assert found.license.spdx == spdx
