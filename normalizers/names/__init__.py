"""Names of persons, split as far as their text settles it, and names of organizations, left whole."""

from normalizers.names.model import Person
from normalizers.names.reader import PersonReader

__all__ = ["Person", "PersonReader"]
