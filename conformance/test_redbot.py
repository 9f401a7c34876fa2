"""What REDbot, which knows HTTP by heart, thinks of ten addresses."""

import json
import subprocess
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from conformance.environments import PATIENCE, environment
from tests.http.examined import Server

BAD = ("bad", "warning")


@pytest.fixture(scope="module")
def interpreter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of an environment that has REDbot, which goes with the test."""
    return environment(tmp_path_factory.mktemp("redbot"), "redbot.txt") / "python"


def addresses(server: Server) -> list[str]:
    listed = httpx.get(f"{server.url}/v1/resources", headers=server.headers())
    resource = listed.json()["items"][0]["id"]
    days = [date.today() + timedelta(days=ahead) for ahead in (20, 22)]  # noqa: DTZ011  (any two)
    paths = (
        *("/livez", "/openapi.json", "/problems", "/problems/sold_out"),
        *("/v1/resources", f"/v1/resources/{resource}", "/v1/bookings", "/v1/organization"),
        *("/v1/events", f"/v1/availability?from={days[0]}&until={days[1]}"),
    )
    return [server.url + path for path in paths]


def visit(interpreter: Path, authorization: str, url: str) -> dict[str, Any]:
    """In a process of its own: REDbot's loop runs once."""
    script = Path(__file__).with_name("visit.py")
    visited = subprocess.run(
        [interpreter, script, authorization, url],
        stdout=subprocess.PIPE,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    noted: dict[str, Any] = json.loads(visited.stdout)
    return noted


def test_redbot_warns_of_nothing(server: Server, interpreter: Path) -> None:
    seen = [
        visit(interpreter, server.headers()["Authorization"], url) for url in addresses(server)
    ]
    for one in seen:
        levels = Counter(level for level, _ in one["notes"])
        print(f"\nREDbot: {one['status']} {one['url']}: {dict(levels)}", end="")

    assert [one["status"] for one in seen] == [200] * 10
    assert all(one["notes"] for one in seen)
    found = [(one["url"], *note) for one in seen for note in one["notes"] if note[0] in BAD]
    assert found == []
