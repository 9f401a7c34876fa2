"""How calls went, over HTTP."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from adapters.schema.call_figures import call_figures
from tests.http.call_desk import CallDesk
from tests.http.counted_calls import BEGAN, counted, keep, past_call
from tests.http.desk import Desk

pytestmark = pytest.mark.anyio

SPAN = {"from": "2027-02-27T00:00:00Z", "until": "2027-02-28T00:00:00Z", "zone": "UTC"}


async def asked(desk: Desk, what: str, **query: Any) -> dict[str, Any]:
    answer = await desk.get(f"/v1/analytics/calls/{what}", params={**SPAN, **query})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def test_how_long_calls_lasted(desk: Desk) -> None:
    await keep(desk, *(past_call(talked=talked, wrapped=10) for talked in (10, 20, 40, 4000)))

    whole = await asked(desk, "durations")
    handled = await asked(desk, "durations", part="handle")

    assert (whole["calls"], whole["mean"], whole["median"]) == (4, 1017.5, 30)
    assert whole["p75"] == pytest.approx(1030)
    assert {
        step["at_least"]: step["calls"] for step in whole["distribution"] if step["calls"]
    } == {
        0: 1,
        15: 1,
        30: 1,
        3600: 1,
    }
    assert handled["median"] == 40


async def test_without_calls_there_is_no_median(desk: Desk) -> None:
    body = await asked(desk, "durations")
    assert (body["calls"], body["median"], body["mean"]) == (0, None, None)


async def test_quality_by_day_and_what_was_found(desk: Desk) -> None:
    await keep(desk, past_call(qa_milli=900), past_call(qa_milli=500), past_call())
    found = update(call_figures).values(compliance=900, issues="card_number,card_number")
    await desk.container.database().write(
        lambda connection: connection.execute(
            found.where(
                call_figures.c.organization_id == desk.actor.organization_id,
                call_figures.c.score == 500,
            )
        ),
        of=desk.actor.organization_id,
    )

    body = await asked(desk, "quality", answer_within_seconds="21")

    assert body["figures"]["average_score"] == 0.7
    assert body["figures"]["average_compliance"] == 0.9
    assert body["figures"]["average_accuracy"] is None
    assert body["issues"] == [{"kind": "card_number", "calls": 1, "share": 1.0}]


async def test_sentiment_of_an_overview_is_that_of_the_trend(desk: Desk) -> None:
    await keep(desk, past_call(sentiment_milli=0), past_call(sentiment_milli=-300))

    trend = await asked(desk, "sentiment")
    overview = await asked(desk, "overview")

    assert trend["figures"]["average_sentiment"] == -0.15
    assert trend["figures"] == {name: overview["figures"][name] for name in trend["figures"]}


async def test_escalations_have_the_rate_that_they_have_everywhere(desk: Desk) -> None:
    calls = CallDesk(desk=desk)
    await calls.queue()
    await calls.call()
    assert (await calls.escalate()).status_code == 201
    await counted(desk)
    span = {
        "from": (desk.clock() - timedelta(days=7)).isoformat(),
        "until": (desk.clock() + timedelta(hours=1)).isoformat(),
    }

    body = await asked(desk, "escalations", **span)
    told = (await desk.get("/v1/escalation-figures", params={"until": span["until"]})).json()

    assert body["figures"]["escalation_rate"] == told["rate"] == 0.5
    assert body["by_trigger"] == told["by_trigger"]
    assert (body["escalations"], body["seconds_to_resolve"]) == (1, None)


async def test_hours_of_the_week_are_those_of_the_clock(desk: Desk) -> None:
    await keep(desk, past_call(), past_call(), past_call(at=BEGAN + timedelta(hours=3)))

    body = await asked(desk, "peaks", zone="Asia/Kathmandu")

    assert [(one["weekday"], one["hour"], one["calls"]) for one in body["hours"]] == [
        ("saturday", 14, 2),
        ("saturday", 17, 1),
    ]


async def test_agents_needed_follow_from_what_was_offered(desk: Desk) -> None:
    await keep(desk, *(past_call(talked=150, wrapped=30) for _ in range(20)))
    body = await asked(desk, "staffing", shrinkage=0.3)
    said = {"calls_per_hour": 20, "handling_seconds": 180, "shrinkage": 0.3}
    planned = (await desk.get("/v1/analytics/staffing", params=said)).json()

    busy = next(one for one in body["intervals"] if one["offered"])
    assert body["handling_seconds"] == 180
    assert (busy["agents"], busy["rostered"]) == (planned["agents"], planned["rostered"])
    assert {one["agents"] for one in body["intervals"] if one is not busy} == {0}


async def test_where_no_call_was_handled_nobody_knows_how_many_are_needed(desk: Desk) -> None:
    await keep(desk, past_call(talked=None))
    body = await asked(desk, "staffing")
    assert {one["agents"] for one in body["intervals"]} == {None}


async def test_a_week_is_foretold_from_those_before(desk: Desk) -> None:
    monday = datetime.fromisoformat("2027-02-08T10:00:00+00:00")
    for week, calls in enumerate((1, 3, 2)):
        await keep(
            desk, *(past_call(at=monday + timedelta(weeks=week, minutes=n)) for n in range(calls))
        )

    body = (await desk.get("/v1/analytics/forecast", params={"zone": "UTC"})).json()

    assert body["weeks"] == 3
    assert {hour["from"]: hour["offered"] for hour in body["hours"] if hour["offered"]} == {
        "2027-03-01T10:00:00Z": 2
    }
    assert body["error"] == 0
    assert body["naive_error"] == 0.5
    assert len(body["hours"]) == 168


async def test_nothing_is_foretold_without_weeks_to_learn_from(desk: Desk) -> None:
    answer = await desk.get("/v1/analytics/forecast")
    assert (answer.status_code, answer.json()["code"]) == (422, "too_little_history")
