"""Types of documents: read to COAR Resource Types, with what stands beside a type, and translated to the terms of other schemes."""

from normalizers.document_types.crosswalks import crosswalk, crosswalks
from normalizers.document_types.hierarchy import TypeHierarchy
from normalizers.document_types.reader import ResourceTypeReader

__all__ = ["ResourceTypeReader", "TypeHierarchy", "crosswalk", "crosswalks"]
