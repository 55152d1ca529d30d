"""Every legal tool of Creative Commons, from what is left of its address, identifier or name once it was copied, typed or encoded badly.

A damaged form is read as the tool that it names, or as none; never as another. Which damage must be mended, and which may leave it unread, is said
beside each: where too much is lost, no answer is right.
"""

from __future__ import annotations

import html
import re
import urllib.parse
from collections.abc import Callable, Iterable, Iterator

import pytest

from normalizers import Registry, Status

Damage = Callable[[str], str]
VERSION = re.compile(r" (\d\.\d)")
FULL_WIDTH = {point: point + 0xFEE0 for point in range(0x21, 0x7F)}


ADDRESSES: dict[str, Damage] = {
    "in capitals": str.upper,
    "http, www": lambda uri: uri.replace("https://", "http://www."),
    "without its scheme": lambda uri: uri.removeprefix("https://"),
    "without a slash at its end": lambda uri: uri.rstrip("/"),
    "with slashes doubled": lambda uri: uri.replace("/", "//").replace("https:////", "https://"),
    "with backslashes": lambda uri: uri.replace("/", "\\"),
    "deed of a language": lambda uri: f"{uri}deed.pt-br",
    "deed with an underscore": lambda uri: f"{uri}deed.zh_TW",
    "plain deed": lambda uri: f"{uri}deed",
    "legal code of a language": lambda uri: f"{uri}legalcode.fr",
    "with a query": lambda uri: f"{uri}?ref=chooser-v1",
    "with a fragment": lambda uri: f"{uri}#s6a",
    "licences": lambda uri: uri.replace("/licenses/", "/licences/"),
    "license": lambda uri: uri.replace("/licenses/", "/license/"),
    "a full stop behind it": lambda uri: f"{uri}.",
    "a bracket and a comma behind it": lambda uri: f"({uri}), 2019",
    "a semicolon behind it": lambda uri: f"{uri};",
    "in angle brackets": lambda uri: f"<{uri}>",
    "a link in HTML": lambda uri: f'<a rel="license" href="{uri}">licence</a>',
    "a picture in HTML": lambda uri: f'<a rel="license" href="{uri}"><img alt="" src="https://i.creativecommons.org/l/88x31.png" /></a>',
    "a link in HTML, escaped": lambda uri: html.escape(f'<a href="{uri}">licence</a>'),
    "a link in Markdown": lambda uri: f"[licence]({uri})",
    "encoded": lambda uri: urllib.parse.quote(uri, safe=""),
    "encoded in a parameter": lambda uri: f"https://example.org/go?to={urllib.parse.quote(uri, safe='')}",
    "full-width": lambda uri: uri.translate(FULL_WIDTH),
    "zero-width spaces inside": lambda uri: uri.replace("/", "/\u200b"),
    "soft hyphens inside": lambda uri: uri.replace("commons", "com\u00admons"),
    "a byte order mark before it": lambda uri: f"\ufeff{uri}",
    "a break behind each slash": lambda uri: uri.replace("/", "/\n").replace("https:/\n/\n", "https://"),
    "a blank behind the domain": lambda uri: uri.replace(".org/", ".org/ "),
    "twice": lambda uri: f"{uri} {uri}",
    "behind a label": lambda uri: f"dc.rights.uri: {uri}",
}


NAMES: dict[str, Damage] = {
    "in small letters": str.lower,
    "with hyphens": lambda name: name.replace(" ", "-"),
    "in small letters with hyphens": lambda name: name.lower().replace(" ", "-"),
    "with underscores": lambda name: name.replace(" ", "_").replace("-", "_"),
    "with blanks": lambda name: name.replace("-", " "),
    "with en dashes": lambda name: name.replace("-", "–"),
    "with dashes and blanks": lambda name: name.replace("-", " — "),
    "with minus signs": lambda name: name.replace("-", "−"),
    "with hyphens that do not break": lambda name: name.replace("-", "‑"),
    "with blanks that do not break": lambda name: name.replace(" ", "\u00a0"),
    "with zero-width spaces": lambda name: name.replace("-", "-\u200b"),
    "full-width": lambda name: name.translate(FULL_WIDTH),
    "in another order": lambda name: name.replace("BY-NC-ND", "BY-ND-NC").replace("BY-NC-SA", "BY-SA-NC"),
    "with a v": lambda name: VERSION.sub(r" v\1", name),
    "with ver.": lambda name: VERSION.sub(r" ver. \1", name),
    "with a decimal comma": lambda name: VERSION.sub(lambda found: found[0].replace(".", ","), name),
    "with slashes": lambda name: name.lower().replace("cc ", "cc-").replace(" ", "/"),
    "in brackets": lambda name: f"[{name}]",
    "behind licensed under": lambda name: f"Licensed under {name}, 2019",
    "broken at its blanks": lambda name: name.replace(" ", "\n"),
    "broken at its hyphens": lambda name: name.replace("-", "-\n"),
    "in HTML": lambda name: f"<p>License: <b>{name}</b></p>",
    "with a bracket inside": lambda name: VERSION.sub(r") \1", name.replace("CC ", "CC (")),
    "spelled out": lambda name: name.replace("CC ", "Creative Commons "),
}
BADGES = (
    "https://i.creativecommons.org/l/{}/88x31.png",
    "http://licensebuttons.net/l/{}/80x15.png",
    "http://i.creativecommons.org/l/{}",
    "https://licensebuttons.net/i/l/{}/transparent/00/00/00/88x31.png",
)
SPDX: dict[str, Damage] = {
    "in small letters": str.lower,
    "with blanks": lambda name: name.replace("-", " "),
    "with underscores": lambda name: name.replace("-", "_"),
    "with en dashes": lambda name: name.replace("-", "–"),
    "full-width": lambda name: name.translate(FULL_WIDTH),
    "with zero-width spaces": lambda name: name.replace("-", "\u200b-"),
    "its page": lambda name: f"https://spdx.org/licenses/{name}.html",
    "a tag": lambda name: f"SPDX-License-Identifier: {name}",
}
LOST: dict[str, Damage] = {
    "without blanks": lambda name: name.replace(" ", ""),
    "without blanks and hyphens": lambda name: name.replace(" ", "").replace("-", ""),
    "with plus signs": lambda name: name.replace("-", "+"),
    "cut off": lambda name: name[: len(name) // 2],
    "in a badge that another site draws": lambda name: f"https://img.shields.io/badge/License-{urllib.parse.quote(name)}-lightgrey.svg",
}
"""Damage that loses something: then the family alone is right, and so is no answer."""
SHARE = 3
"""Of the ports, that many parts are made, and each damage meets one of them; without a port each tool meets every damage."""


def tools(registry: Registry, damages: Iterable[str], damage: str) -> Iterator[tuple[str, str]]:
    """Give the key and the address of the tools that a damage is tried on."""
    place = list(damages).index(damage)
    for number, (key, concept) in enumerate(registry.vocabularies["cc-legal-tools"].concepts.items()):
        if (number + place) % SHARE == 0 or key.count("/") < 2:
            yield key, concept.identifier


def short_name(key: str) -> str:
    return " ".join(["CC", *(part.upper() for part in key.split("/"))])


def misread(registry: Registry, texts: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Collect the texts that are not read as the address beside them."""
    found = {text: (registry.normalize_uncached("license", text).identifiers, uri) for text, uri in texts}
    return {text: identifiers for text, (identifiers, uri) in found.items() if identifiers != (uri,)}


@pytest.mark.parametrize("damage", ADDRESSES)
def test_a_damaged_address_is_read(registry: Registry, damage: str) -> None:
    assert misread(registry, ((ADDRESSES[damage](uri), uri) for _, uri in tools(registry, ADDRESSES, damage))) == {}


@pytest.mark.parametrize("damage", NAMES)
def test_a_damaged_short_name_is_read(registry: Registry, damage: str) -> None:
    licences = [(key, uri) for key, uri in tools(registry, NAMES, damage) if key.startswith("by")]
    assert misread(registry, ((NAMES[damage](short_name(key)), uri) for key, uri in licences)) == {}


@pytest.mark.parametrize("badge", BADGES)
def test_a_badge_is_read(registry: Registry, badge: str) -> None:
    licences = [(key, uri) for key, uri in tools(registry, BADGES, badge) if not key.startswith("publicdomain")]
    assert misread(registry, ((badge.format(key), uri) for key, uri in licences)) == {}


@pytest.mark.parametrize("damage", SPDX)
def test_a_damaged_spdx_identifier_is_read(registry: Registry, damage: str) -> None:
    concepts = registry.vocabularies["cc-legal-tools"].concepts.values()
    listed = [(concept.properties.get("spdx", ""), concept.identifier) for concept in concepts]
    assert misread(registry, ((SPDX[damage](spdx), uri) for spdx, uri in listed if spdx.startswith(("CC-BY", "CC0", "CC-PDM")))) == {}


@pytest.mark.parametrize("damage", LOST)
def test_what_is_lost_is_not_made_up(registry: Registry, damage: str) -> None:
    for key, uri in tools(registry, LOST, damage):
        if key.startswith("by"):
            found = registry.normalize_uncached("license", LOST[damage](short_name(key)))
            family = "CC-" + key.split("/")[0].upper().replace("BY-ND-NC", "BY-NC-ND")
            whole = found.status is not Status.MATCHED or found.identifiers in {(uri,), (family,)}
            assert whole or damage == "cut off", (found.text, found.identifiers)
            assert whole or uri.startswith(found.identifiers[0]) or family.startswith(found.identifiers[0]), (found.text, found.identifiers)
