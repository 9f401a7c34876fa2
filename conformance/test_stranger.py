"""A stranger who has a clone and a guide: from nothing to an alert that fires and goes again.

The commands are those of the guide, in its order; only ports are others, and nobody waits longer
than they have to.
"""

import os
import re
import shlex
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from subprocess import DEVNULL, Popen

import attrs
import pytest

from conformance.monitoring import programs
from tests.docs.documents import ROOT, commands
from tests.servers import free_port

GUIDE = ROOT / "docs/guides/watching.md"
CONFIGURATION = "deploy/prometheus/one-machine.yml"
PORTS = ("8000", "9090", "9093", "9100")
RUN, TELL, ASK = "FRONTDESK_METRICS_PORT=", "prometheus-alertmanager ", "prometheus "
PATIENCE = 300.0
DOWN = {"ApiDown", "NoWorkerHeartbeat"}


@attrs.frozen(kw_only=True)
class Stranger:
    folder: Path
    ports: Mapping[str, int]
    environment: Mapping[str, str]

    def does(self, command: str) -> str:
        done = subprocess.run(
            ["bash", "-c", self.here(command)],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout

    @contextmanager
    def begins(self, command: str) -> Iterator[None]:
        """In a terminal of its own, until Ctrl-C."""
        with Popen(
            ["bash", "-c", f"exec env {self.here(command)}"],
            cwd=self.folder,
            env=self.environment,
            stdout=DEVNULL,
            stderr=DEVNULL,
            start_new_session=True,
        ) as process:
            try:
                yield
            finally:
                os.killpg(process.pid, signal.SIGINT)
                process.wait(60)

    def here(self, text: str) -> str:
        return re.sub("|".join(PORTS), lambda found: str(self.ports[found[0]]), text)

    def sees(self, command: str, is_so: Callable[[str], bool]) -> None:
        ends = time.monotonic() + PATIENCE
        while not is_so(told := self.does(command)):
            assert time.monotonic() < ends, told
            time.sleep(2)


@pytest.fixture
def stranger(tmp_path: Path) -> Stranger:
    folder = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    tools = tmp_path / "bin"
    tools.mkdir()
    for name, program in programs(tmp_path).items():
        (tools / name).symlink_to(program)
    ports = {port: free_port() for port in PORTS}
    environment = {
        **os.environ,
        "PATH": f"{tools}:{os.environ['PATH']}",
        "FRONTDESK_HTTP_PORT": str(ports["8000"]),
    }
    made = Stranger(folder=folder, ports=ports, environment=environment)
    configuration = folder / CONFIGURATION
    configuration.write_text(made.here(configuration.read_text()))
    return made


def test_a_stranger_sees_an_alert_fire_and_go_again(stranger: Stranger) -> None:
    run, tell, ask, visit, figures, alerts, down, again, gone = commands(GUIDE)
    assert (run.startswith(RUN), tell.startswith(TELL), ask.startswith(ASK)) == (True,) * 3
    assert (again, down, gone) == (run, alerts, alerts)

    with ExitStack() as watchers:
        with stranger.begins(run):
            watchers.enter_context(stranger.begins(tell))
            watchers.enter_context(stranger.begins(ask))
            stranger.sees(visit, lambda told: "items" in told)
            stranger.sees(figures, lambda told: "/v1/resources" in told)
            stranger.sees(alerts, lambda told: firing(told) == {"Watchdog"})
        stranger.sees(down, lambda told: firing(told) >= DOWN)
        with stranger.begins(again):
            stranger.sees(gone, lambda told: firing(told) == {"Watchdog"})


def firing(told: str) -> set[str]:
    """The first column of a table, below its heading."""
    return {shlex.split(line)[0] for line in told.splitlines()[1:] if line.strip()}
