"""Questions about figures that are kept: asked again, shared or not, and seen by whoever may."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from domain.analytics import saved_views
from domain.kernel.actors import EVERYTHING, Permission
from tests.fakes.time import Time
from tests.http.counted_calls import keep, past_call
from tests.http.counting import hear
from tests.http.desk import Caller, Desk, problem
from tests.http.test_booking_figures import confirmed

pytestmark = pytest.mark.anyio

VIEWS = "/v1/analytics/views"
SALES: dict[str, Any] = {
    "name": "Sales",
    "figures": ["offered", "service_level_all"],
    "calls": {"direction": "inbound", "template": "sales"},
    "days": 7,
}
ROOMS = {"name": "Rooms", "figures": ["bookings"], "bookings": {"kind": "hotel"}, "covers": "day"}
DAY = timedelta(days=1)
IGNORANT = EVERYTHING - {Permission.MANAGE_SETTINGS}


async def added(caller: Caller, said: Any) -> Any:
    answer = await caller.post(VIEWS, said)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def changed(caller: Caller, view: Any, **said: Any) -> httpx.Response:
    body = {**SALES, "shared": view["shared"], **said}
    seen = {"If-Match": f'"{view["version"]}"'}
    return await caller.send("PUT", f"{VIEWS}/{view['id']}", json=body, headers=seen)


async def figures(caller: Caller, view: Any) -> Any:
    answer = await caller.get(f"{VIEWS}/{view['id']}/figures")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_what_is_asked_again_is_what_dashboards_show(any_desk: Desk, clock: Time) -> None:
    view = await added(any_desk, SALES)
    await keep(
        any_desk,
        past_call(at=clock.now, template="sales", waited=30),
        past_call(at=clock.now - DAY, template="sales"),
        past_call(at=clock.now - 8 * DAY, template="sales"),
        past_call(at=clock.now, template="support"),
    )

    shown = await figures(any_desk, view)
    params = {"direction": "inbound", "template": "sales"}
    whole = (await any_desk.get("/v1/analytics/calls/overview", params=params)).json()
    days = (await any_desk.get("/v1/analytics/calls/volume", params=params)).json()

    assert shown["figures"] == {name: whole["figures"][name] for name in SALES["figures"]}
    assert shown["before"]["figures"]["offered"] == whole["before"]["figures"]["offered"] == 1
    assert (shown["from"], shown["until"]) == (whole["from"], whole["until"])
    assert [one["figures"]["offered"] for one in shown["intervals"]] == [
        one["figures"]["offered"] for one in days["intervals"]
    ]
    any_desk.clock.now += 7 * DAY
    assert (await figures(any_desk, view))["figures"]["offered"] == 0


async def test_the_last_whole_day_of_bookings(any_desk: Desk) -> None:
    view = await added(any_desk, ROOMS)
    rooms = await any_desk.rooms(capacity=2)
    await confirmed(any_desk, rooms, night=12)
    await hear(any_desk)

    today = await figures(any_desk, view)
    any_desk.clock.now += DAY
    tomorrow = await figures(any_desk, view)

    assert today["figures"] == {"bookings": 0}
    assert (tomorrow["figures"], tomorrow["before"]["figures"]) == (
        {"bookings": 1},
        {"bookings": 0},
    )
    assert tomorrow["from"][11:] == tomorrow["until"][11:] == "00:00:00Z"


async def test_they_are_kept_changed_and_deleted(any_desk: Desk) -> None:
    view = await added(any_desk, SALES)
    path = f"{VIEWS}/{view['id']}"
    now = await changed(any_desk, view, covers="month", days=None, figures=["abandoned"])
    stale = await changed(any_desk, view)
    listed = (await any_desk.get(VIEWS)).json()["items"]

    assert view["calls"] == {
        "by": "start",
        "direction": "inbound",
        "template": "sales",
        "agent_id": None,
        "handler_id": None,
        "queue_id": None,
    }
    assert (now.status_code, stale.status_code) == (200, 412)
    assert (now.json()["covers"], now.json()["days"]) == ("month", None)
    assert listed == [now.json()] == [(await any_desk.get(path)).json()]
    assert (await any_desk.send("DELETE", path)).status_code == 200
    assert problem(await any_desk.get(path)) == (404, "saved_view_not_found")
    assert problem(await any_desk.send("DELETE", path)) == (404, "saved_view_not_found")
    await any_desk.relay()
    trail = (await any_desk.get("/v1/audit", params={"subject": view["id"]})).json()["items"]
    assert [record["kind"] for record in trail] == [
        "saved_view_added",
        "saved_view_changed",
        "saved_view_deleted",
    ]


async def test_others_see_what_is_shared_and_keep_off_it(desk: Desk) -> None:
    other, lead = await desk.caller(IGNORANT), await desk.caller()
    own, shared = await added(desk, SALES), await added(desk, {**SALES, "shared": True})
    hidden = f"{VIEWS}/{own['id']}"

    assert [one["id"] for one in (await other.get(VIEWS)).json()["items"]] == [shared["id"]]
    for refused in (
        await other.get(hidden),
        await other.get(f"{hidden}/figures"),
        await other.send("DELETE", hidden),
        await changed(lead, own),
    ):
        assert problem(refused) == (404, "saved_view_not_found")
    assert (await figures(other, shared))["name"] == "Sales"
    assert problem(await changed(other, shared)) == (403, "not_permitted")
    assert (await changed(lead, shared, name="Ours")).json()["name"] == "Ours"


async def test_nobody_sees_figures_that_they_may_not_see(desk: Desk) -> None:
    keeper = await desk.caller(frozenset({Permission.READ_BOOKINGS}))
    of_calls = await added(desk, {**SALES, "shared": True})
    of_rooms = await added(desk, {**ROOMS, "shared": True})

    assert [one["id"] for one in (await keeper.get(VIEWS)).json()["items"]] == [of_rooms["id"]]
    hidden = await keeper.get(f"{VIEWS}/{of_calls['id']}/figures")
    assert problem(hidden) == (404, "saved_view_not_found")
    assert problem(await keeper.post(VIEWS, SALES)) == (403, "not_permitted")
    assert (await keeper.post(VIEWS, ROOMS)).status_code == 201
    for_all = await keeper.post(VIEWS, {**ROOMS, "shared": True})
    assert problem(for_all) == (403, "not_permitted")  # it takes exports:read as well


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"bookings": {}}, "bad_view"),
        ({"calls": None}, "bad_view"),
        ({"covers": "week"}, "bad_view"),
        ({"days": None}, "bad_view"),
        ({"figures": ["nothing"]}, "unknown_figures"),
        ({"figures": ["bookings"]}, "unknown_figures"),
        ({"figures": ["offered", "offered"]}, "unknown_figures"),
        ({"zone": "Atlantis/Capital"}, "unknown_zone"),
        ({"days": 366, "interval": "quarter_hour"}, "too_many_intervals"),
    ],
)
async def test_what_has_no_answer_is_not_kept(desk: Desk, said: Any, code: str) -> None:
    assert problem(await desk.post(VIEWS, {**SALES, **said})) == (422, code)


async def test_there_are_no_more_than_so_many(desk: Desk, monkeypatch: Any) -> None:
    assert saved_views.MOST_VIEWS == 1000
    monkeypatch.setattr("application.analytics.keep_views.MOST_VIEWS", 1)
    await added(desk, SALES)

    assert problem(await desk.post(VIEWS, SALES)) == (409, "too_many_views")
