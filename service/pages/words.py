"""The words of the pages in each language, from the catalogues ``locales/interface/*.po``; the templates' own are English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from gettext import NullTranslations
from importlib.resources import files
from io import StringIO
from types import MappingProxyType

from babel import Locale, UnknownLocaleError
from babel.messages.pofile import read_po

import locales

SOURCE = "en"
"""The language that templates and scripts are written in."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the pages say in one language. ``messages`` maps each English text to its translation."""

    tag: str
    messages: Mapping[str, str]

    @property
    def name(self) -> str:
        """Name of the language in the language itself."""
        return str(Locale.parse(self.tag, sep="-").get_display_name()).capitalize()

    @property
    def direction(self) -> str:
        """Side from which the language is written, ``ltr`` or ``rtl``."""
        return str(Locale.parse(self.tag, sep="-").text_direction)

    def translations(self) -> NullTranslations:
        """Give the words in the form that templates take."""
        return _Translations(self.messages)


class _Translations(NullTranslations):
    """Looks messages up in a catalogue; what is not there stays English."""

    def __init__(self, messages: Mapping[str, str]) -> None:
        super().__init__()
        self._messages = messages

    def gettext(self, message: str) -> str:
        """Translate one message."""
        return self._messages.get(message, message)


def load_words() -> Mapping[str, Words]:
    """Read all catalogues, the language of the templates first."""
    found = {SOURCE: Words(SOURCE, MappingProxyType({}))}
    for file in sorted((files(locales) / "interface").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".po"):
            tag = file.name.removesuffix(".po")
            found[tag] = Words(tag, _messages(file.read_text(encoding="utf-8"), tag))
    return MappingProxyType(found)


def _messages(catalogue: str, tag: str) -> Mapping[str, str]:
    read = read_po(StringIO(catalogue), locale=tag.replace("-", "_"), abort_invalid=True)
    sure = (message for message in read if message.id and message.string and not message.fuzzy)
    return MappingProxyType({str(message.id): str(message.string) for message in sure})


def choose_words(words: Mapping[str, Words], wanted: Sequence[str]) -> Words:
    """Give the words of the first language wanted that there are words for, or else those of the templates.

    A language without its region is taken for one with it: ``es-MX`` is served ``es``.
    """
    for tag in wanted:
        if found := words.get(tag) or words.get(_language(tag)):
            return found
    return words[SOURCE]


def _language(tag: str) -> str:
    try:
        return Locale.parse(tag, sep="-").language
    except (ValueError, UnknownLocaleError):
        return ""
