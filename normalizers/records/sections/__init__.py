"""The parts of a clean record, one module for each kind: each takes fields by their key and gives members of the metadata."""

from normalizers.records.sections.abstracts import AbstractSection
from normalizers.records.sections.administration import AdministrationSection
from normalizers.records.sections.base import Fields, Section
from normalizers.records.sections.coded import KindSection, LanguageSection
from normalizers.records.sections.dates import DateSection
from normalizers.records.sections.extents import CollectionSection, CountSection, ExtentSection
from normalizers.records.sections.identifiers import IdentifierSection
from normalizers.records.sections.people import PeopleSection
from normalizers.records.sections.published import PublishedSection
from normalizers.records.sections.rights import RightsSection
from normalizers.records.sections.texts import TextSection, TitleSection

SECTIONS: tuple[Section, ...] = (
    TitleSection(),
    PeopleSection(),
    DateSection(),
    AbstractSection(),
    LanguageSection(),
    KindSection(),
    RightsSection(),
    PublishedSection(),
    IdentifierSection(),
    ExtentSection(),
    TextSection(),
    CollectionSection(),
    CountSection(),
    AdministrationSection(),
)
"""All parts, in the order in which the clean record holds them."""

__all__ = ["SECTIONS", "Fields", "Section"]
