"""What a user of `pip install drets` gets: tested on a wheel that is built here and installed away from the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

PACKAGES = ("normalizers", "bulk", "service", "locales", "drets")
GUIDE = "service/pages/built_guide/"
RECORD = """\
Títol de prova sobre els fongs del Montseny
Puig Roca, Marta (Universitat de Prova)

Date: 2012
Language: Anglès
"""


@dataclass(frozen=True, slots=True)
class Installation:
    """An environment outside of the checkout that has the wheel, and the folder to work in."""

    bin: Path
    home: Path

    def run(self, *arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "DRETS_", "COV_"))}
        program, *rest = arguments
        return subprocess.run(  # noqa: S603 - our own program, our own arguments
            [str(self.bin / program), *rest],
            input=given,
            cwd=self.home,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )


def run_module(*arguments: str, cwd: Path) -> None:
    completed = subprocess.run(  # noqa: S603 - our own interpreter, our own arguments
        [sys.executable, "-m", *arguments], cwd=cwd, capture_output=True, encoding="utf-8", timeout=300, check=False
    )
    assert completed.returncode == 0, completed.stdout + completed.stderr


@pytest.fixture(scope="module")
def wheel(request: pytest.FixtureRequest, checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, where it was not built right before the tests."""
    given: Path | None = request.config.getoption("--wheel")
    if given is not None:
        return given.absolute()
    folder = tmp_path_factory.mktemp("wheel")
    run_module("build", "--wheel", "--no-isolation", "--outdir", str(folder), str(checkout), cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installation(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Install the wheel alone; what it depends on is borrowed from the environment of the tests, so no network is asked."""
    root = tmp_path_factory.mktemp("installation")
    home = tmp_path_factory.mktemp("home")
    venv.create(root, with_pip=False, symlinks=True)
    python = root / "bin" / "python"
    run_module("pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index", str(wheel), cwd=home)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(root), "platbase": str(root)}))
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return Installation(root / "bin", home)


def carried_files(checkout: Path) -> set[str]:
    return {
        path.relative_to(checkout).as_posix()
        for package in PACKAGES
        for path in (checkout / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_wheel_holds_every_file_of_the_packages_and_no_other(wheel: Path, checkout: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    guide = {name for name in names if name.startswith(GUIDE)}
    assert f"{GUIDE}index.html" in guide
    assert names - guide == carried_files(checkout)


@pytest.mark.parametrize("pattern", ["locales/*.yaml", "normalizers/vocabularies/*.yaml", "*/py.typed", "locales/README.md"])
def test_wheel_carries_more_than_code(wheel: Path, pattern: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert [name for name in archive.namelist() if Path(name).match(pattern)]


def test_wheel_states_its_licence_and_its_commands(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (folder,) = {name.split("/")[0] for name in archive.namelist() if ".dist-info/" in name}
        metadata = HeaderParser().parsestr(archive.read(f"{folder}/METADATA").decode())
        entry_points = archive.read(f"{folder}/entry_points.txt").decode()
        assert {f"{folder}/licenses/LICENSE", f"{folder}/licenses/NOTICE"} <= set(archive.namelist())
    assert metadata["License-Expression"] == "Apache-2.0"
    assert "drets = bulk.cli:main" in entry_points
    assert "serve = service.commands:serve" in entry_points


def test_installed_packages_are_those_of_the_wheel(installation: Installation) -> None:
    answer = installation.run("python", "-c", f"import {', '.join(PACKAGES)}; print(normalizers.__file__, bulk.__file__, service.__file__)")
    assert answer.returncode == 0, answer.stderr
    assert all(path.startswith(str(installation.bin.parent)) for path in answer.stdout.split())


def test_values_are_read_away_from_the_checkout(installation: Installation) -> None:
    asked = [
        {"id": "1", "field": "language", "text": "Anglès"},
        {"id": "2", "field": "license", "text": "https://creativecommons.org/licenses/by/4.0/deed.es"},
        {"id": "3", "field": "license", "text": ""},
    ]
    answer = installation.run("drets", "values", given="".join(json.dumps(value) + "\n" for value in asked))
    assert answer.returncode == 0, answer.stderr
    results = [json.loads(line) for line in answer.stdout.splitlines()]
    assert [(result["id"], result["status"], result["identifiers"]) for result in results] == [
        ("1", "matched", ["en"]),
        ("2", "matched", ["https://creativecommons.org/licenses/by/4.0/"]),
        ("3", "unmatched", []),
    ]


def test_a_record_is_read_away_from_the_checkout(installation: Installation) -> None:
    (installation.home / "record.txt").write_text(RECORD, encoding="utf-8")
    answer = installation.run("drets", "normalize", "record.txt")
    assert answer.returncode == 0, answer.stderr
    (clean,) = (json.loads(line) for line in answer.stdout.splitlines())
    decided = {decision["field"]: decision["identifiers"] for decision in clean["decisions"]}
    assert (decided["language"], decided["date"]) == (["en"], ["2012"])
    assert clean["versions"]["drets"]


def test_serve_is_a_command_that_the_service_adds(installation: Installation) -> None:
    answer = installation.run("drets", "serve", "--help")
    assert answer.returncode == 0, answer.stderr
    assert "Usage: drets serve" in answer.stdout
