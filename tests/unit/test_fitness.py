"""How the parts do that one can do without, as operators and strangers are told."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest

from adapters.resilience.boards import FileBoard
from application.kernel.health import Part
from application.kernel.refusals import Unavailable
from application.kernel.standing import Standing, Standings
from entrypoints.wiring import fitness
from entrypoints.wiring.fitness import InstallationFitness, RememberedStandings
from entrypoints.wiring.settings import Settings

pytestmark = pytest.mark.anyio

NOW = 1_000.0
LATE = timedelta(seconds=61)


@attrs.frozen
class ToldStandings(Standings):
    """`tell` may raise; `silent` ones never answer."""

    tell: Callable[[], Standing] = Standing
    silent: bool = False

    async def __call__(self) -> Standing:
        if self.silent:
            await asyncio.Event().wait()
        return self.tell()


@attrs.frozen
class Pool:
    used: int

    def checkedout(self) -> int:
        return self.used

    def size(self) -> int:
        return 10


@attrs.frozen
class Cache:
    there: bool

    async def answers(self) -> bool:
        return self.there


def fit(folder: Path, **changes: Any) -> InstallationFitness:
    settings = Settings(
        data_dir=folder,
        payments="simulator",
        smtp_host="mail.example",
        database_url="postgresql://desk@db.example/desk",
        database_pool_overflow=10,
    )
    usual = {"standings": ToldStandings(), "redis": None, "pool": Pool(0), "epoch": lambda: NOW}
    return InstallationFitness(settings=settings, **{**usual, **changes})


async def test_a_quiet_evening(tmp_path: Path) -> None:
    parts = await fit(tmp_path, redis=Cache(there=True))()

    assert all(part.fit for part in parts.values())
    assert parts["worker"].told == "nothing left lying"
    assert parts["pool"].told == "0 of 20 in use"
    assert parts.keys() == {
        *("worker", "jobs", "payments in time", "pool", "cache"),
        *("payments", "refunds", "payment-webhooks", "mail"),
    }


@pytest.mark.parametrize(
    ("standing", "name", "told"),
    [
        (Standing(events_waiting_for=LATE), "worker", "the oldest left lying for 61 s"),
        (Standing(holds_overdue_for=LATE), "worker", "the oldest left lying for 61 s"),
        (Standing(jobs_waiting=1001), "jobs", "1001 waiting"),
        (
            Standing(unresolved_payments=2, unresolved_for=15 * LATE),
            "payments in time",
            "2 unresolved",
        ),
    ],
)
async def test_what_is_left_lying(
    tmp_path: Path, standing: Standing, name: str, told: str
) -> None:
    parts = await fit(tmp_path, standings=ToldStandings(lambda: standing))()

    assert {part for part in parts if not parts[part].fit} == {name}
    assert parts[name] == Part(fit=False, told=told)


async def test_connections_and_a_cache_that_is_away(tmp_path: Path) -> None:
    parts = await fit(tmp_path, pool=Pool(19), redis=Cache(there=False))()

    assert parts["pool"] == Part(fit=False, told="19 of 20 in use")
    assert parts["cache"] == Part(fit=False, told="done without")


async def test_breakers_are_heard_of_whoever_opened_them(tmp_path: Path) -> None:
    board = FileBoard(tmp_path / "breakers", lambda: NOW)
    board.opened("mail", until=NOW + 30)
    board.opened("refunds", until=NOW - 1)

    parts = await fit(tmp_path)()

    assert parts["mail"] == Part(fit=False, told="open")
    assert parts["refunds"] == Part(fit=True, told="half_open")
    assert parts["payments"] == Part(fit=True, told="closed")


def unavailable() -> Standing:
    raise Unavailable


@pytest.mark.parametrize("standings", [ToldStandings(unavailable), ToldStandings(silent=True)])
async def test_nobody_waits_for_sums(
    tmp_path: Path, standings: Standings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitness, "PATIENCE", 0.01)

    parts = await fit(tmp_path, standings=standings)()

    assert parts["worker"] == Part(fit=False, told="not known")
    assert "jobs" not in parts


async def test_sums_are_asked_for_once_in_five_seconds() -> None:
    now, asked = [0.0], list[float]()

    def tell() -> Standing:
        asked.append(now[0])
        return Standing()

    remembered = RememberedStandings(ToldStandings(tell), lambda: now[0])

    await asyncio.gather(remembered(), remembered())
    now[0] = 4.9
    await remembered()
    now[0] = 5.0
    await remembered()

    assert asked == [0.0, 5.0]
