"""How many agents calls need, asked over HTTP."""

import pytest

from tests.http.desk import Desk, problem

pytestmark = pytest.mark.anyio

PATH = "/v1/analytics/staffing"
# The textbook's: 100 calls in half an hour, three minutes each, 80 % within 20 seconds.
TEN_ERLANGS = {"calls_per_hour": "200", "handling_seconds": "180"}


async def test_the_fewest_agents_that_meet_the_target(desk: Desk) -> None:
    asked = {**TEN_ERLANGS, "occupancy": "0.85", "shrinkage": "0.3"}

    planned = (await desk.get(PATH, params=asked)).json()

    assert planned["model"] == "erlang_c"
    assert (planned["erlangs"], planned["agents"], planned["rostered"]) == (10.0, 14, 20)
    assert planned["expected"]["answered_in_time"] == pytest.approx(0.8883500191794669)
    assert planned["expected"]["abandoning"] == 0


async def test_who_hangs_up_needs_fewer(desk: Desk) -> None:
    asked = {**TEN_ERLANGS, "answered": "0.95", "within_seconds": "0"}
    patient = (await desk.get(PATH, params=asked)).json()
    impatient = (await desk.get(PATH, params={**asked, "patience_seconds": "60"})).json()

    assert impatient["model"] == "erlang_a"
    assert impatient["agents"] < patient["agents"]
    assert impatient["expected"]["abandoning"] > 0


@pytest.mark.parametrize("patience", [{}, {"patience_seconds": "1"}])
async def test_without_calls_nobody_is_needed(desk: Desk, patience: dict[str, str]) -> None:
    nothing = {**TEN_ERLANGS, **patience, "calls_per_hour": "0"}

    planned = (await desk.get(PATH, params=nothing)).json()

    assert (planned["agents"], planned["expected"]["mean_wait_seconds"]) == (0, None)


async def test_what_makes_no_sense_names_its_parameter(desk: Desk) -> None:
    refused = await desk.get(PATH, params={**TEN_ERLANGS, "answered": "1.5"})

    assert refused.status_code == 400
    assert "answered" in refused.text


async def test_numbers_are_said_as_json_says_them(desk: Desk) -> None:
    plain = await desk.get(PATH, params=TEN_ERLANGS)
    scientific = await desk.get(PATH, params={**TEN_ERLANGS, "calls_per_hour": "2e2"})
    endless = await desk.get(PATH, params={**TEN_ERLANGS, "calls_per_hour": "1e999"})
    no_number = await desk.get(PATH, params={**TEN_ERLANGS, "calls_per_hour": "e2"})

    assert scientific.json() == plain.json()
    assert problem(endless) == problem(no_number) == (400, "malformed_request")
