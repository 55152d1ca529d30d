"""How resource types stand to each other: broader, one together, or silent beside another. All of it is data of the vocabulary."""

from __future__ import annotations

from collections.abc import Sequence

from normalizers.vocabularies import Vocabulary


class TypeHierarchy:
    """Relations between the concepts of COAR Resource Types, and what a genre or a degree makes of them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        concepts = vocabulary.concepts.values()
        self._broader = {concept.key: frozenset(broader.key for broader in vocabulary.ancestors(concept.key)) for concept in concepts}
        self._kinds = {concept.key: frozenset(_split(concept.properties.get("kinds", ""))) for concept in concepts}
        self._combined = {
            (concept.key, name.removeprefix("with ")): result
            for concept in concepts
            for name, result in concept.properties.items()
            if name.startswith("with ")
        }
        self._led_to = frozenset((facet, result) for (_, facet), result in self._combined.items())
        self._silent = frozenset(concept.key for concept in concepts if "gives way" in concept.properties)
        self._implied = {concept.properties["implied by"]: concept.key for concept in concepts if "implied by" in concept.properties}

    def is_broader(self, broader: str, narrower: str) -> bool:
        """Tell whether one type is broader than another, directly or not, in COAR's tree or by the kinds of a deprecated concept."""
        return broader in self._broader[narrower] or narrower in self._kinds[broader]

    def is_silent(self, key: str) -> bool:
        """Tell whether a type says nothing beside another one ("other")."""
        return key in self._silent

    def refine(self, key: str, facet: str) -> str | None:
        """Give what a type and a genre, a degree or another type name together; None where the table knows nothing of the pair."""
        return self._combined.get((key, facet))

    def is_led_to(self, key: str, facet: str) -> bool:
        """Tell whether a genre or a degree makes this type of some broader one."""
        return (facet, key) in self._led_to

    def implied_by(self, facet: str) -> str | None:
        """Give the type that a facet (``degree``) states when it stands alone."""
        return self._implied.get(facet)

    def meet(self, first: str, second: str, *, apart: bool) -> str | None:
        """Give the one type that two types stated of one work amount to; None where they contradict each other.

        ``apart`` tells that a separator stands between them: only then may a silent type ("Other / Article") be passed over.
        """
        if first == second or self.is_broader(second, first) or (apart and second in self._silent):
            return first
        if self.is_broader(first, second) or (apart and first in self._silent):
            return second
        return self.refine(first, second) or self.refine(second, first)

    def meet_any(self, first: Sequence[str], second: Sequence[str], *, apart: bool) -> tuple[str, ...]:
        """Give what two readings with several allowed types amount to; the first of each, if they meet, decide alone."""
        leading = self.meet(first[0], second[0], apart=apart)
        if leading:
            return (leading,)
        met = [self.meet(one, other, apart=apart) for one in first for other in second]
        return tuple(dict.fromkeys(key for key in met if key))


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.split(",") if name.strip()]
