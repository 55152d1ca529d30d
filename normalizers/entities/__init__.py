"""What the fields can be answered with: every identifier with its names in all languages and what is known of it."""

from normalizers.entities.catalogue import Catalogue, build_catalogue
from normalizers.entities.model import Entity, Property

__all__ = ["Catalogue", "Entity", "Property", "build_catalogue"]
