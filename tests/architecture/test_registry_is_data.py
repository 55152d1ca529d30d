"""A registry can be kept between two starts: whatever is put into it is data, or an object of ours made of data."""

from __future__ import annotations

from normalizers import build_registry
from normalizers.compiled import dump


def test_a_registry_can_be_kept() -> None:
    # A lambda or a closure in a reader makes every start take four times as long, and nothing else would say so.
    assert dump(build_registry())
