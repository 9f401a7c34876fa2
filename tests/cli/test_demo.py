"""What a newcomer sees: a business that is served, and lines that work when pasted."""

import json
import re
import signal
import subprocess
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from tests.cli.terminal import Terminal

LAST_LINE = "/v1/holds -d"
PATIENCE = 30.0


def pasted(line: str) -> dict[str, object]:
    answer = subprocess.run(  # noqa: S603
        ["bash", "-c", line],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )
    said: dict[str, object] = json.loads(answer.stdout)
    return said


def somebody_rings(line: str) -> dict[str, Any]:
    """Once it is heard of; asked for as another line asks."""
    question = re.sub(r"/v1/.*", "/v1/calls'", line)
    deadline = monotonic() + PATIENCE
    while not (calls := pasted(question)["items"]):
        assert monotonic() < deadline, "nobody has rung"
        sleep(0.1)
    assert isinstance(calls, list)
    call: dict[str, Any] = calls[0]
    return call


@pytest.mark.parametrize("on", ["terminal", "postgres_terminal"])
def test_the_demo_serves_lines_that_work_when_pasted(
    on: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    terminal: Terminal = request.getfixturevalue(on)
    first, second = tmp_path / "first.log", tmp_path / "second.log"

    with terminal.started("demo", "--serve", until=LAST_LINE, output=first) as process:
        lines = re.findall(r"^  (curl .*)$", first.read_text(), re.MULTILINE)
        assert len(lines) == 3
        free, quote, hold = (pasted(line) for line in lines)
        assert "rings" in terminal.run("ring", "--like", "told-twice").stdout
        assert somebody_rings(lines[0])["direction"] == "inbound"
    assert process.poll() == 0

    assert free["items"]
    assert isinstance(quote["agreement"], dict)
    assert hold["state"] == "held"
    key = re.search(r"fd_test_\w+", first.read_text())
    assert key is not None
    password = re.search(r"password shown this once:\n  ([0-9A-Za-z]{24})\n", first.read_text())
    assert password is not None

    with terminal.started("demo", "--serve", until=LAST_LINE, output=second):
        assert key.group() not in second.read_text()
        assert "password" not in second.read_text()
        *_, again = re.findall(r"^  (curl .*)$", second.read_text(), re.MULTILINE)
        assert pasted(again)["id"] != hold["id"]
    assert terminal.run("verify").stdout == "all invariants hold\n"


def test_a_key_of_a_database_that_is_gone_is_replaced(terminal: Terminal, tmp_path: Path) -> None:
    first = terminal.run("demo").stdout
    (tmp_path / "frontdesk.db").rename(tmp_path / "gone.db")

    second = terminal.run("demo").stdout

    one, other = (re.findall(r"fd_test_\w+", shown) for shown in (first, second))
    assert one != other
    assert (tmp_path / "demo-key").read_text() == other[0]


def test_a_server_that_is_interrupted_ends_in_order(terminal: Terminal, tmp_path: Path) -> None:
    terminal.run("migrate")
    with terminal.started(
        "serve", "--worker", until="the worker is at work", output=tmp_path / "log"
    ) as process:
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
