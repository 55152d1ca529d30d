"""Languages: from codes, tags, addresses and names in any language to the shortest BCP 47 tags."""

from normalizers.languages.building import build_language_reader
from normalizers.languages.reader import LanguageReader

__all__ = ["LanguageReader", "build_language_reader"]
