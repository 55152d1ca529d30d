"""Clean records in the terms of others: DataCite, OpenAIRE, Dublin Core, schema.org, CSL, and rows of a table.

Each crosswalk gives the document and an account of what it could not say, and of what the target demands and the record lacks.
"""

from normalizers.records.crosswalks.model import Crossing, Lack, Reason, Unsaid
from normalizers.records.crosswalks.rows import DEFAULT, Column, list_columns
from normalizers.records.crosswalks.table import PROFILES, TARGETS, XML, Crosswalks, Target, tabulate

__all__ = [
    "DEFAULT",
    "PROFILES",
    "TARGETS",
    "XML",
    "Column",
    "Crossing",
    "Crosswalks",
    "Lack",
    "Reason",
    "Target",
    "Unsaid",
    "list_columns",
    "tabulate",
]
