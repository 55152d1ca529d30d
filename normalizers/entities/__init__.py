"""What the fields can be answered with: every identifier with its names in all languages and what is known of it."""

from normalizers.entities.catalogue import ENTITY_FIELDS, Catalogue, build_catalogue
from normalizers.entities.model import Entity, Property

__all__ = ["ENTITY_FIELDS", "Catalogue", "Entity", "Property", "build_catalogue"]
