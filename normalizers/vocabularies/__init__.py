"""Closed lists of identifiers, each with a name, a version, a source and a licence, and their loader."""

from normalizers.vocabularies.loader import load_vocabularies
from normalizers.vocabularies.model import Concept, Vocabulary

__all__ = ["Concept", "Vocabulary", "load_vocabularies"]
