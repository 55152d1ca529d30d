"""Settings refuse what they cannot read, name all faults at once, and are documented as they are."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from service.settings import Settings, SettingsError, table, variable

ROW = re.compile(r"^\| `(DRETS_\w+)` \| (.+?) \| (\w+) \| (.+?) \|$", re.MULTILINE)


def faults_of(**environment: str) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as refusal:
        Settings.from_environment(environment)
    return refusal.value.faults


def test_an_empty_environment_gives_the_defaults() -> None:
    assert Settings.from_environment({"PATH": "/bin", "LANG": "ca"}) == Settings()


def test_without_keys_only_this_machine_is_served() -> None:
    assert Settings().host == "127.0.0.1"


def test_the_environment_sets_fields(tmp_path: Path) -> None:
    given = {
        "DRETS_HOST": "0.0.0.0",  # noqa: S104 - this is what a container sets
        "DRETS_PORT": "0",
        "DRETS_LOCALES": str(tmp_path),
        "DRETS_BODY_SECONDS": "2.5",
        "DRETS_LOG_LEVEL": "debug",
    }
    expected = Settings(host="0.0.0.0", port=0, locales=tmp_path, body_seconds=2.5, log_level="debug")  # noqa: S104 - the same
    assert Settings.from_environment(given) == expected


def test_every_field_has_a_parser_a_unit_and_a_reason() -> None:
    assert list(table()) == [item.name for item in fields(Settings)]
    assert all(setting.unit and setting.reason.endswith(".") for setting in table().values())


def test_every_default_is_a_value_that_could_be_set() -> None:
    defaults = Settings()
    for name, setting in table().items():
        value = getattr(defaults, name)
        if value is not None:
            assert setting.parse(str(value)) == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", ""),
        ("PORT", " 80"),
        ("PORT", "٨٠"),
        ("PORT", "9" * 5000),
        ("HOST", "here"),
        ("HOST", "127.0.0.1:80"),
        ("HOST", ""),
        ("BODY_SECONDS", "nan"),
        ("BODY_SECONDS", "inf"),
        ("BODY_SECONDS", "1e3"),
        ("BODY_SECONDS", "0"),
        ("BODY_SECONDS", "."),
        ("LOG_LEVEL", "INFO"),
        ("LOG_FORMAT", "xml"),
        ("LOCALES", "/no/such/folder"),
        ("LOCALES", ""),
        ("JSON_DEPTH", "1"),
        ("RECORD_BYTES", "1_000_000"),
    ],
)
def test_garbage_is_refused(name: str, value: str) -> None:
    (fault,) = faults_of(**{f"DRETS_{name}": value})
    assert fault.startswith(f"DRETS_{name}: must be")
    assert len(fault) < 250


def test_a_misspelt_name_is_refused_with_the_nearest_one() -> None:
    assert faults_of(DRETS_PROT="1") == ("DRETS_PROT: there is no such setting; did you mean DRETS_PORT?",)


def test_all_faults_are_named_at_once() -> None:
    assert [fault.split(":")[0] for fault in faults_of(DRETS_HOST="?", DRETS_PORT="x", DRETS_ZZZ="1")] == [
        "DRETS_HOST",
        "DRETS_PORT",
        "DRETS_ZZZ",
    ]


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc]


def test_the_documented_table_is_the_table(checkout: Path) -> None:
    rows = ROW.findall((checkout / "docs" / "settings.md").read_text(encoding="utf-8"))
    defaults = Settings()
    expected = []
    for name, setting in table().items():
        value = getattr(defaults, name)
        expected.append((variable(name), "unset" if value is None else f"`{value}`", setting.unit, setting.reason))
    assert rows == expected
