"""How much a job slows single requests: the time to answer one, with a job running and without, in turns of one run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlsplit

VALUES = json.dumps({"values": [{"id": "1", "field": "license", "text": "CC BY-NC 4.0"}]})
JSON, NDJSON = "application/json", "application/x-ndjson"
REQUESTS = 1_500
RECORDS = 60_000


@contextmanager
def served() -> Iterator[str]:
    """Run a service in a folder of its own, and give its address."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DRETS_PORT": "0", "DRETS_LOG_LEVEL": "error"}
        command = [sys.executable, "-m", "service"]
        process = subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, encoding="utf-8")  # noqa: S603 - our own
        yield _address(process)
        process.terminate()
        process.wait()


def _address(process: subprocess.Popen[str]) -> str:
    for line in process.stderr or ():
        if found := re.search(r"http://[^/\s]+(?=/v1/normalize)", line):
            return found[0]
    raise RuntimeError("the service did not start")


def ask(connection: HTTPConnection, method: str, path: str, body: str | bytes | None = None, content_type: str = JSON) -> bytes:
    """Send one request, and give what is answered."""
    connection.request(method, path, body, {"Content-Type": content_type})
    return connection.getresponse().read()


def measure(connection: HTTPConnection) -> list[float]:
    """Ask again and again, with a pause as of a calm client, and give the milliseconds of each answer."""
    times = []
    for _ in range(REQUESTS):
        start = time.perf_counter()
        ask(connection, "POST", "/v1/values", VALUES)
        times.append((time.perf_counter() - start) * 1000)
        time.sleep(0.004)
    return sorted(times)


def tell(name: str, times: list[float]) -> None:
    """Say how long the answers took."""
    shares = {share: times[int(len(times) * share / 100)] for share in (50, 95, 99)}
    print(f"{name:<16}" + "  ".join(f"p{share} {value:6.2f} ms" for share, value in shares.items()))


def main() -> None:
    """Measure without a job and beside one, twice."""
    records = ({"dc:title": f"No {number}", "dc:rights": f"CC BY {number % 900}", "dc:language": "cat"} for number in range(RECORDS))
    body = b"".join(json.dumps(record).encode() + b"\n" for record in records)
    with served() as url:
        connection = HTTPConnection(urlsplit(url).netloc)
        measure(connection)
        for _ in range(2):
            tell("without a job", measure(connection))
            path = f"/v1/jobs/{json.loads(ask(connection, 'POST', '/v1/jobs', body, NDJSON))['id']}"
            while json.loads(ask(connection, "GET", path))["progress"]["records"] == 0:
                time.sleep(0.2)
            tell("beside a job", measure(connection))
            state = json.loads(ask(connection, "GET", path))
            print(f"                the job: {state['state']}, {state['progress']['records']:,} records")
            ask(connection, "DELETE", path)
            time.sleep(3)


if __name__ == "__main__":
    main()
