"""What takes long to build, as a file: built once from its sources, read back for as long as none of them has changed."""

from normalizers.compiled.keeping import build_or_reuse
from normalizers.compiled.snapshot import SnapshotError, dump, load

__all__ = ["SnapshotError", "build_or_reuse", "dump", "load"]
