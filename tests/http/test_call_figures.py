"""Figures about calls over HTTP."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import attrs
import pytest

from domain.analytics.call_figures import CALL_FIGURES
from domain.calls.call import Direction, Handler
from domain.calls.status import CallStatus
from domain.kernel.identifiers import AgentId
from tests.http.call_desk import CallDesk
from tests.http.counted_calls import BEGAN, counted, keep, noted, past_call
from tests.http.desk import Desk

pytestmark = pytest.mark.anyio

SPAN = {"from": "2027-02-27T00:00:00Z", "until": "2027-02-28T00:00:00Z", "zone": "UTC"}


async def asked(desk: Desk, what: str, **query: Any) -> dict[str, Any]:
    answer = await desk.get(f"/v1/analytics/calls{what}", params={**SPAN, **query})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def figures(desk: Desk, **query: Any) -> dict[str, Any]:
    found: dict[str, Any] = (await asked(desk, "/overview", **query))["figures"]
    return found


async def test_where_nothing_happened_numbers_are_zero_and_shares_are_not_known(
    desk: Desk,
) -> None:
    body = await asked(desk, "/overview")

    assert set(body["figures"]) == {figure.name for figure in CALL_FIGURES}
    assert body["definitions"] == dict.fromkeys(body["figures"], 1)
    assert body["figures"]["calls"] == 0
    assert body["figures"]["escalation_rate"] is None
    assert body["figures"]["average_sentiment"] is None
    assert body["before"]["until"] == body["from"] == SPAN["from"]


async def test_waits_and_handling(desk: Desk) -> None:
    await keep(
        desk,
        past_call(waited=20, talked=100, held=40, wrapped=30),
        past_call(waited=21, talked=50),
        past_call(waited=5, talked=None),
        past_call(waited=60, talked=None),
        past_call(direction=Direction.OUTBOUND, talked=30, queued_at=None),
    )

    found = await figures(desk)

    assert (found["calls"], found["inbound"], found["offered"]) == (5, 4, 4)
    assert (found["answered"], found["abandoned"], found["abandonment_rate"]) == (2, 2, 0.5)
    assert found["service_level_all"] == 1 / 4
    assert found["service_level_exclude_short"] == pytest.approx(1 / 3)
    assert found["service_level_answered_only"] == 1 / 2
    assert found["average_speed_of_answer"] == 20.5
    assert found["handled"] == 3
    assert found["average_duration"] == 60
    assert found["average_hold_time"] == pytest.approx(40 / 3)
    assert found["average_handle_time"] == 70
    assert (await figures(desk, answer_within_seconds=21))["service_level_all"] == 1 / 2
    assert (await figures(desk, short_abandon_seconds=60))["service_level_exclude_short"] == 1 / 2


async def test_every_score_is_in_one_band_and_a_sentiment_of_zero_counts(desk: Desk) -> None:
    scores = [0, 399, 400, 599, 600, 799, 800, 1000]
    calls = [past_call(qa_milli=score, sentiment_milli=0) for score in scores]
    await keep(desk, *calls, past_call(sentiment_milli=101), past_call(sentiment_milli=-101))

    found = await figures(desk)

    assert [found[band] for band in ("poor", "fair", "good", "excellent")] == [2, 2, 2, 2]
    assert found["average_score"] == pytest.approx(sum(scores) / 8000)
    assert (found["judged"], found["neutral"]) == (10, 8)
    assert (found["positive"], found["negative"]) == (1, 1)
    assert found["average_sentiment"] == 0


async def test_sentiment_goes_with_scores_and_escalations_as_far_as_it_does(desk: Desk) -> None:
    await keep(
        desk,
        past_call(qa_milli=900, sentiment_milli=500),
        past_call(qa_milli=500, sentiment_milli=0),
        past_call(qa_milli=100, sentiment_milli=-500, escalated=True),
    )

    found = await figures(desk)

    assert found["sentiment_with_score"] == pytest.approx(1)
    assert found["sentiment_with_escalation"] == pytest.approx(-(3**0.5) / 2)


async def test_intervals_have_no_gaps_and_days_are_those_of_the_zone(desk: Desk) -> None:
    autumn = datetime.fromisoformat("2026-10-25T00:30:00+02:00")
    await keep(desk, past_call(at=autumn), past_call(at=autumn + timedelta(hours=24)))
    span = {"from": "2026-10-24T22:00:00Z", "until": "2026-10-26T23:00:00Z"}

    body = await asked(desk, "/volume", **span, zone="Europe/Berlin", interval="day")
    by_hour = await asked(desk, "/volume", **span, zone="Europe/Berlin", interval="hour")

    assert [day["figures"]["calls"] for day in body["intervals"]] == [2, 0]
    assert [day["from"] for day in body["intervals"]] == [
        "2026-10-25T00:00:00+02:00",
        "2026-10-26T00:00:00+01:00",
    ]
    assert len(by_hour["intervals"]) == 49
    assert by_hour["figures"] == body["figures"]


@pytest.mark.parametrize("interval", ["quarter_hour", "half_hour", "hour", "day", "week", "month"])
async def test_sums_and_calls_give_the_same_numbers(desk: Desk, interval: str) -> None:
    await keep(desk, *(past_call(at=BEGAN + timedelta(minutes=17 * n)) for n in range(9)))

    for by in ("start", "queue", "answer", "end"):
        sums = await asked(desk, "/volume", interval=interval, by=by)
        calls = await asked(desk, "/volume", interval=interval, by=by, answer_within_seconds="21")
        came_in = await asked(desk, "/volume", interval=interval, by=by, direction="inbound")
        assert sums["intervals"] == calls["intervals"] == came_in["intervals"]
        assert sums["figures"]["calls"] == 9


async def test_a_number_leads_to_the_calls_it_counts(desk: Desk) -> None:
    gone, answered = await keep(desk, past_call(talked=None), past_call())

    behind = await asked(desk, "/behind", figure="abandoned")
    pages = await asked(desk, "/behind", limit=1)

    assert [call["call_id"] for call in behind["items"]] == [str(gone)]
    assert len(pages["items"]) == 1
    rest = await asked(desk, "/behind", limit=1, cursor=pages["next"])
    assert {call["call_id"] for call in (*pages["items"], *rest["items"])} == {
        str(gone),
        str(answered),
    }


async def test_agents_and_templates(desk: Desk) -> None:
    agent = AgentId(uuid4())
    await keep(
        desk,
        past_call(handler=Handler(agent_id=agent), template="sales"),
        past_call(handler=Handler(agent_id=agent)),
        past_call(),
    )

    by_agent = (await asked(desk, "/groups"))["groups"]
    by_template = (await asked(desk, "/groups", group="template"))["groups"]

    assert [(one["key"], one["figures"]["calls"]) for one in by_agent] == [
        (str(agent), 2),
        (None, 1),
    ]
    assert [(one["key"], one["figures"]["calls"]) for one in by_template] == [
        (None, 2),
        ("sales", 1),
    ]
    assert (await figures(desk, agent_id=str(agent)))["calls"] == 2


async def test_what_changes_is_counted_anew_and_what_is_deleted_is_not_counted(
    desk: Desk,
) -> None:
    going_on = past_call(status=CallStatus.IN_PROGRESS, ended_at=None)
    await keep(desk, going_on)
    found = await figures(desk)
    assert (found["active"], found["completed"], found["handled"]) == (1, 0, 0)

    over = attrs.evolve(noted(past_call(id=going_on.id, qa_milli=700)), version=1)
    await keep(desk, over)
    await counted(desk)
    found = await figures(desk)
    assert (found["calls"], found["active"], found["good"]) == (1, 0, 1)

    await keep(desk, attrs.evolve(noted(over), version=2, deleted_at=over.ended_at))
    assert (await figures(desk))["calls"] == 0
    assert (await asked(desk, "/behind"))["items"] == []


async def test_the_rate_of_escalations_is_one_everywhere(desk: Desk) -> None:
    calls = CallDesk(desk=desk)
    await calls.queue()
    for _ in range(2):
        await calls.call()
    assert (await calls.escalate()).status_code == 201
    await counted(desk)

    now = desk.clock()
    span = {"until": (now + timedelta(hours=1)).isoformat()}
    told = (await desk.get("/v1/escalation-figures", params=span)).json()
    overview = (await desk.get("/v1/analytics/calls/overview", params=span)).json()
    volume = (await desk.get("/v1/analytics/calls/volume", params=span)).json()

    assert told["rate"] == overview["figures"]["escalation_rate"] == pytest.approx(1 / 3)
    assert volume["figures"]["escalation_rate"] == told["rate"]


async def test_days_are_those_of_the_desk_where_no_zone_is_said(desk: Desk) -> None:
    setting = await desk.send(
        "PUT",
        "/v1/settings/desk.zone",
        json={"value": "Asia/Kathmandu"},
        headers={"If-Match": "*"},
    )
    assert setting.status_code == 200, setting.text

    body = (await desk.get("/v1/analytics/calls/overview")).json()

    assert body["zone"] == "Asia/Kathmandu"


async def test_more_than_anybody_reads_is_refused(desk: Desk) -> None:
    answer = await desk.get(
        "/v1/analytics/calls/volume",
        params={"from": "2020-01-01T00:00:00Z", "interval": "quarter_hour"},
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "too_many_intervals")


async def test_every_figure_is_defined(desk: Desk) -> None:
    defined = (await desk.get("/v1/analytics/definitions")).json()["items"]

    about_calls = {one["name"]: one for one in defined if one["about"] == "calls"}
    assert set(await figures(desk)) <= set(about_calls)
    assert all(one["formula"] and one["source"] for one in defined)
