"""Writes the tables of readers as bytes and reads them back, without ever running what the bytes say.

The form is Python's pickle, held to data: of all that a pickle may name, reading takes only classes of this package, a few plain types
and the four functions below. A file that names anything else is refused before that is called.
"""

from __future__ import annotations

import io
import pickle
import sys
from array import array
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import FunctionType, MappingProxyType, MethodType
from typing import Any, BinaryIO

from msgspec import Struct
from msgspec.structs import astuple

from normalizers.compiled.memos import forget_what_is_not_asked_for

_PACKAGE = "normalizers"
_PLAIN: Mapping[tuple[str, str], Any] = MappingProxyType(
    {
        ("builtins", "dict"): dict,
        ("builtins", "frozenset"): frozenset,
        ("builtins", "set"): set,
        ("builtins", "range"): range,
    }
)
_CACHE = type(lru_cache(maxsize=1)(len))


class SnapshotError(Exception):
    """The bytes are no snapshot of ours, or they name what no snapshot of ours holds."""


def dump(tables: object) -> bytes:
    """Write objects as bytes. What they share stays shared; caches are written empty.

    Raises SnapshotError where something is neither data nor an object of this package, such as a function.
    """
    out = io.BytesIO()
    try:
        _Writer(out).dump(tables)
    except (pickle.PicklingError, AttributeError, TypeError) as failure:
        raise SnapshotError(f"cannot be kept: {failure}") from failure
    return forget_what_is_not_asked_for(out.getvalue())


def load(source: BinaryIO) -> Any:
    """Read objects back. Raises SnapshotError for bytes that ``dump`` did not write, whatever they are."""
    try:
        return _Reader(source).load()
    except Exception as failure:  # bytes that somebody made up may fail in any way there is
        raise SnapshotError(f"is no snapshot: {failure}") from failure


class _Writer(pickle.Pickler):
    def __init__(self, out: io.BytesIO) -> None:
        super().__init__(out, protocol=5)
        self._texts: dict[str, str] = {}

    def reducer_override(self, thing: Any) -> Any:
        """Say how a thing is made again: a struct from its members, a view from its dictionary, a cache from what it asks, and so on."""
        kind = type(thing)
        if kind is MappingProxyType:
            return _view, (dict(thing),)
        if kind is array:
            return _column, (thing.typecode, thing.tobytes())
        if kind is MethodType:
            return _bind, (thing.__self__, thing.__name__)
        if kind is _CACHE:
            return _renew, (thing.__wrapped__, thing.cache_parameters()["maxsize"])
        if kind is FunctionType and thing not in _MAKERS:
            raise pickle.PicklingError(f"{thing.__module__}.{thing.__qualname__} is a function")
        if isinstance(thing, Struct):
            return kind, tuple(map(self._share, astuple(thing)))
        return NotImplemented

    def _share(self, value: Any) -> Any:
        """Give one of all equal texts: the same words stand in many tables."""
        return self._texts.setdefault(value, value) if type(value) is str else value


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Find what a snapshot may name: our classes by name, where their module is loaded already."""
        ours = module == _PACKAGE or module.startswith(f"{_PACKAGE}.")
        found = getattr(sys.modules.get(module), name, None) if ours else _PLAIN.get((module, name))
        if found in _MAKERS or (isinstance(found, type) and (not ours or found.__module__ == module)):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is not what a snapshot holds")


def _view(content: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(content)


def _column(kind: str, numbers: bytes) -> array[int]:
    return array(kind, numbers)


def _bind(owner: object, name: str) -> Any:
    if not type(owner).__module__.startswith(_PACKAGE) or not isinstance(vars(type(owner)).get(name), FunctionType):
        raise SnapshotError(f"{name!r} is no method of ours")
    return getattr(owner, name)


def _renew(asked: Callable[..., Any], size: int | None) -> Any:
    return lru_cache(maxsize=size)(asked)


_MAKERS = (_view, _column, _bind, _renew)
