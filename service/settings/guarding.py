"""Settings of who may ask, how much at once, and from where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from service.parsing import address_of_service, origins, truth, whole
from service.settings.setting import Setting


@dataclass(frozen=True, kw_only=True)
class GuardingSettings:
    """What keeps the service for those it is meant for, and answering under any load."""

    open_without_keys: Annotated[
        bool,
        Setting(truth, "switch", "Without keys only this machine may ask. true serves whoever reaches the address all the same."),
    ] = False
    address_requests_per_minute: Annotated[
        int,
        Setting(
            whole(0, 10_000_000), "requests", "A minute from one address, at all processes; 0: no limit. Behind a proxy all come from one."
        ),
    ] = 0
    key_requests_per_minute: Annotated[
        int,
        Setting(
            whole(0, 10_000_000),
            "requests",
            "A minute with one key, at all processes; 0: no limit. Load is shed without it; this is for fairness.",
        ),
    ] = 0
    backlog_milliseconds: Annotated[
        int,
        Setting(whole(5, 10_000), "milliseconds", "Work in hand beyond which requests get 503 at once; the slowest wait twice as long."),
    ] = 80
    waiting_reads: Annotated[
        int,
        Setting(whole(1, 100_000), "reads", "In or before the threads; at 4 milliseconds each, so many take a quarter of a second."),
    ] = 64
    public_url: Annotated[
        str | None,
        Setting(
            address_of_service,
            "URL",
            "Unset: the Host of each request. Reconciliation names its own addresses, which a proxy may change.",
        ),
    ] = None
    cors_origins: Annotated[
        tuple[str, ...] | None,
        Setting(
            origins,
            "origins",
            "Unset: none. Origins whose pages may ask from a browser, spaces between. Reconciliation answers any.",
        ),
    ] = None
