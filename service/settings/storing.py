"""Settings of what is kept on disk or in a database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from service.parsing import path, seconds, store, whole
from service.settings.setting import Setting


@dataclass(frozen=True, kw_only=True)
class StoringSettings:
    """Where the service keeps what must survive it."""

    state: Annotated[
        Path,
        Setting(
            path,
            "folder",
            "Holds the store and the files of jobs; made where missing. Below the folder of the start: nothing else is touched.",
        ),
    ] = Path("var")
    store: Annotated[
        str | None,
        Setting(
            store,
            "URL",
            "Unset: SQLite, a file in DRETS_STATE. postgresql://USER:PASSWORD@HOST/DATABASE lets several instances share jobs.",
            secret=True,
        ),
    ] = None
    terms_seconds: Annotated[
        float,
        Setting(seconds(0.05, 3_600), "seconds", "What stayed unresolved is counted in memory for this long, then written in one batch."),
    ] = 2.0
    terms_pending: Annotated[
        int,
        Setting(whole(1, 10_000_000), "terms", "Distinct ones counted in memory; beyond, new ones are dropped until the next batch."),
    ] = 20_000
    terms_kept: Annotated[
        int,
        Setting(whole(1, 100_000_000), "terms", "Beyond this those met least are forgotten; nobody decides on the last of so many."),
    ] = 200_000
    decisions_per_import: Annotated[
        int,
        Setting(whole(1, 1_000_000), "decisions", "Taken from one sheet, since each is read once: some seconds."),
    ] = 10_000
    news_seconds: Annotated[
        float,
        Setting(
            seconds(0.05, 60),
            "seconds",
            "What another process decided is known here after this at the latest; one look takes under a millisecond.",
        ),
    ] = 0.5
    history_seconds: Annotated[
        float,
        Setting(
            seconds(0.05, 60),
            "seconds",
            "Figures of the dashboard are written this often, and so late another process and the page see them.",
        ),
    ] = 2.0
    history_days: Annotated[
        int,
        Setting(whole(1, 400), "days", "One row a minute and process, of about 1 kB: a week of one process is 10 MB."),
    ] = 7
