"""What the text of a name says about a person or an organization."""

from __future__ import annotations

from msgspec import Struct

from normalizers.results import Issue


class Person(Struct, frozen=True):
    """A person or an organization.

    ``name`` is the name as written, without affiliation, identifier, role, dates and titles. ``family`` and ``given`` are null
    where the text does not settle them: then ``issues`` says so. ``particle`` is what stands after the given name and belongs
    before the family name ("Beethoven, Ludwig van"), ``suffix`` is "Jr." and the like. ``orcid`` is the bare, checked ORCID.
    ``role`` is the key of the role in the locales ("editor"). ``dates`` are the years of a life as written.
    """

    text: str
    name: str
    family: str | None = None
    given: str | None = None
    affiliation: str | None = None
    orcid: str | None = None
    role: str | None = None
    is_organization: bool = False
    issues: tuple[Issue, ...] = ()
    particle: str | None = None
    dates: str | None = None
    suffix: str | None = None
