"""Folds a hundred thousand labels at once, to the very keys that ``fold_key`` makes of them one by one."""

from __future__ import annotations

from collections.abc import Sequence

from normalizers.folding import fold_key


class _KeyTable(dict[int, str]):
    """What each code point becomes within a key, asked of ``fold_key`` once; a line break stays, to part the labels."""

    def __missing__(self, point: int) -> str:
        folded = self[point] = "\n" if chr(point) == "\n" else fold_key(f"a{chr(point)}a")[1:-1]
        return folded


def fold_keys(labels: Sequence[str]) -> dict[str, str]:
    """Give the key of each label. ASCII is folded apart, for Python translates it ten times as fast.

    >>> fold_keys(["Català  (antic)", "Ελληνικά", "Old-English"])
    {'Old-English': 'old english', 'Català  (antic)': 'catala antic', 'Ελληνικά': 'ελληνικα'}
    """
    table = _KeyTable()
    plain = [label for label in labels if label.isascii()]
    marked = [label for label in labels if not label.isascii()]
    return {**_fold_all(plain, table), **_fold_all(marked, table)}


def _fold_all(labels: Sequence[str], table: _KeyTable) -> dict[str, str]:
    joined = "\n".join(labels)
    if joined.count("\n") >= max(len(labels), 1):
        return {label: fold_key(label) for label in labels}
    folded = joined.translate(table)
    while "  " in folded:
        folded = folded.replace("  ", " ")
    folded = folded.replace(" \n", "\n").replace("\n ", "\n").strip(" ")
    return dict(zip(labels, folded.split("\n"), strict=True)) if labels else {}
