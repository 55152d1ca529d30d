"""The words of each language: model, format, loader and index."""

from normalizers.localedata.examples import check_examples
from normalizers.localedata.index import Entry, LabelIndex, is_same_language
from normalizers.localedata.loader import EMBEDDED, load_locales
from normalizers.localedata.model import Example, Label, LabelKind, Locale, LocaleWords, count_words
from normalizers.localedata.schema import LabelsField
from normalizers.localedata.sections import SectionDefinition, load_sections

__all__ = [
    "EMBEDDED",
    "Entry",
    "Example",
    "Label",
    "LabelIndex",
    "LabelKind",
    "LabelsField",
    "Locale",
    "LocaleWords",
    "SectionDefinition",
    "check_examples",
    "count_words",
    "is_same_language",
    "load_locales",
    "load_sections",
]
