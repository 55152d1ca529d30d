"""The files in deploy/ parse, ask for figures that there are, and name settings and addresses that there are."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from prometheus_client.parser import text_string_to_metric_families

from service.commands import serve
from service.health import Check, age_days
from service.keys.commands import keys
from service.metrics import STATE, Metrics
from service.routes import ROUTES
from service.settings import Settings, table, variable
from tests.processes import only

NAME = re.compile(r"\b(?:drets|process)_[a-z0-9_]+\b")
SUFFIXES = ("_bucket", "_count", "_sum", "_total")
CHECKOUT = Path(__file__).resolve().parents[2]
RULES = CHECKOUT / "deploy/prometheus/drets.rules.yaml"
BOARD = CHECKOUT / "deploy/grafana/drets.json"
MANIFESTS = CHECKOUT / "deploy/kubernetes/drets.yaml"
FIRST_KEY = CHECKOUT / "deploy/kubernetes/first-key.yaml"
COMPOSE = CHECKOUT / "compose.yaml"
IMAGE = CHECKOUT / "Dockerfile"


@pytest.fixture(scope="module")
def figures() -> set[str]:
    metrics = Metrics()
    metrics.note_state(dict.fromkeys(STATE, 1.0), {"queued": 1}, {"cc-legal-tools": "1"}, {"cc-legal-tools": 1.0})
    names = {family.name for family in text_string_to_metric_families(metrics.render().decode())}
    return names | {name + suffix for name in names for suffix in SUFFIXES}


def asked(expression: str) -> set[str]:
    return set(NAME.findall(re.sub(r'"[^"]*"', "", expression)))


def rules() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [rule for group in yaml.safe_load(RULES.read_text("utf-8"))["groups"] for rule in group["rules"]]
    return found


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.get("alert") or rule["record"])
def test_rules_ask_for_figures_that_there_are(rule: dict[str, Any], figures: set[str]) -> None:
    recorded = {other["record"] for other in rules() if "record" in other}
    expression = rule["expr"]
    for name in recorded:
        expression = expression.replace(name, "")
    assert asked(expression) <= figures
    assert expression.count("(") == expression.count(")")
    if "alert" in rule:
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert rule["annotations"]["summary"]
        assert rule["for"]


def test_the_board_asks_for_figures_that_there_are(figures: set[str]) -> None:
    board = json.loads(BOARD.read_text("utf-8"))
    expressions = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    assert len(expressions) >= 12
    assert set().union(*map(asked, expressions)) <= figures
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])
    places = [(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in board["panels"]]
    assert len(set(places)) == len(places)


@pytest.fixture(scope="module")
def manifests() -> dict[str, Any]:
    return {document["kind"]: document for document in yaml.safe_load_all(MANIFESTS.read_text("utf-8"))}


def test_manifests_set_what_can_be_set(manifests: dict[str, Any]) -> None:
    given = manifests["ConfigMap"]["data"]
    assert all(isinstance(value, str) for value in given.values())
    assert set(given) <= {variable(name) for name in table()}
    # The folder is that of the container; any that is here shows that the rest is read.
    settings = Settings.from_environment({**given, "DRETS_STATE": "/tmp"})  # noqa: S108 - nothing is written
    assert not settings.open_without_keys
    pod = manifests["Deployment"]["spec"]["template"]["spec"]
    assert pod["terminationGracePeriodSeconds"] > settings.drain_seconds + settings.shutdown_seconds


def test_manifests_leave_the_container_little(manifests: dict[str, Any]) -> None:
    pod = manifests["Deployment"]["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["automountServiceAccountToken"] is False
    assert container["securityContext"] == {
        "readOnlyRootFilesystem": True,
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
    }
    assert set(container["resources"]) == {"requests", "limits"}
    mounted = {mount["mountPath"] for mount in container["volumeMounts"]}
    assert mounted == {"/var/lib/drets", "/tmp"}  # noqa: S108 - the path in the container
    assert manifests["ConfigMap"]["data"]["DRETS_STATE"].startswith("/var/lib/drets/")
    assert {mount["name"] for mount in container["volumeMounts"]} == {volume["name"] for volume in pod["volumes"]}


def test_the_first_key_is_made_where_the_service_looks_for_it(manifests: dict[str, Any]) -> None:
    job = yaml.safe_load(FIRST_KEY.read_text("utf-8"))["spec"]["template"]["spec"]
    pod = manifests["Deployment"]["spec"]["template"]["spec"]
    for member in ("volumes", "securityContext"):
        assert job[member] == pod[member]
    for member in ("image", "envFrom", "volumeMounts", "securityContext"):
        assert job["containers"][0][member] == pod["containers"][0][member]


def commands() -> list[list[str]]:
    """Give what the image is asked to run: by itself, by compose, by the job, and by the first steps in the guide."""
    compose = yaml.safe_load(COMPOSE.read_text("utf-8"))["services"]["drets"]["command"]
    job = yaml.safe_load(FIRST_KEY.read_text("utf-8"))["spec"]["template"]["spec"]["containers"][0]["args"]
    said = COMPOSE.read_text("utf-8") + (CHECKOUT / "docs/operations.md").read_text("utf-8")
    shown = re.findall(r"docker .* drets (keys create .*)$", said, re.MULTILINE)
    assert len(shown) == 2
    (own,) = re.findall(r"^CMD (.*)$", IMAGE.read_text("utf-8"), re.MULTILINE)
    return [json.loads(own), compose, job, *(line.split() for line in shown)]


def test_what_the_image_is_asked_to_run_can_be_run(tmp_path: Path) -> None:
    assert '\nENTRYPOINT ["drets"]\n' in IMAGE.read_text("utf-8")
    for command, *arguments in commands():
        if command == "serve":
            serve.make_context(command, arguments)
        else:
            made = CliRunner().invoke(keys, arguments, env=only(DRETS_STATE=str(tmp_path), DRETS_HOST="0.0.0.0"))  # noqa: S104 - as there
            assert (made.exit_code, made.stdout.startswith("drets_")) == (0, True), made.output


def test_what_the_image_is_made_of_reaches_the_builder() -> None:
    let_through = {line[1:] for line in (CHECKOUT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    copied = re.findall(r"^COPY (?!--from)(.*) \S+$", IMAGE.read_text("utf-8"), re.MULTILINE)
    named = {name.rstrip("/") for line in copied for name in line.split()}
    assert {"drets", "service", "requirements/runtime.lock"} <= named
    assert {"requirements/*.lock" if name.startswith("requirements/") else name for name in named} <= let_through
    assert all((CHECKOUT / name).exists() for name in named)


def test_the_image_asks_for_keys_and_keeps_them_where_volumes_are() -> None:
    image = IMAGE.read_text("utf-8")
    assert "DRETS_HOST=0.0.0.0" in image
    assert "DRETS_STATE=/var/lib/drets/" in image
    assert "OPEN_WITHOUT_KEYS" not in image
    service = yaml.safe_load(COMPOSE.read_text("utf-8"))["services"]["drets"]
    assert service["environment"]["DRETS_OPEN_WITHOUT_KEYS"] == "${DRETS_OPEN_WITHOUT_KEYS:-false}"
    assert service["ports"] == ["127.0.0.1:8080:8080"]
    assert service["volumes"] == ["state:/var/lib/drets"]


def test_probes_ask_addresses_that_there_are(manifests: dict[str, Any]) -> None:
    (container,) = manifests["Deployment"]["spec"]["template"]["spec"]["containers"]
    paths = {probe: container[probe]["httpGet"]["path"] for probe in ("startupProbe", "readinessProbe", "livenessProbe")}
    assert paths == {"startupProbe": "/readyz", "readinessProbe": "/readyz", "livenessProbe": "/healthz"}
    assert set(paths.values()) <= {route.path for route in ROUTES}


def test_a_check_has_the_members_of_health_json() -> None:
    assert Check("pass", "Good.").as_json() == {"status": "pass", "output": "Good."}


def test_a_vocabulary_is_as_old_as_its_version_says_or_as_it_is_loaded() -> None:
    now = time.time()
    year = time.gmtime(now - 400 * 86_400)
    assert 399 < age_days(time.strftime("%Y-%m-%d", year), now) < 402
    assert 399 < age_days(time.strftime("%Y-%m", year), now) < 433
    for undated in ("3.2", "2026-99", "2006", ""):
        assert 2 < age_days(undated, now - 2.5 * 86_400) < 3
    assert age_days("2999-01", now) == 0
