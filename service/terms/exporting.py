"""What ``drets terms export`` does: from the store to a change of a locale file."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from difflib import unified_diff
from io import StringIO
from pathlib import Path
from typing import Any

from sqlalchemy import Row

from bulk.additions import Addition, add_labels
from bulk.engine import open_engine
from bulk.words import open_locales
from normalizers import LocaleDataError, Registry, Status, build_registry
from normalizers.localedata import EMBEDDED
from normalizers.vocabularies import load_vocabularies
from service.settings import Settings
from service.store import open_store
from service.terms.decisions import load_decisions
from service.terms.patch import propose

_NO_END = "\n\\ No newline at end of file\n"

Proposed = Sequence[tuple[Row[Any], Addition]]


def locale_file(settings: Settings, tag: str) -> Path:
    """Give the place of the file of a locale, which may not be there."""
    return (settings.locales or EMBEDDED) / f"{tag}.yaml"


async def export_patch(settings: Settings, tag: str) -> str:
    """Write the decisions of a store as a change of a locale file that there is: a unified diff, below what no label can say.

    What is read as decided without them is left out.
    A decision does not say which language its text is in; whoever asks for the patch does. Each label was tried: with it, and without the
    decision, the text is read as it was decided.

    Raises:
        StoreError: The store cannot be used.
    """
    store = await open_store(settings.store, settings.state)
    try:
        rows = await load_decisions(store)
    finally:
        await store.close()
    vocabularies, locale = load_vocabularies(), open_locales(settings.locales)[tag]
    engine = open_engine(settings.locales, settings.data)
    rows = [row for row in rows if not _is_read(engine, row)]
    proposed = [(row, addition) for row in rows if (addition := propose(row, vocabularies, locale)) is not None]
    before = locale_file(settings, tag).read_text(encoding="utf-8")
    kept, after = _try_out(settings, tag, before, proposed)
    said = {(row.field, row.key) for row, _ in kept}
    left = [f"#   {row.field}: {row.text!r}: {row.identifier or row.decision}\n" for row in rows if (row.field, row.key) not in said]
    return "".join([*(["# What no label of this locale can say:\n"] if left else []), *left, *_difference(tag, before, after)])


def _try_out(settings: Settings, tag: str, before: str, proposed: Proposed) -> tuple[Proposed, str]:
    """Leave out what is not read as decided, until all is; gives what is left, and the file with it."""
    while proposed:
        after = add_labels(before, (addition for _, addition in proposed))
        read = _read_with(settings, tag, after, proposed)
        if len(read) == len(proposed):
            return proposed, after
        proposed = read
    return (), before


def _read_with(settings: Settings, tag: str, text: str, proposed: Proposed) -> Proposed:
    """Give what is read as decided by the locales with this one changed; those labels that the check refuses are not."""
    with tempfile.TemporaryDirectory(prefix="drets-locales-") as folder:
        for path in (settings.locales or EMBEDDED).glob("*.yaml"):
            shutil.copy(path, folder)
        (Path(folder) / f"{tag}.yaml").write_text(text, encoding="utf-8")
        try:
            registry = build_registry(Path(folder), settings.data)
        except LocaleDataError as refusal:
            refused = " ".join(fault.detail for fault in refusal.faults)
            sound = [(row, addition) for row, addition in proposed if repr(addition.label) not in refused]
            if len(sound) == len(proposed):
                raise
            return sound
    return [(row, addition) for row, addition in proposed if _is_read(registry, row)]


def _is_read(registry: Registry, row: Row[Any]) -> bool:
    found = registry.normalize(row.field, row.text)
    return found.status is Status.MATCHED and found.identifiers == (row.identifier,)


def _difference(tag: str, before: str, after: str) -> Iterable[str]:
    """Give the lines of a unified diff, as of the root of a checkout."""
    name = f"locales/{tag}.yaml"
    lines = unified_diff(StringIO(before).readlines(), StringIO(after).readlines(), f"a/{name}", f"b/{name}")
    return (line if line.endswith("\n") else line + _NO_END for line in lines)
