"""The shape of a clean record. What this schema refuses is not taken over from a record that claims to be clean.

The JSON Schema that is published (``answer.schema.json``) is made from it, and a test compares the two.
"""

from __future__ import annotations

from typing import Any

from marshmallow import RAISE, Schema, fields, validate

SCHEMA = "drets-record-1"
"""Marks a clean record, with the version of its shape."""


class Strict(Schema):
    """A schema that refuses every key it does not know."""

    class Meta:
        """Options that marshmallow reads."""

        unknown = RAISE


def filled(**options: Any) -> fields.String:
    """Make a field for a text that is not empty."""
    return fields.String(validate=validate.Length(min=1), **options)


def _list(item: fields.Field[Any]) -> fields.List[Any]:
    return fields.List(item)


class TextItem(Strict):
    """A text, with its language where one is stated."""

    text = filled(required=True)
    language = filled()


class Abstract(Strict):
    """The abstract in one language (null: not told), with its parts in order."""

    language = filled()
    parts = fields.List(filled(), required=True)


class Concept(Strict):
    """A concept of a vocabulary."""

    uri = filled(required=True)
    label = filled()


class ResourceType(Concept):
    """A type of document with the concepts that are broader, the nearest first."""

    broader = fields.List(fields.Nested(Concept), required=True)


class Person(Strict):
    """A person or an organization."""

    name = filled(required=True)
    kind = fields.String(validate=validate.OneOf(("person", "organization")), required=True)
    family = filled()
    given = filled()
    affiliations = _list(filled())
    orcid = filled()
    role = filled()


class Dates(Strict):
    """Dates of the work by role, in EDTF; ``other`` are those without a role, where there are several."""

    issued = filled()
    created = filled()
    submitted = filled()
    accepted = filled()
    available = filled()
    modified = filled()
    copyrighted = filled()
    deposited = filled()
    other = _list(filled())


class Administration(Strict):
    """The record itself: its identifier where it came from, when it was made and last changed, in EDTF, and whether it was withdrawn."""

    identifier = filled()
    created = filled()
    modified = filled()
    deleted = fields.Boolean(truthy={True}, falsy={False})


class Permissions(Strict):
    """What a license grants or asks; null where nothing is said."""

    commercial_use = fields.Boolean(allow_none=True, truthy={True}, falsy={False})
    derivatives = fields.Boolean(allow_none=True, truthy={True}, falsy={False})
    share_alike = fields.Boolean(allow_none=True, truthy={True}, falsy={False})
    attribution = fields.Boolean(allow_none=True, truthy={True}, falsy={False})


class License(Strict):
    """A license as far as it is stated; ``uri`` is null where no version is."""

    family = filled(required=True)
    uri = filled(required=True, allow_none=True)
    spdx = filled(required=True, allow_none=True)
    version = filled(required=True, allow_none=True)
    jurisdiction = filled(required=True, allow_none=True)
    permissions = fields.Nested(Permissions, required=True, allow_none=True)


class RightsReading(Strict):
    """What one of several rights values says of the license."""

    text = filled(required=True)
    status = fields.String(validate=validate.OneOf(("matched", "ambiguous", "none", "unmatched")), required=True)
    license = fields.Nested(License, required=True, allow_none=True)


class Rights(Strict):
    """Rights of the work. ``issues`` are codes of what stayed in doubt; ``statements`` are the texts themselves."""

    license = fields.Nested(License)
    access = fields.Nested(Concept)
    statement = fields.Nested(Concept)
    embargo_end = filled()
    permissions = fields.Nested(Permissions)
    issues = _list(filled())
    statements = _list(filled())
    readings = _list(fields.Nested(RightsReading))


class PublishedIn(Strict):
    """The journal or book, and the place in it."""

    title = filled()
    volume = filled()
    issue = filled()
    article = filled()
    pages = filled()
    date = filled()
    issn = _list(filled())
    isbn = _list(filled())
    doi = _list(filled())


class IdentifierItem(Strict):
    """An identifier that passed its check."""

    scheme = filled(required=True)
    value = filled(required=True)
    uri = filled()


class Size(Strict):
    """The size of a file as it is stated."""

    value = fields.Float(required=True, allow_nan=False)
    unit = filled(required=True)


class Extent(Strict):
    """Pages, volumes and size; ``texts`` are extents that were not understood, or not wholly, and the sizes of further files."""

    pages = fields.Integer(strict=True)
    volumes = fields.Integer(strict=True)
    size = fields.Nested(Size)
    texts = _list(filled())


class CitationCount(Strict):
    """Citations that an index counts; null where it gives no number."""

    index = filled()
    count = fields.Integer(strict=True, required=True, allow_none=True)


def _texts() -> fields.List[Any]:
    return fields.List(fields.Nested(TextItem))


class CleanRecord(Strict):
    """A clean record. Members that would say nothing are left out."""

    schema = fields.String(validate=validate.Equal(SCHEMA), required=True)
    title = filled()
    title_language = filled()
    other_titles = _texts()
    creators = _list(fields.Nested(Person))
    contributors = _list(fields.Nested(Person))
    dates = fields.Nested(Dates)
    abstracts = _list(fields.Nested(Abstract))
    languages = _list(filled())
    resource_types = _list(fields.Nested(ResourceType))
    genres = _list(filled())
    degree_levels = _list(filled())
    audience_groups = _list(filled())
    media = _list(filled())
    version = fields.Nested(Concept)
    peer_review = fields.Nested(Concept)
    rights = fields.Nested(Rights)
    published_in = fields.Nested(PublishedIn)
    identifiers = _list(fields.Nested(IdentifierItem))
    person_identifiers = _list(fields.Nested(IdentifierItem))
    extent = fields.Nested(Extent)
    descriptions = _texts()
    tables_of_contents = _texts()
    notes = _texts()
    subjects = _texts()
    coverages = _texts()
    rights_holders = _texts()
    publishers = _texts()
    places = _texts()
    series = _texts()
    editions = _texts()
    conferences = _texts()
    degrees = _texts()
    institutions = _texts()
    departments = _texts()
    affiliations = _texts()
    funding = _texts()
    audiences = _texts()
    formats = _texts()
    sources = _texts()
    relations = _texts()
    references = _texts()
    report_numbers = _texts()
    citations = _texts()
    provenance = _texts()
    collections = _list(fields.List(filled()))
    citation_counts = _list(fields.Nested(CitationCount))
    record = fields.Nested(Administration)
