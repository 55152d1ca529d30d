"""Settings of the port, of requests and their limits, of stopping and of the log."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from service.parsing import address, choice, file, folder, place, seconds, whole
from service.settings.setting import Setting


@dataclass(frozen=True, kw_only=True)
class ServingSettings:
    """Where the service listens, and how much it takes of what."""

    host: Annotated[
        str,
        Setting(address, "address", "Without keys whoever reaches the port may use it, so only this machine does."),
    ] = "127.0.0.1"
    port: Annotated[
        int,
        Setting(whole(0, 65_535), "port", "Free for whoever is not root. 0 takes any free port, which the first line names."),
    ] = 8080
    workers: Annotated[
        int,
        Setting(whole(1, 64), "processes", "One for each core that requests should have; they share the port and the memory of the data."),
    ] = 1
    locales: Annotated[
        Path | None,
        Setting(folder, "folder", "Unset: the locales in the package. A folder replaces them all, to try out a change."),
    ] = None
    data: Annotated[
        Path | None,
        Setting(folder, "folder", "Unset: no layers. A folder of drets vocabularies import, whose layers are added to the vocabularies."),
    ] = None
    mapping: Annotated[
        Path | None,
        Setting(file, "file", "Unset: no names but those of schemas and locales. A file says which fields names of your own stand for."),
    ] = None
    cache: Annotated[
        str,
        Setting(
            place,
            "folder",
            "auto: drets in $XDG_CACHE_HOME or ~/.cache. Keeps the tables of the language data for the next start. "
            "off keeps none: each start takes ten seconds and 240 MB more.",
        ),
    ] = "auto"
    record_bytes: Annotated[
        int,
        Setting(
            whole(1_024, 2**30), "bytes", "Most records are under 5 kB; one with the 3,000 authors of a large experiment is under 2 MB."
        ),
    ] = 2_097_152
    values_bytes: Annotated[
        int,
        Setting(whole(1_024, 2**30), "bytes", "1,000 values of 1,000 characters in a script of three-byte characters are 3 MB."),
    ] = 4_194_304
    text_characters: Annotated[
        int,
        Setting(
            whole(100, 10_000_000), "characters", "The legal code of a license has 20,000; what is much longer is no statement but a work."
        ),
    ] = 50_000
    values_per_request: Annotated[
        int,
        Setting(
            whole(1, 1_000_000),
            "values",
            "Keeps one answer within seconds even if no value was ever seen before; send more in several requests.",
        ),
    ] = 1_000
    values_per_record: Annotated[
        int,
        Setting(whole(1, 10_000_000), "texts", "3,000 authors with given name, family name, affiliation and ORCID are 12,000 texts."),
    ] = 20_000
    json_depth: Annotated[
        int,
        Setting(whole(4, 500), "levels", "Real records go 9 deep; what goes much deeper is made to exhaust whoever reads it."),
    ] = 32
    head_line_bytes: Annotated[
        int,
        Setting(
            whole(1_024, 65_536), "bytes", "Longest request line or header: what proxies commonly let through. Longer texts go by POST."
        ),
    ] = 8_190
    body_seconds: Annotated[
        float,
        Setting(seconds(0.1, 3_600), "seconds", "2 MB in this time need 70 kB a second; a slower client holds memory for nothing."),
    ] = 30.0
    stream_idle_seconds: Annotated[
        float,
        Setting(
            seconds(0.1, 86_400), "seconds", "A stream may last for days, but a side that neither sends nor takes for this long is gone."
        ),
    ] = 60.0
    keepalive_seconds: Annotated[
        float,
        Setting(
            seconds(0.1, 86_400),
            "seconds",
            "Longer than the 60 of common proxies, so that the proxy ends an idle connection and not the service.",
        ),
    ] = 75.0
    drain_seconds: Annotated[
        float,
        Setting(
            seconds(0, 600),
            "seconds",
            "After SIGTERM the port stays open this long with /readyz at 503, so that balancers look elsewhere first.",
        ),
    ] = 1.0
    shutdown_seconds: Annotated[
        float,
        Setting(
            seconds(0, 3_600),
            "seconds",
            "What was accepted may take this long to finish: less than the 30 after which container runtimes kill.",
        ),
    ] = 20.0
    turn_milliseconds: Annotated[
        int,
        Setting(whole(1, 1_000), "milliseconds", "Batches give way after this much work, so that no other request waits for all of it."),
    ] = 2
    threads: Annotated[
        int,
        Setting(whole(1, 64), "threads", "They take turns at one processor: enough that a large record holds up no small one."),
    ] = 4
    thread_bytes: Annotated[
        int,
        Setting(whole(1, 2**30), "bytes", "What is larger is read in a thread. What is smaller takes a millisecond, or four if it is new."),
    ] = 2_048
    log_level: Annotated[
        str,
        Setting(
            choice("debug", "info", "warning", "error"),
            "level",
            "One line a request. debug adds the texts of errors, which may quote input.",
        ),
    ] = "info"
    log_format: Annotated[
        str,
        Setting(choice("auto", "json", "console"), "format", "auto writes for people on a terminal, and JSON everywhere else."),
    ] = "auto"
