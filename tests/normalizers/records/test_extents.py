"""What the extents of a record amount to: sizes of several files, and numbers that contradict each other."""

from __future__ import annotations

from normalizers import Registry


def test_several_sizes_are_those_of_several_files(registry: Registry) -> None:
    answer = registry.normalize_record({"dc.title": "Salt", "dc.format.extent": ["15 pages", "6 MB", "3 MB"]}, format="json")
    assert answer["metadata"]["extent"] == {"pages": 15, "size": {"value": 6.0, "unit": "MB"}, "texts": ["3 MB"]}
    assert answer["issues"] == []


def test_two_numbers_of_pages_are_a_contradiction(registry: Registry) -> None:
    answer = registry.normalize_record({"dc.title": "Salt", "dc.format.extent": ["15 pages", "16 pages"]}, format="json")
    assert [issue["code"] for issue in answer["issues"]] == ["contradiction"]


def test_volumes_go_into_the_clean_record_and_out_of_it(registry: Registry) -> None:
    answer = registry.normalize_record({"dc.title": "Salt", "dc.type": "Book", "dc.format.extent": "2 volumes"}, format="json")
    assert answer["metadata"]["extent"] == {"volumes": 2}
    assert registry.cross(answer["metadata"], to="csl").document["number-of-volumes"] == "2"
