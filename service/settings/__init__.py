"""What can be set about the service: tables of fields, read from the environment once, at the start."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_type_hints

from service.settings.guarding import GuardingSettings
from service.settings.jobs import JobSettings
from service.settings.serving import ServingSettings
from service.settings.setting import Setting
from service.settings.storing import StoringSettings

__all__ = ["PREFIX", "Setting", "Settings", "SettingsError", "table", "variable"]

PREFIX = "DRETS_"
_LONGEST_QUOTE = 80


class SettingsError(Exception):
    """The environment asks for something that cannot be. Carries every fault found, not only the first."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, kw_only=True)
class Settings(GuardingSettings, JobSettings, StoringSettings, ServingSettings):
    """Every setting of the service, the last base first. ``docs/settings.md`` shows the same table; a test compares the two."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Read every ``DRETS_`` variable; an unset one takes its default.

        Raises:
            SettingsError: A variable is unknown, or its value is not what the field takes. All faults are listed.
        """
        known = {variable(name): (name, setting) for name, setting in table().items()}
        values: dict[str, Any] = {}
        faults: list[str] = []
        for given in sorted(name for name in environment if name.startswith(PREFIX)):
            if given not in known:
                faults.append(_unknown(given, tuple(known)))
                continue
            name, setting = known[given]
            try:
                values[name] = setting.parse(environment[given])
            except ValueError as fault:
                quoted = "" if setting.secret else f", not {environment[given][:_LONGEST_QUOTE]!r}"
                faults.append(f"{given}: {fault}{quoted}")
        if faults:
            raise SettingsError(tuple(faults))
        return cls(**values)


def variable(name: str) -> str:
    """Name the environment variable of a field."""
    return f"{PREFIX}{name.upper()}"


def table() -> dict[str, Setting]:
    """Give the setting of each field, in the order of the fields."""
    hints = get_type_hints(Settings, include_extras=True)
    return {name: setting for name, hint in hints.items() for setting in getattr(hint, "__metadata__", ()) if isinstance(setting, Setting)}


def _unknown(name: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"{name}: there is no such setting" + (f"; did you mean {near[0]}?" if near else "")
