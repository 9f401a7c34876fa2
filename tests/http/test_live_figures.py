"""What goes on right now, with today so far, and one figure by its name."""

from datetime import timedelta
from typing import Any

import pytest

from domain.analytics.booking_figures import BOOKING_FIGURES
from domain.analytics.call_figures import CALL_FIGURES
from domain.kernel.actors import Permission
from tests.fakes.time import Time
from tests.http.call_desk import CallDesk
from tests.http.counted_calls import counted, keep, past_call
from tests.http.counting import hear
from tests.http.desk import Desk, problem
from tests.http.till import Till

pytestmark = pytest.mark.anyio

TODAY = "/v1/analytics/today"
FIGURES = "/v1/analytics/figures"
ZERO = {"scheduled": 0, "queued": 0, "ringing": 0, "in_progress": 0, "wrapping": 0}


async def told(desk: Desk, path: str = TODAY, **params: str) -> Any:
    answer = await desk.get(path, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_desk_to_which_nothing_has_happened(desk: Desk) -> None:
    body = await told(desk)

    assert (body["calls"]["open"], body["calls"]["in_line"]) == (ZERO, 0)
    assert body["calls"]["waiting_since"] is None
    assert set(body["agents"].values()) == {0}
    assert body["bookings"]["held"] == body["bookings"]["figures"]["bookings"] == 0
    assert body["revenue"] == {"money": [], "pending_refunds": []}


async def test_who_is_there_and_who_waits(any_desk: Desk) -> None:
    desk = any_desk
    calls = CallDesk(desk=desk)
    queue = (await calls.queue()).json()["id"]
    await calls.agent("Ana Sousa")
    resting = (await calls.agent("Rui Costa")).json()["id"]
    await calls.shows(resting, "paused", pause="lunch")
    busy, waiting = await calls.call(), await calls.call()
    assert (await calls.escalate(busy)).status_code == 201
    assert (await calls.escalate(waiting, queue_id=queue)).status_code == 201
    await counted(desk)

    body = await told(desk)
    (line,) = (await told(desk, "/v1/queues"))["items"]
    board = (await told(desk, "/v1/agents"))["items"]

    assert body["calls"]["open"] == {**ZERO, "in_progress": 2}
    assert body["calls"]["figures"]["active"] == 2
    assert body["calls"]["in_line"] == line["waiting"]
    assert body["calls"]["waiting_since"] == line["since"]
    presences = [agent["presence"] for agent in board]
    assert body["agents"] == {name: presences.count(name) for name in body["agents"]}
    assert body["agents"]["paused"] == 1
    assert sum(body["agents"].values()) == len(board) == 2


async def test_today_ends_at_midnight_on_the_clock_that_is_asked_for(
    desk: Desk, clock: Time
) -> None:
    await keep(desk, past_call(at=clock.now))

    here = await told(desk, zone="Europe/Lisbon")
    there = await told(desk, zone="Pacific/Kiritimati")
    clock.now += timedelta(days=1)

    assert here["calls"]["figures"]["calls"] == 1
    assert here["from"][11:19] == here["until"][11:19] == "00:00:00"
    assert there["from"].endswith("T00:00:00+14:00")
    assert (await told(desk))["calls"]["figures"]["calls"] == 0
    assert problem(await desk.get(TODAY, params={"zone": "Nowhere"})) == (422, "unknown_zone")


async def test_bookings_and_money_of_today(till: Till) -> None:
    desk = till.desk
    await till.paid()
    await till.held()
    await till.hear_about_money()
    await hear(desk)

    body = await told(desk)
    span = {name: body[name] for name in ("from", "until", "zone")}
    overview = await told(desk, "/v1/analytics/bookings/overview", **span)
    revenue = await told(desk, "/v1/analytics/revenue/overview", **span)

    assert body["bookings"]["held"] == body["bookings"]["figures"]["pending"] == 1
    for name in ("figures", "money"):
        assert body["bookings"][name] == overview[name]
    assert body["revenue"]["money"] == revenue["money"] != []


async def test_what_somebody_may_not_read_is_not_told(desk: Desk) -> None:
    listener = await desk.caller(frozenset({Permission.READ_CALLS}))
    keeper = await desk.caller(frozenset({Permission.READ_BOOKINGS}))

    body = (await listener.get(TODAY)).json()

    assert body["bookings"] is None
    assert body["revenue"] is None
    assert problem(await keeper.get(TODAY)) == (403, "not_permitted")
    assert problem(await keeper.get(f"{FIGURES}/calls")) == (403, "not_permitted")
    assert problem(await listener.get(f"{FIGURES}/bookings")) == (403, "not_permitted")
    assert (await keeper.get(f"{FIGURES}/bookings")).status_code == 200


@pytest.mark.parametrize("name", ["calls", "service_level_all", "average_speed_of_answer"])
async def test_a_figure_is_the_same_by_its_name(desk: Desk, name: str, clock: Time) -> None:
    week = timedelta(days=7)
    await keep(
        desk,
        past_call(at=clock.now, waited=30),
        past_call(at=clock.now - timedelta(days=1)),
        past_call(at=clock.now - week, talked=None),
    )

    one = await told(desk, f"{FIGURES}/{name}")
    whole = await told(desk, "/v1/analytics/calls/overview")
    days = (await told(desk, "/v1/analytics/calls/volume"))["intervals"]

    assert one["definition"]["name"] == name
    assert one["definitions"] == {name: whole["definitions"][name]}
    assert one["value"] == whole["figures"][name]
    assert one["before"]["value"] == whole["before"]["figures"][name]
    assert [each["value"] for each in one["intervals"]] == [day["figures"][name] for day in days]
    assert [each["from"] for each in one["intervals"]] == [day["from"] for day in days]


async def test_every_figure_about_calls_and_bookings_has_a_name_of_its_own(desk: Desk) -> None:
    names = [figure.name for figure in (*CALL_FIGURES, *BOOKING_FIGURES)]

    assert len(set(names)) == len(names)
    cancelled = await told(desk, f"{FIGURES}/cancellation_rate", interval="week")
    assert cancelled["definition"]["about"] == "bookings"
    assert cancelled["value"] is None
    assert problem(await desk.get(f"{FIGURES}/nothing")) == (404, "figure_not_found")
