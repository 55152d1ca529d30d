"""An audit that could not be made is never taken for one that found nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SOUND = {"name": "a", "version": "1", "vulns": []}
FAULTY = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1"}]}
UNKNOWN = {"name": "c", "skip_reason": "Dependency not found"}


@pytest.mark.parametrize(
    ("packages", "status", "said"),
    [
        ([SOUND, SOUND], 0, "No known faults in 2 packages, says osv.\n"),
        ([SOUND, FAULTY], 1, "b 2: PYSEC-1\n"),
        ([SOUND, UNKNOWN], 2, "No verdict on 1 of 2 packages: "),
        ([FAULTY, UNKNOWN], 1, "b 2: PYSEC-1\nNo verdict on 1 of 2 packages: "),
        (None, 2, "No verdict: osv could not be asked.\n"),
    ],
)
def test_what_an_audit_came_to(checkout: Path, packages: list[dict[str, Any]] | None, status: int, said: str) -> None:
    report = "" if packages is None else json.dumps({"dependencies": packages, "fixes": []})
    command = [sys.executable, str(checkout / "requirements" / "audit"), "osv"]
    done = subprocess.run(command, input=report, capture_output=True, encoding="utf-8", check=False)  # noqa: S603 - our own
    assert (done.returncode, done.stdout[: len(said)]) == (status, said)
