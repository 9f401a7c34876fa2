"""Alerts, dashboards and runbooks tell of what there is, and of nothing else."""

import logging
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any

import pytest
from dependency_injector import providers
from prometheus_client import generate_latest

from adapters.readers.schedules import DUE
from adapters.readers.self_checks import CHECKED
from adapters.telemetry.counted import Counted
from adapters.telemetry.readings import OfTheDisk, OfTheProcess
from application.kernel.told_figures import EVERY_FIGURE
from application.payments.gateway import ProviderUnavailable
from domain.kernel.actors import Actor
from entrypoints.cli.main import COMMANDS
from entrypoints.http.app import create_app
from entrypoints.realtime.app import WithSockets
from entrypoints.wiring.container import Container
from entrypoints.worker.telling import stock_taking
from tests.deploy.watching import (
    RECORDED,
    RUNBOOKS,
    SELECTED,
    alerts,
    dashboards,
    expressions,
    metrics_of,
    read,
    rules,
)
from tests.fakes.jobs import MemoryJobEngine
from tests.fakes.time import Time
from tests.http.conftest import migrated_file, sqlite_url  # noqa: F401  (fixtures)
from tests.http.desk import NOW, Desk, program
from tests.tls_servers import tls_server
from tests.unit.test_page_of_figures import samples

pytestmark = pytest.mark.anyio

BURNS = ("FastBudgetBurn", "SlowBudgetBurn")
BREAKERS = logging.getLogger("adapters.resilience.breaker")
COMMAND = re.compile(r"`frontdesk ([a-z-]+)")


@pytest.fixture
async def page(sqlite_url: str, tmp_path: Path) -> AsyncIterator[str]:  # noqa: F811
    """Of a server with a worker, after a request or two and a provider that was away."""
    clock = Time(NOW)
    options: dict[str, Any] = {"metrics_port": 1, "data_dir": tmp_path, "backups": tmp_path}
    async with AsyncExitStack() as around:
        options["public_url"] = around.enter_context(tls_server(tmp_path))
        container = await around.enter_async_context(program(sqlite_url, clock, **options))
        desk = await Desk.opened(container, clock)
        await desk.get("/v1/resources")
        WithSockets.of(container, create_app(container))
        counted = Counted(container.telemetry.figures())
        BREAKERS.addHandler(counted)
        await lose_the_provider(container)
        BREAKERS.removeHandler(counted)
        container.jobs.engine.override(
            providers.Object(MemoryJobEngine(clock=clock, actor_of=Actor.system))
        )
        for task in stock_taking(container, container.schedules.times()):
            await task.work()
        readings = container.telemetry.readings()
        readings.add(OfTheProcess(container.telemetry.figures()))
        readings.add(OfTheDisk(container.telemetry.figures(), tmp_path))
        readings.take()
        yield generate_latest(container.telemetry.page().registry).decode()


async def lose_the_provider(container: Container) -> None:
    async def fail() -> None:
        raise ProviderUnavailable("test")

    for _ in range(5):
        with suppress(ProviderUnavailable):
            await container.payment_providers.breakers().payments(fail)


async def test_whatever_is_asked_for_is_told(page: str) -> None:
    told = {name for name, _ in samples(page)}
    for name, kind in re.findall(r"^# TYPE (\S+) (\w+)$", page, re.MULTILINE):
        suffixes = ("_count", "_sum", "_bucket") if kind == "histogram" else ("",)
        told |= {f"{name}{suffix}" for suffix in suffixes}
    recorded = {rule["record"] for rule in rules() if "record" in rule}

    for place, expression in expressions():
        assert metrics_of(expression) <= told, place
        assert set(RECORDED.findall(expression)) <= recorded, place


def test_whatever_is_told_is_asked_for_somewhere() -> None:
    asked = " ".join(expression for _, expression in expressions())

    unseen = {
        figure.name
        for figure in EVERY_FIGURE
        if not re.search(rf"\b{figure.name.replace('.', '_')}", asked)
    }
    assert unseen == set()


def test_whatever_is_picked_out_can_be_there() -> None:
    known = {
        "check": CHECKED,
        "reason": {"4431"},
        "schedule": set(DUE),
        "use_case": {"OpenSession"},
        "http_request_method": {"GET", "POST"},
    }
    for place, expression in expressions():
        for label, _, value in SELECTED.findall(expression):
            if label in known:
                assert set(value.split("|")) <= known[label], (place, value)


def test_every_alert_has_a_runbook_and_every_runbook_an_alert() -> None:
    books = {file.stem for file in RUNBOOKS.glob("*.md")} - {"README"}

    assert books == alerts().keys()
    for name, rule in alerts().items():
        assert rule["labels"]["severity"] in {"page", "ticket", "none"}
        assert rule["annotations"]["runbook_url"] == f"docs/runbooks/{name}.md"


def test_every_alert_is_made_to_fire_and_to_keep_still() -> None:
    tried = {
        (test["alert_rule_test"][0]["alertname"], "exp_alerts" in test["alert_rule_test"][0])
        for file in ("alerts", "slo")
        for test in read(f"prometheus/tests/{file}.yml")["tests"]
    }

    wanted = {(name, fires) for name in alerts() for fires in (True, False)}
    assert tried == wanted - {("Watchdog", False)}


def test_windows_and_burn_rates_are_those_of_the_workbook() -> None:
    windows = re.compile(r"rate(\w+) > on \(slo\) \(([\d.]+) \*")

    fast, slow = (windows.findall(alerts()[it]["expr"]) for it in BURNS)

    assert fast == [("1h", "14.4"), ("5m", "14.4"), ("6h", "6"), ("30m", "6")]
    assert slow == [("1d", "3"), ("2h", "3"), ("3d", "1"), ("6h", "1")]


def test_runbooks_name_commands_that_exist() -> None:
    for file in RUNBOOKS.glob("*.md"):
        assert set(COMMAND.findall(file.read_text())) <= COMMANDS.keys(), file.name


def test_dashboards_can_be_told_apart() -> None:
    boards = dashboards()

    assert len({board["uid"] for board in boards.values()}) == len(boards) == 7
    for board in boards.values():
        assert {panel["datasource"]["uid"] for panel in board["panels"]} == {"prometheus"}
