"""The legal tools of Creative Commons: which exist, what they are called, what they permit."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from normalizers.results import Issue, License, Permissions
from normalizers.vocabularies import Vocabulary

ELEMENTS = ("by", "nc", "nd", "sa")
_PUBLIC_DOMAIN = {"zero": "CC0", "mark": "PDM", "certification": "CC-PDDC"}
_OLD_ORDER = {"by-nc-nd": "by-nd-nc", "nc-nd": "nd-nc"}


class Resolution(Struct, frozen=True):
    """A legal tool looked up: the licence as far as it exists, and what is wrong or missing."""

    license: License
    issues: tuple[Issue, ...]


def canonical_unit(elements: Iterable[str]) -> str:
    """Join licence elements in the order of the current licences; Sampling licences name no element but NonCommercial.

    With NonCommercial there is one of them, Sampling Plus, whatever the name leaves out.

    >>> canonical_unit(["nd", "by", "nc"])
    'by-nc-nd'
    """
    found = set(elements)
    if "devnations" in found:
        return "devnations"
    sampling = sorted(element for element in found if element.startswith("sampling"))
    if sampling:
        return "nc-sampling+" if "nc" in found else sampling[-1]
    return "-".join(element for element in ELEMENTS if element in found)


def family_of(unit: str) -> str:
    """Name a unit without version: ``CC-BY-NC``, ``CC0``, ``PDM``."""
    return _PUBLIC_DOMAIN.get(unit, f"CC-{unit.upper()}")


def permissions_of(unit: str) -> Permissions:
    """Derive what a unit permits from its elements, by their definition."""
    if unit in _PUBLIC_DOMAIN:
        return Permissions(commercial_use=True, derivatives=True, share_alike=False, attribution=False)
    if unit == "devnations":
        return Permissions(None, None, None, attribution=True)
    elements = unit.split("-")
    return Permissions(
        commercial_use="nc" not in elements,
        derivatives="nd" not in elements,
        share_alike="sa" in elements,
        attribution="by" in elements,
    )


class LegalTools:
    """Looks legal tools up in the vocabulary. A version or port that never existed yields no URI."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._concepts = {
            concept.identifier.split("creativecommons.org/")[1].strip("/"): concept for concept in vocabulary.concepts.values()
        }
        self.units = frozenset(path.split("/")[1] for path in self._concepts)
        self.ports = frozenset(path.split("/")[3] for path in self._concepts if path.count("/") == 3)  # noqa: PLR2004 - category/unit/version/port

    def resolve(self, unit: str, version: str | None, port: str | None) -> Resolution:
        """Look up a unit with the version and port that a text states.

        Public-domain tools and Developing Nations have one version, so theirs is never missing. A port of 4.0 is reported and
        left out, since 4.0 has none and the licence itself is certain; any other port or version that never existed leaves
        no URI.
        """
        issues: list[Issue] = []
        if unit in _PUBLIC_DOMAIN:
            if version not in {None, "1.0"}:
                issues.append(Issue("version_impossible", f"{family_of(unit)} has no version {version}"))
                return self._without_uri(unit, issues)
            return self._found(unit, "1.0", "us" if unit == "certification" else None, issues)
        if unit != "devnations" and "by" not in unit.split("-") and canonical_unit((*unit.split("-"), "by")) in self.units:
            return self._without_attribution(unit, version, port)
        version = version or ("2.0" if unit == "devnations" else None)
        if version is None:
            issues.append(Issue("version_missing", "the text states no version"))
            return self._without_uri(unit, issues)
        if port and self._path(unit, version, port) not in self._concepts:
            issues.append(Issue("port_impossible", f"{family_of(unit)} {version} was never ported to {port!r}"))
            if self._path(unit, version, None) in self._concepts and not self._has_ports(unit, version):
                port = None
        if self._path(unit, version, None) not in self._concepts and self._path(unit, version, port) not in self._concepts:
            issues.append(Issue("version_impossible", f"{family_of(unit)} has no version {version}"))
        if self._path(unit, version, port) not in self._concepts:
            return self._without_uri(unit, issues)
        return self._found(unit, version, port, issues)

    def _without_attribution(self, unit: str, version: str | None, port: str | None) -> Resolution:
        """Resolve a name without Attribution: a retired licence of 1.0, and since then only loose speech for one that asks it."""
        if version and self._path(unit, version, port) in self._concepts:
            return self._found(unit, version, port, [])
        whole = canonical_unit((*unit.split("-"), "by"))
        if version and version != "1.0" and self._path(whole, version, None) in self._concepts:
            found = self.resolve(whole, version, port)
            note = Issue("attribution_implied", "the name leaves Attribution out; no licence of this version does")
            return Resolution(found.license, (*found.issues, note))
        doubt = Issue("license_incomplete", "the name leaves Attribution out: a retired licence, or one that asks it")
        return Resolution(License(family_of(whole), permissions=permissions_of(whole)), (doubt,))

    def _found(self, unit: str, version: str, port: str | None, issues: list[Issue]) -> Resolution:
        concept = self._concepts[self._path(unit, version, port)]
        if concept.properties.get("retired"):
            issues.append(Issue("retired_license", "Creative Commons has retired this legal tool"))
        found = License(family_of(unit), concept.identifier, concept.properties.get("spdx"), version, port, permissions_of(unit))
        return Resolution(found, tuple(issues))

    def _without_uri(self, unit: str, issues: list[Issue]) -> Resolution:
        return Resolution(License(family_of(unit), permissions=permissions_of(unit)), tuple(issues))

    def _has_ports(self, unit: str, version: str) -> bool:
        return any(self._path(unit, version, port) in self._concepts for port in self.ports)

    def _path(self, unit: str, version: str, port: str | None) -> str:
        if unit in _PUBLIC_DOMAIN:
            return "/".join(filter(None, ("publicdomain", unit, version, port)))
        name = _OLD_ORDER.get(unit, unit) if version == "1.0" or unit == "nc-nd" else unit
        return "/".join(filter(None, ("licenses", name, version, port)))
