"""Prometheus and Alertmanager judge the rules that are shipped, and watch a server that runs."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from subprocess import DEVNULL, Popen
from typing import Any

import httpx
import pytest
import yaml

from conformance.monitoring import programs, said
from tests.deploy.watching import DEPLOY, alerts
from tests.http.examined import served
from tests.servers import free_port

PATIENCE = 120.0
SILENT = {"ApiDown", "NoWorkerHeartbeat", "TargetMissing"}  # while a server is there
RULES = sorted((DEPLOY / "prometheus/rules").glob("*.yml"))
ALERTMANAGER = DEPLOY / "alertmanager/alertmanager.yml"


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return programs(tmp_path_factory.mktemp("monitoring"))


def test_rules_and_configuration_are_right(tools: dict[str, str]) -> None:
    said(tools["promtool"], "check", "rules", *RULES)
    said(tools["promtool"], "check", "config", DEPLOY / "prometheus/prometheus.yml")
    said(tools["amtool"], "check-config", ALERTMANAGER)


@pytest.mark.parametrize("file", ["alerts.yml", "slo.yml"])
def test_every_alert_fires_when_it_should_and_not_otherwise(
    tools: dict[str, str], file: str
) -> None:
    folder = DEPLOY / "prometheus/tests"

    assert "SUCCESS" in said(tools["promtool"], "test", "rules", file, cwd=folder)


def test_a_rule_that_is_wrong_is_found(tools: dict[str, str], tmp_path: Path) -> None:
    for part in ("rules", "tests"):
        (tmp_path / part).mkdir()
        text = (DEPLOY / f"prometheus/{part}/alerts.yml").read_text()
        (tmp_path / part / "alerts.yml").write_text(text.replace("> 900", "> 90000"))

    with pytest.raises(AssertionError, match="CapturedPaymentUnresolved"):
        said(tools["promtool"], "test", "rules", "alerts.yml", cwd=tmp_path / "tests")


def test_whoever_should_be_told_is_told(tools: dict[str, str]) -> None:
    receivers = {"page": "pager", "ticket": "tickets", "none": "watchdog"}
    for name, rule in alerts().items():
        severity = rule["labels"]["severity"]
        told = said(
            tools["amtool"],
            "config",
            "routes",
            "test",
            f"--config.file={ALERTMANAGER}",
            f"alertname={name}",
            f"severity={severity}",
        )
        assert told.splitlines()[-1] == receivers[severity], name


@contextmanager
def running(*command: str, cwd: Path) -> Iterator[None]:
    with Popen(command, cwd=cwd, stdout=DEVNULL, stderr=DEVNULL) as process:
        try:
            yield
        finally:
            process.terminate()


def asked(url: str) -> Any:
    try:
        return httpx.get(url, timeout=5).json()
    except (httpx.HTTPError, ValueError):
        return None


def eventually(is_so: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < ends, "it never was so"
        time.sleep(0.5)


def configured(folder: Path, *, page: int, alertmanager: int) -> None:
    """The rules that are shipped, and nobody's patience."""
    config = {
        "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
        "rule_files": [str(folder / "*.rules.yml")],
        "alerting": {
            "alertmanagers": [{"static_configs": [{"targets": [f"127.0.0.1:{alertmanager}"]}]}]
        },
        "scrape_configs": [
            {"job_name": job, "static_configs": [{"targets": [f"127.0.0.1:{page}"]}]}
            for job in ("frontdesk-api", "frontdesk-worker")
        ],
    }
    (folder / "prometheus.yml").write_text(yaml.safe_dump(config))
    for file in RULES:
        rules = yaml.safe_load(file.read_text())
        for group in rules["groups"]:
            group.pop("interval", None)
            for rule in group["rules"]:
                if "for" in rule:
                    rule["for"] = "2s"
        (folder / f"{file.stem}.rules.yml").write_text(yaml.safe_dump(rules))


def test_a_server_is_watched_and_an_alert_fires_and_resolves(
    tools: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, prometheus, alertmanager = free_port(), free_port(), free_port()
    monkeypatch.setenv("FRONTDESK_METRICS_PORT", str(page))
    configured(tmp_path, page=page, alertmanager=alertmanager)

    def told() -> set[str]:
        found = asked(f"http://127.0.0.1:{alertmanager}/api/v2/alerts?active=true")
        return {alert["labels"]["alertname"] for alert in found or ()}

    with ExitStack() as stack:
        stack.enter_context(
            running(
                tools["prometheus-alertmanager"],
                f"--config.file={ALERTMANAGER}",
                f"--web.listen-address=127.0.0.1:{alertmanager}",
                "--cluster.listen-address=",
                f"--storage.path={tmp_path / 'alertmanager'}",
                cwd=tmp_path,
            )
        )
        stack.enter_context(
            running(
                tools["prometheus"],
                f"--config.file={tmp_path / 'prometheus.yml'}",
                f"--web.listen-address=127.0.0.1:{prometheus}",
                f"--storage.tsdb.path={tmp_path / 'figures'}",
                cwd=tmp_path,
            )
        )
        eventually(lambda: {"Watchdog", "ApiDown", "NoWorkerHeartbeat"} <= told())
        (tmp_path / "desk").mkdir()
        with served(tmp_path / "desk") as server:
            httpx.get(f"{server.url}/v1/resources", headers=server.headers())
            eventually(
                lambda: told().isdisjoint({"ApiDown", "NoWorkerHeartbeat", "TargetMissing"})
            )
            assert "Watchdog" in told()
            query = "sum(http_server_request_duration_seconds_count)"
            url = f"http://127.0.0.1:{prometheus}/api/v1/query?query={query}"
            eventually(lambda: float(asked(url)["data"]["result"][0]["value"][1]) > 0)
        eventually(lambda: "ApiDown" in told())
