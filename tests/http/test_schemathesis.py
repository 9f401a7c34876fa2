"""The API under examination by somebody who knows nothing but its description."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import attrs
import httpx
import pytest

from tests.servers import free_port

ROOT = Path(__file__).parents[2]
SECONDS = 30
PATIENCE = 120


@attrs.frozen(kw_only=True)
class Server:
    url: str
    key: str
    log: Path


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """The demo, as anybody would run it."""
    port, log = free_port(), tmp_path / "log"
    environment = {
        **os.environ,
        "FRONTDESK_DATA_DIR": str(tmp_path),
        "FRONTDESK_HTTP_PORT": str(port),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "entrypoints.cli.main", "demo", "--serve"]
    with (
        log.open("wb") as output,
        subprocess.Popen(  # noqa: S603
            command, cwd=tmp_path, env=environment, stdout=output, stderr=output
        ) as process,
    ):
        try:
            url = f"http://127.0.0.1:{port}"
            transport = httpx.HTTPTransport(retries=10)  # waits longer each time
            with httpx.Client(transport=transport) as client:
                assert client.get(f"{url}/readyz", timeout=30).status_code == 200
            yield Server(url=url, key=(tmp_path / "demo-key").read_text(), log=log)
        finally:
            process.send_signal(signal.SIGTERM)


def test_schemathesis_finds_nothing(server: Server, tmp_path: Path) -> None:
    examined = subprocess.run(  # noqa: S603
        [
            Path(sys.executable).with_name("schemathesis"),
            f"--config-file={Path(__file__).with_name('schemathesis.toml')}",
            "--no-color",
            "run",
            f"{server.url}/openapi.json",
            f"--header=Authorization: Bearer {server.key}",
            "--checks=all",
            "--phases=examples,coverage,fuzzing,stateful",
            "--seed=1",
            "--generation-deterministic",
            "--max-examples=10",
            f"--max-time={SECONDS}",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    assert examined.returncode == 0, examined.stdout
    assert "ERROR" not in server.log.read_text()
