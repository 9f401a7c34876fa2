"""A desk is tried: what it is connected to is really asked, and somebody rings it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from adapters.telephony_simulator.scripts import LIKE
from application.calls.reconcile_calls import ReconcileCalls
from application.calls.ring_desk import Fate
from domain.kernel.actors import Permission
from entrypoints.http.app import create_routes
from tests.contract.models import StandIn, stand_in
from tests.fakes.time import Time
from tests.http.desk import Desk, problem, program
from tests.http.lines import Line, line_at
from tests.twilio_numbers import BEGAN

pytestmark = pytest.mark.anyio

TEST, RINGS = "/v1/connections/test", "/v1/simulator/rings"
NOT_SET_UP = {"outcome": "not_set_up", "provider": None}


@pytest.fixture
async def simulated(sqlite_url: str, clock: Time, tmp_path: Path) -> AsyncIterator[Desk]:
    async with program(
        sqlite_url, clock, telephony="simulator", data_dir=tmp_path / "data"
    ) as container:
        yield await Desk.opened(container, clock)


@pytest.fixture
async def model() -> AsyncIterator[StandIn]:
    async with stand_in() as running:
        yield running


@pytest.fixture
async def line(sqlite_url: str, tmp_path: Path, model: StandIn) -> AsyncIterator[Line]:
    with_model = {"model_url": model.url, "model_name": "small"}
    async with line_at(sqlite_url, Time(BEGAN), tmp_path, **with_model) as line:
        yield line
        await line.desk.container.call_quality.close()()


async def tried(desk: Desk) -> dict[str, Any]:
    answer = await desk.post(TEST)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    assert min(one.pop("milliseconds") for one in found.values()) >= 0
    return found


async def test_both_are_really_asked_and_nothing_is_changed(line: Line, model: StandIn) -> None:
    model.says(0.5)

    assert await tried(line.desk) == {
        "telephony": {"outcome": "reached", "provider": "twilio", "reason": None},
        "model": {"outcome": "reached", "provider": None, "reason": None},
    }
    assert len(model.asked) == 1
    assert line.account.calls == {}
    assert (await line.desk.get("/v1/calls")).json()["items"] == []
    assert (await line.desk.get("/v1/audit")).json()["items"] == []


async def test_a_server_that_stops_leaves_no_line_to_the_model_open(line: Line) -> None:
    await tried(line.desk)
    container: Any = line.desk.container
    close = container.call_quality.close()
    assert close in create_routes(container).closing

    await close()

    assert container.call_quality.model().client.is_closed


async def test_it_is_told_why_nobody_is_there(line: Line, model: StandIn) -> None:
    line.account.fails, model.status = 401, 401
    found = await tried(line.desk)
    assert found["telephony"] == {
        "outcome": "failed",
        "provider": "twilio",
        "reason": "not_admitted",
    }
    assert found["model"] == {"outcome": "failed", "provider": None, "reason": "refused"}

    line.account.fails, model.status = 400, 429
    found = await tried(line.desk)
    assert found["telephony"]["outcome"] == "failed"
    assert found["model"]["reason"] == "busy"


async def test_what_is_left_alone_for_a_while_is_not_asked(line: Line, model: StandIn) -> None:
    line.account.fails, model.status = 503, 503
    for _ in range(5):
        found = await tried(line.desk)
        assert found["telephony"]["reason"] == "telephony_unavailable"
        assert found["model"]["reason"] == "failed"

    asked = len(model.asked)
    line.account.fails, model.status = None, 200
    found = await tried(line.desk)

    assert found["telephony"]["outcome"] == "failed"
    assert found["model"]["reason"] == "resting"
    assert len(model.asked) == asked


async def test_what_is_not_set_up_did_not_fail(desk: Desk) -> None:
    without = await tried(desk)
    assert without["telephony"] == {**NOT_SET_UP, "reason": "no_telephony"}
    assert without["model"] == {**NOT_SET_UP, "reason": None}


async def test_the_simulator_is_there(simulated: Desk) -> None:
    found = (await tried(simulated))["telephony"]
    assert found == {"outcome": "reached", "provider": "simulator", "reason": None}


async def heard(desk: Desk) -> list[dict[str, Any]]:
    telephony: Any = desk.container.telephony
    await telephony.reconcile_calls()(ReconcileCalls(actor=desk.actor))
    items: list[dict[str, Any]] = (await desk.get("/v1/calls")).json()["items"]
    return items


async def test_somebody_rings_and_the_call_is_there(simulated: Desk) -> None:
    desk = simulated
    first = await desk.post(RINGS)
    second = await desk.post(RINGS, {"like": "busy", "called": "+442079460001"})
    assert (first.status_code, second.status_code) == (202, 202), first.text

    calls = {one["caller"]: one for one in await heard(desk)}
    assert {one["direction"] for one in calls.values()} == {"inbound"}
    assert set(calls) == {first.json()["caller"], second.json()["caller"]}
    assert calls[second.json()["caller"]]["called"] == "+442079460001"


@pytest.mark.parametrize("asked", [{"like": "friendly"}, {"called": "0044"}])
async def test_whoever_rings_has_a_fate_that_is_known(
    simulated: Desk, asked: dict[str, str]
) -> None:
    answer: httpx.Response = await simulated.post(RINGS, asked)
    assert problem(answer) == (400, "malformed_request")


async def test_twilio_rings_nobody(line: Line) -> None:
    assert problem(await line.desk.post(RINGS)) == (409, "not_simulated")


async def test_only_the_simulator_rings(desk: Desk) -> None:
    assert problem(await desk.post(RINGS)) == (409, "not_simulated")
    reader = await desk.caller(frozenset({Permission.READ_CALLS}))
    assert problem(await reader.post(RINGS)) == (403, "not_permitted")
    assert problem(await reader.post(TEST)) == (403, "not_permitted")


def test_every_fate_has_its_script() -> None:
    assert {fate.value for fate in Fate} == set(LIKE)
