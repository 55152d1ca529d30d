"""What the guide shows is true: its requests are sent to a live service, its Python is run, its JSON and YAML is read."""

from __future__ import annotations

import ast
import gzip
import json
import os
import re
import shutil
import subprocess
import time
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
import yaml

CHECKOUT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```(?P<language>\w+)[^\n]*\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)
REQUEST = re.compile(r"^\$ (curl (?:[^\n]*\\\n|[^\n']|'[^']*')*)", re.MULTILINE)
PROBLEM = "urn:drets:problem"
JOB = re.compile(r"(?<=/v1/jobs/)[0-9a-f]{32}")
UNKNOWN_TERM = "There is no such term."
NEEDS_MORE = {"docs/scale.md"}  # a Spark session, which the tests of Spark have


def blocks(*languages: str) -> list[Any]:
    found = []
    for path in sorted([*CHECKOUT.glob("docs/**/*.md"), CHECKOUT / "README.md"]):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(CHECKOUT).as_posix()
        for match in BLOCK.finditer(text):
            if match["language"] in languages:
                line = text.count("\n", 0, match.start()) + 1
                found.append(pytest.param(name, match["text"], text[match.end() : match.end() + 400], id=f"{name}:{line}"))
    return found


def requests() -> list[Any]:
    found = []
    for block in blocks("console"):
        _name, text, after = block.values
        found += [
            pytest.param(command, PROBLEM in text or (after.lstrip().startswith("```json") and PROBLEM in after), id=f"{block.id}.{number}")
            for number, command in enumerate(REQUEST.findall(text))
        ]
    return found


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with the files that the examples speak of."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copy(CHECKOUT / "service" / "samples" / "record.txt", folder / "record.txt")
    xml = '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T</dc:title></oai_dc:dc>'
    (folder / "record.xml").write_text(xml, encoding="utf-8")
    lines = "".join(json.dumps({"title": f"Work {number}", "language": "Anglès"}) + "\n" for number in range(20)).encode()
    (folder / "dump.ndjson").write_bytes(lines)
    (folder / "dump.ndjson.gz").write_bytes(gzip.compress(lines))
    (folder / ".curlrc").write_text("max-time = 60\n", encoding="utf-8")  # curl reads its options from here too
    return folder


@lru_cache
def finished_job(address: str, desk: Path) -> str:
    """Have a job done, for the examples that ask about one."""
    body, headers = (desk / "dump.ndjson").read_bytes(), {"Content-Type": "application/octet-stream"}
    with urlopen(Request(f"{address}/v1/jobs", body, headers), timeout=30) as accepted:  # noqa: S310 -- our own service
        job: dict[str, str] = json.load(accepted)
    for _ in range(600):
        with urlopen(f"{address}/v1/jobs/{job['id']}", timeout=30) as told:  # noqa: S310 -- the same
            if json.load(told)["state"] == "done":
                return job["id"]
        time.sleep(0.1)
    raise AssertionError(job)


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl on this machine")
@pytest.mark.parametrize(("command", "refused"), requests())
def test_a_request_is_answered_as_the_guide_says(live: str, desk: Path, command: str, refused: bool) -> None:  # noqa: FBT001 -- a parameter
    shown = JOB.sub(finished_job(live, desk), command) if JOB.search(command) else command
    shown = shown.replace("http://127.0.0.1:8080", live)
    if " -f " not in shown:  # curl takes only one of the two; with either an answer that is an error ends it with 22
        shown = shown.replace("curl ", "curl --fail-with-body ", 1)
    environment = {**os.environ, "CURL_HOME": str(desk), "HOME": str(desk), "KEY": "none"}
    done = subprocess.run(["sh", "-c", shown], cwd=desk, env=environment, capture_output=True, encoding="utf-8", check=False)  # noqa: S603, S607 -- from our guide
    if refused:
        assert PROBLEM in done.stdout
    elif "$KEY" not in command and not (UNKNOWN_TERM in done.stdout and "/v1/terms/" in command):
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("name", "text", "_after"), blocks("json"))
def test_json_is_json(name: str, text: str, _after: str) -> None:
    assert json.loads(text), name


@pytest.mark.parametrize(("name", "text", "_after"), blocks("yaml"))
def test_yaml_is_yaml(name: str, text: str, _after: str) -> None:
    assert yaml.safe_load(text), name


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    ("name", "text", "_after"), [block for block in blocks("python") if not str(block.values[1]).lstrip().startswith(">>>")]
)
def test_python_gives_what_stands_beside_it(name: str, text: str, _after: str) -> None:
    tree = ast.parse(text)
    if name in NEEDS_MORE:
        return
    names: dict[str, Any] = {}
    lines = text.splitlines()
    for statement in tree.body:
        expected = lines[(statement.end_lineno or 1) - 1].partition("  # ")[2]
        code = ast.get_source_segment(text, statement) or ""
        if isinstance(statement, ast.Expr) and expected:
            assert eval(code, names) == ast.literal_eval(expected)  # noqa: S307 -- from our own guide
        else:
            exec(code, names)  # noqa: S102 -- the same
