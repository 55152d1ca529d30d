"""From the names of a schema to the fields of a record, by tables that are data (``records/schemas/*.yaml``).

Any format whose records are names within names is read in two steps: its own module makes a tree of ``Node`` out of it, and a
``SchemaReader`` turns the tree into fields by the schema's table. What the table does not know is kept as unknown, never dropped.
"""

from normalizers.records.mapping.loader import EMBEDDED, load_schema, load_schemas
from normalizers.records.mapping.model import Rule, Schema
from normalizers.records.mapping.reader import SchemaReader
from normalizers.records.mapping.tree import Node, from_json

__all__ = ["EMBEDDED", "Node", "Rule", "Schema", "SchemaReader", "from_json", "load_schema", "load_schemas"]
