"""Rights: licence, access, statement and embargo.

A text is read in four ways (``urls``, ``names``, ``prose``, ``statements``); ``verdict`` compares the readings.
"""

from normalizers.rights.reader import FIELDS, CompositeRightsReader, RightsEngine, RightsReader

__all__ = ["FIELDS", "CompositeRightsReader", "RightsEngine", "RightsReader"]
