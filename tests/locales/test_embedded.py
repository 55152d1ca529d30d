"""The locale files that the project ships: they load, and their examples prove their words."""

from __future__ import annotations

from normalizers import Registry


def test_every_example_reads_as_its_file_says(registry: Registry) -> None:
    assert [str(fault) for fault in registry.check_examples()] == []
