"""Settings of who may ask, how much at once, and from where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from service.parsing import address_of_service, origins, truth
from service.settings.setting import Setting


@dataclass(frozen=True, kw_only=True)
class GuardingSettings:
    """What keeps the service for those it is meant for, and answering under any load."""

    open_without_keys: Annotated[
        bool,
        Setting(truth, "switch", "Without keys only this machine may ask. true serves whoever reaches the address all the same."),
    ] = False
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
