"""The words around the names of languages: joining, introducing, qualifying by script or place, or saying nothing about the language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from normalizers.folding import fold_key
from normalizers.languages.cldr import DisplayNames
from normalizers.languages.keys import fold_keys
from normalizers.languages.names import language_of
from normalizers.localedata import Locale

_SHORTEST_STEM = 3


class Role(StrEnum):
    """What a word does beside the name of a language; the keys of the section ``language_words``."""

    AND = "and"
    LANGUAGE = "language"
    IN = "in"
    SCRIPT = "script"
    AROUND = "around"
    TRANSLATED_FROM = "translated_from"


class Stem(Struct, frozen=True):
    """The beginning of a name whose ending changes, with the tag and the locale of that name."""

    text: str
    tag: str
    locale: str


class LanguageWords(Struct, frozen=True):
    """All these words by their keys; a key stands for the script or place that most languages mean by it.

    ``joining`` are the words that join, with the languages in which they do; ``stem_starts`` are the first letters of the stems,
    which most words do not begin with; ``prefixes`` the particles written together with a word.
    """

    roles: Mapping[str, frozenset[Role]]
    joining: Mapping[str, frozenset[str]]
    scripts: Mapping[str, str]
    script_phrases: Mapping[str, str]
    territories: Mapping[str, str]
    stems: Mapping[str, Stem]
    stem_starts: frozenset[str]
    prefixes: tuple[str, ...] = ()

    def role(self, key: str) -> Role | None:
        """Give the role of a word; of several, the one that says most."""
        roles = self.roles.get(key)
        return next((role for role in Role if role in roles), None) if roles else None

    def stem_of(self, key: str) -> Stem | None:
        """Find the longest stem that a key begins with, where only an ending follows it."""
        if key[:_SHORTEST_STEM] not in self.stem_starts:
            return None
        last_word = key.rfind(" ")
        lengths = range(len(key), max(_SHORTEST_STEM - 1, last_word), -1)
        return next((stem for length in lengths if (stem := self.stems.get(key[:length]))), None)


def build_words(locales: Iterable[Locale], displays: Sequence[DisplayNames]) -> LanguageWords:
    """Gather the words of all locale files, and the scripts and territories of all display languages that have any."""
    known = list(locales)
    roles: dict[str, set[Role]] = {}
    of_language: dict[tuple[str, Role], set[str]] = {}
    for locale in known:
        for name, label in locale.labels("language_words"):
            key, role = fold_key(label.text), Role(name)
            roles.setdefault(key, set()).add(role)
            of_language.setdefault((language_of(locale.tag), role), set()).add(key)
    scripts = [
        *_labels(known, "scripts"),
        *((display.locale, name, code) for display in displays for code, name in display.scripts.items()),
    ]
    places = [
        *_labels(known, "territories"),
        *((display.locale, name, code) for display in displays for code, name in display.territories.items()),
    ]
    territories = _agreed((name, code) for _, name, code in places if code.isalpha())
    stems = {stem.text: stem for locale in known for stem in _stems(locale)}
    return LanguageWords(
        roles={key: frozenset(found) for key, found in roles.items()},
        joining=_joining(of_language),
        # "Kanada" is a script in a few languages and a country in most: without a word for a script beside it, it is the country.
        scripts={key: code for key, code in _agreed((name, code) for _, name, code in scripts).items() if key not in territories},
        script_phrases=_agreed(_script_phrases(scripts, of_language)),
        territories=territories,
        stems=stems,
        stem_starts=frozenset(text[:_SHORTEST_STEM] for text in stems),
        prefixes=tuple(sorted({fold_key(prefix) for locale in known for prefix in locale.prefixes})),
    )


def _joining(of_language: Mapping[tuple[str, Role], set[str]]) -> dict[str, frozenset[str]]:
    joining: dict[str, set[str]] = {}
    for (language, role), keys in of_language.items():
        for key in keys if role is Role.AND else ():
            joining.setdefault(key, set()).add(language)
    return {key: frozenset(languages) for key, languages in joining.items()}


def _script_phrases(scripts: Iterable[tuple[str, str, str]], of_language: Mapping[tuple[str, Role], set[str]]) -> Iterator[tuple[str, str]]:
    """Put a language's words for a script on either side of its scripts' names: "Latin script", "alfabet llatí"."""
    for locale, name, code in scripts:
        for word in of_language.get((language_of(locale), Role.SCRIPT), ()):
            yield f"{name} {word}", code
            yield f"{word} {name}", code


def _labels(locales: Iterable[Locale], section: str) -> Iterator[tuple[str, str, str]]:
    for locale in locales:
        for code, label in locale.labels(section):
            yield locale.tag, label.text, code


def _stems(locale: Locale) -> Iterator[Stem]:
    for tag, label in locale.labels("languages"):
        if label.text.endswith("*"):
            yield Stem(fold_key(label.text), tag, locale.tag)


def _agreed(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give what each name stands for in most of the display languages that have it; nothing where they differ evenly."""
    listed = list(names)
    keys = fold_keys(list({name for name, _ in listed}))
    agreed: dict[str, str] = {}
    most: dict[str, int] = {}
    # One count over all pairs: a counter for each of sixty thousand names took a third of the time that the languages take to build.
    for (key, code), count in Counter((keys[name], code) for name, code in listed).items():
        if count > most.get(key, 0):
            agreed[key], most[key] = code, count
        elif count == most[key]:
            agreed.pop(key, None)
    agreed.pop("", None)
    alike = {code: code for code in agreed.values()}
    return {key: alike[code] for key, code in agreed.items()}
