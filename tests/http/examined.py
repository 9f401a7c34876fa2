"""The program served as anybody would, for examiners who know nothing but its description.

They come as two users, of two organizations, who must not see what the other has.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs
import httpx

from domain.identity.request_limits import USUAL
from tests.cli.warm import PROGRAM, warm
from tests.servers import free_port

ROOT = Path(__file__).parents[2]
CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
PATIENCE = 60
PHASES = ("examples", "coverage", "fuzzing", "stateful")
# Examiners are in a hurry, and 429 for an answer would tell them nothing.
UNHURRIED = ",".join(f"{name}=9000000/60" for name in USUAL)


@attrs.frozen(kw_only=True)
class Server:
    """`key` is the demo's, `other` that of somebody else, who has nothing yet."""

    url: str
    key: str
    other: str
    log: Path

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}


@contextmanager
def served(folder: Path, *, program: str = PROGRAM) -> Iterator[Server]:
    """The demo, on SQLite, for as long as the block."""
    port, log = free_port(), folder / "log"
    environment = {
        **os.environ,
        "FRONTDESK_DATA_DIR": str(folder),
        "FRONTDESK_HTTP_PORT": str(port),
        "FRONTDESK_REQUEST_LIMITS": UNHURRIED,
    }
    process = warm().start(["demo", "--serve"], environment, log, module=program)
    try:
        url = f"http://127.0.0.1:{port}"
        transport = httpx.HTTPTransport(retries=10)  # waits longer each time
        with httpx.Client(transport=transport) as client:
            assert client.get(f"{url}/readyz", timeout=PATIENCE).status_code == 200
            # Written when it is first asked for, and examiners have little patience.
            assert client.get(f"{url}/openapi.json", timeout=PATIENCE).status_code == 200
        key = (folder / "demo-key").read_text()
        made = warm().run(["keys", "create", "peer"], environment, "")
        assert made.returncode == 0, made.stderr
        yield Server(url=url, key=key, other=made.stdout.strip(), log=log)
    finally:
        process.terminate()
        process.wait()


@attrs.frozen(kw_only=True)
class Verdict:
    """What Schemathesis reports, and what it printed."""

    phases: Sequence[str]
    report: Mapping[str, Any]
    printed: str

    @property
    def tried(self) -> tuple[int, int]:
        """How many operations, and of how many."""
        operations = self.report["operations"] or {"tested": 0, "total": 0}
        return operations["tested"], operations["total"]

    @property
    def faults(self) -> list[str]:
        """What it found, and what it did not look for: who did nothing finds nothing."""
        return [*self._found(), *self._not_tried()]

    def _found(self) -> Iterator[str]:
        for failure in self.report["failures"]:
            yield f"{failure['code']} {failure['title']}: {failure['operations']}"
        for error in self.report["errors"]:
            yield error["title"]
        if self.report["exit_code"] != 0:
            yield f"it ended with {self.report['exit_code']}"

    def _not_tried(self) -> Iterator[str]:
        told = self.report["phases"] or {}
        for name in self.phases:
            status = told.get(name, {"status": "not begun"})["status"]
            if status != "success":
                yield f"{name}: {status}"
        if not all(self.tried) or not self.report["test_cases"]["generated"]:
            yield "nothing was tried"


def examine(
    server: Server,
    folder: Path,
    *arguments: str,
    phases: Sequence[str] = PHASES,
    patience: int = 5 * PATIENCE,
) -> Verdict:
    """What Schemathesis has to say, as two users who must not see what the other has."""
    users = [
        {"name": name, "fixedHeaders": [{"name": "Authorization", "value": f"Bearer {key}"}]}
        for name, key in (("one", server.key), ("other", server.other))
    ]
    (folder / "users.json").write_text(json.dumps({"auth": users}))
    (folder / "schemathesis.toml").write_text(CONFIGURATION.read_text())
    report = folder / "report.json"
    examined = subprocess.run(  # noqa: S603
        [
            Path(sys.executable).with_name("schemathesis"),
            "--config-file=schemathesis.toml",
            "--no-color",
            "run",
            f"{server.url}/openapi.json",
            "--checks=all",
            f"--phases={','.join(phases)}",
            "--seed=1",
            "--generation-deterministic",
            f"--request-timeout={PATIENCE}",
            f"--report-json-path={report}",
            *arguments,
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=patience,
        check=False,
    )
    return Verdict(phases=phases, report=json.loads(report.read_text()), printed=examined.stdout)
