"""Which of the languages that share a name is meant, and in which display language the name was found."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from langcodes.data_dicts import MACROLANGUAGES, NORMALIZED_MACROLANGUAGES
from msgspec import Struct, field
from msgspec.structs import replace

from normalizers.languages.model import Reading
from normalizers.languages.names import Authority, Meaning, NameIndex, language_of
from normalizers.languages.sources import ENGLISH
from normalizers.results import Issue, Method

MUCH_MORE = 4
"""How many times the weight of the next a meaning must have to be meant where no locale decides; below, both are met in real records."""

WORTH_A_REMARK = 12
"""A meaning with less than a twelfth of the weight of the one chosen is a curiosity or a translator's mistake, and not remarked upon."""

_WEIGHTS = {
    Authority.DERIVED: 1,
    Authority.ISO_639_3: 2,
    Authority.ISO_639_5: 4,
    Authority.ISO_639_2: 4,
    Authority.CLDR_VARIANT: 6,
    Authority.REGISTRY: 4,
    Authority.CLDR: 6,
    Authority.LOCALE_FILE: 6,
}


class Usual(Struct, frozen=True, gc=False):
    """What a name stands for by itself: a tag, the locale to report, and what is to be remarked on."""

    tag: str
    locale: str
    issues: tuple[Issue, ...] = ()


_UNSETTLED = -1


class NameReader(Struct, frozen=True):
    """Reads keys as names of languages. ``preferred`` are the locales to report first; ``parents`` lend their names to others.

    ``usual`` are the numbers of what shared names mean where no locale is known, by their places, with the ``remarks`` on them; ``apart``
    is what those names mean of which marks may tell it, by their spelling. Below zero it is several things. Such a reader has read it.
    """

    index: NameIndex
    preferred: tuple[str, ...]
    parents: Mapping[str, str]
    usual: Sequence[int] = ()
    remarks: Mapping[int, tuple[Issue, ...]] = field(default_factory=dict)
    apart: Mapping[str, Usual] = field(default_factory=dict)

    def read(self, key: str, start: int, end: int, locale: str | None = None, *, spelling: str | None = None) -> Reading | None:
        """Read a key that stands at a span of the text, where it is spelt as given; None where it is no name."""
        meanings = self.index.meanings(key, spelling)
        if not meanings:
            return None
        own = self._in_locale(meanings, locale) if locale else ()
        tags, issues = _settle(meanings, own)
        found = self._found_in(own or meanings, tags[0])
        reason = None if len(tags) == 1 else "the name is shared by several languages, and nothing here decides between them"
        rule = f"{found}:language"
        return Reading(start, end, tags, Method.LABEL, rule, found, issues, frozenset([meaning.tag for meaning in meanings]), reason)

    def recall(self, key: str, spelling: str) -> Usual | None:
        """Give what ``read`` finds for a name where it is one thing and no locale is known; None where it is several, or no name."""
        number = self.index.number(key)
        if number is None:
            return None
        if number >= 0:
            return Usual(*self.index.named(number))
        if self.index.is_apart(key, spelling):
            return self.apart.get(spelling.casefold())
        usual = self.usual[~number]
        return None if usual == _UNSETTLED else Usual(*self.index.named(usual), self.remarks.get(~number, ()))

    def is_own(self, key: str, locale: str | None) -> bool:
        """Tell whether a key is a name in the language of a locale."""
        return locale is not None and any(meaning.locale in self._languages(locale) for meaning in self.index.meanings(key))

    def authority(self, key: str) -> Authority:
        """Give the authority of the best source that has a key as a name."""
        return max((meaning.authority for meaning in self.index.meanings(key)), default=Authority.DERIVED)

    def _languages(self, locale: str) -> tuple[str, str]:
        language = language_of(locale)
        return language, self.parents.get(language, language)

    def _in_locale(self, meanings: Sequence[Meaning], locale: str) -> tuple[Meaning, ...]:
        own = best_in_locale(meanings, self._languages(locale))
        if own and own[0].authority <= Authority.ISO_639_3:
            # A translation says nothing where it would repeat the English name, so that one stands beside it.
            english = tuple(meaning for meaning in meanings if meaning.locale == ENGLISH and meaning.authority > Authority.DERIVED)
            return (*own, *english)
        return own

    def _found_in(self, meanings: Sequence[Meaning], tag: str) -> str:
        """Choose the display language to report: the language itself, then English, then those with a locale file, then any."""
        locales = [meaning.locale for meaning in meanings if meaning.tag == tag]
        if len(locales) == 1:
            return locales[0]
        own = language_of(tag)
        if own in locales:
            return own
        return ENGLISH if ENGLISH in locales else next((locale for locale in self.preferred if locale in locales), locales[0])


def build_name_reader(index: NameIndex, preferred: tuple[str, ...], parents: Mapping[str, str]) -> NameReader:
    """Make a reader, and let it read what the names that are shared mean."""
    names = NameReader(index, preferred, parents)
    meant = [_usual(names.read(key, 0, len(key))) for key in index.shared()]
    apart = {spelling: _usual(names.read(key, 0, len(key), spelling=spelling)) for key, spelling in index.apart()}
    return replace(
        names,
        usual=array("i", index.numbers_of([(one.tag, one.locale) if one else None for one in meant], nothing=_UNSETTLED)),
        remarks={place: one.issues for place, one in enumerate(meant) if one and one.issues},
        apart={spelling: one for spelling, one in apart.items() if one},
    )


def _usual(reading: Reading | None) -> Usual | None:
    return Usual(reading.settled, reading.locale, reading.issues) if reading and reading.settled and reading.locale else None


def best_in_locale(meanings: Iterable[Meaning], locales: Sequence[str]) -> tuple[Meaning, ...]:
    """Give what a name means in the given display languages, by the most believable source that has it there."""
    own = [meaning for meaning in meanings if meaning.locale in locales]
    highest = max((meaning.authority for meaning in own), default=None)
    return tuple(meaning for meaning in own if meaning.authority == highest)


def without_doubles(tags: Iterable[str]) -> tuple[str, ...]:
    """Drop each tag that is only the main member of a macrolanguage named beside it: ``npi`` beside ``ne``."""
    found = tuple(dict.fromkeys(tags))
    return tuple(tag for tag in found if NORMALIZED_MACROLANGUAGES.get(tag) not in found)


def narrows(tag: str, other: str) -> bool:
    """Tell whether a tag's language is a member of the macrolanguage that another tag names: ``nb`` of ``no``."""
    return MACROLANGUAGES.get(tag.partition("-")[0]) == other


def _settle(meanings: Sequence[Meaning], own: Sequence[Meaning]) -> tuple[tuple[str, ...], tuple[Issue, ...]]:
    first = meanings[0].tag
    if len(meanings) == 1 or all([meaning.tag == first for meaning in meanings]):  # noqa: C419 - a list is quicker for so few
        return (first,), ()
    tags, issues = _settle_in_locale(meanings, own) if own else _settle_by_use(meanings)
    base = min(tags, key=len)
    is_one_language = all(tag == base or tag.startswith(f"{base}-") for tag in tags)
    return ((base,), issues) if is_one_language else (tags, issues)


def _settle_in_locale(meanings: Sequence[Meaning], own: Sequence[Meaning]) -> tuple[tuple[str, ...], tuple[Issue, ...]]:
    tags = without_doubles(meaning.tag for meaning in own)
    if len(tags) > 1 or not _weigh(meanings).keys() - set(tags):
        return tags, ()
    others = [tag for tag, _ in _remarkable(_weigh(meanings), tags[0])]
    detail = f"the locale decides for {tags[0]}; elsewhere the name may mean {', '.join(others)}"
    return tags, (Issue("settled_by_locale", detail),) if others else ()


def _settle_by_use(meanings: Sequence[Meaning]) -> tuple[tuple[str, ...], tuple[Issue, ...]]:
    stated = without_doubles(meaning.tag for meaning in meanings if meaning.authority is Authority.LOCALE_FILE)
    if stated:
        return stated, ()
    weights = _weigh(meanings)
    tags = without_doubles(tag for tag, _ in weights.most_common())
    if len(tags) == 1:
        return tags, ()
    if weights[tags[0]] < MUCH_MORE * weights[tags[1]]:
        return tags, ()
    others = [tag for tag, _ in _remarkable(weights, tags[0])]
    detail = f"most display languages mean {tags[0]} by this name; some mean {', '.join(others)}"
    return tags[:1], (Issue("settled_by_use", detail),) if others else ()


def _weigh(meanings: Sequence[Meaning]) -> Counter[str]:
    """Count for each tag the display languages that mean it, each by the authority of its best source."""
    best: dict[str, Authority] = {}
    for meaning in meanings:
        best[meaning.locale] = max(meaning.authority, best.get(meaning.locale, meaning.authority))
    weights: Counter[str] = Counter()
    for meaning in meanings:
        if meaning.authority is best[meaning.locale]:
            weights[meaning.tag] += _WEIGHTS[meaning.authority]
    return weights


def _remarkable(weights: Counter[str], chosen: str) -> list[tuple[str, int]]:
    return [(tag, weight) for tag, weight in weights.most_common() if tag != chosen and weight * WORTH_A_REMARK >= weights[chosen]]
