"""Resources as they are changed, published, taken off sale, deleted and restored."""

from typing import Any

import httpx
import pytest

from tests.http.desk import ROOMS, SESSION, Desk, problem, seats

pytestmark = pytest.mark.anyio

ANYTHING = {"If-Match": "*"}


async def add(desk: Desk, **changes: Any) -> httpx.Response:
    added = await desk.post("/v1/resources", {**ROOMS, **changes})
    assert added.status_code == 201, added.text
    return added


async def step(desk: Desk, address: str, step: str) -> httpx.Response:
    return await desk.post(f"{address}/{step}", headers=ANYTHING)


async def change(desk: Desk, address: str, **changes: Any) -> httpx.Response:
    return await desk.send("PATCH", address, json=changes, headers=ANYTHING)


async def names(desk: Desk, **query: str) -> list[str]:
    page = await desk.get("/v1/resources", params=query)
    return [item["name"] for item in page.json()["items"]]


async def test_what_is_not_named_stays_as_it_is(any_desk: Desk) -> None:
    desk = any_desk
    described = {"description": "Sea\nview", "category": "Suíte", "keywords": ["quiet"]}
    added = await add(desk, **described, low_at=5)
    address = added.headers["Location"]

    changed = await change(desk, address, name="Suite", category=None)
    shown = await desk.get(address)

    assert changed.json() == shown.json()
    assert shown.json() == {
        **added.json(),
        "version": 2,
        "name": "Suite",
        "category": None,
    }
    assert (shown.json()["keywords"], shown.json()["low_at"]) == (["quiet"], 5)
    assert changed.headers["ETag"] == '"2"'
    stale = await desk.send("PATCH", address, json={}, headers={"If-Match": '"1"'})
    assert problem(stale) == (412, "version_changed")
    assert problem(await desk.send("PATCH", address, json={})) == (428, "precondition_required")
    assert problem(await change(desk, address, offering=SESSION["offering"])) == (
        422,
        "kind_of_resource_fixed",
    )
    assert problem(await change(desk, address, colour="red")) == (400, "malformed_request")


async def test_drafts_are_listed_but_not_sold(any_desk: Desk) -> None:
    desk = any_desk
    session = await desk.session()
    address = f"/v1/resources/{session}"

    withdrawn = await step(desk, address, "withdraw")
    refused = await desk.post("/v1/quotes", seats(session))
    listed = await names(desk, state="draft"), await names(desk, state="published")
    published = await step(desk, address, "publish")
    quoted = await desk.post("/v1/quotes", seats(session))

    assert withdrawn.json()["state"] == "draft"
    assert problem(refused) == (409, "not_for_sale")
    assert listed == ([SESSION["name"]], [])
    assert published.json()["state"] == "published"
    assert quoted.status_code == 201
    assert problem(await step(desk, address, "publish")) == (409, "resource_cannot_become")
    assert problem(await step(desk, address, "complete")) == (409, "not_yet_over")


async def test_what_is_deleted_is_found_no_more_until_it_is_restored(any_desk: Desk) -> None:
    desk = any_desk
    address = (await add(desk)).headers["Location"]

    deleted = await desk.send("DELETE", address, headers=ANYTHING)
    gone, listed = await names(desk), await names(desk, state="deleted")
    again = await desk.send("DELETE", address, headers=ANYTHING)
    restored = await step(desk, address, "restore")

    assert deleted.json()["deleted_at"] is not None
    assert (gone, listed) == ([], ["Double room"])
    assert problem(again) == (409, "resource_is_deleted")
    assert restored.json()["deleted_at"] is None
    assert await names(desk) == ["Double room"]
    assert problem(await step(desk, address, "restore")) == (409, "resource_is_not_deleted")


async def test_what_is_booked_is_neither_moved_nor_deleted(any_desk: Desk) -> None:
    desk = any_desk
    session = await desk.session()
    quoted = await desk.post("/v1/quotes", seats(session))
    held = await desk.post("/v1/holds", {"quote_id": quoted.json()["id"]})
    address = f"/v1/resources/{session}"
    moved = {**SESSION["offering"], "starts_at": "2027-03-20T10:00:00Z"}

    assert problem(await change(desk, address, offering=moved)) == (409, "resource_booked")
    assert problem(await desk.send("DELETE", address, headers=ANYTHING)) == (
        409,
        "resource_booked",
    )
    await desk.step(held, "release")
    assert (await change(desk, address, offering=moved)).status_code == 200
    on_the_day = {"from": "2027-03-20", "until": "2027-03-21"}
    shown = await desk.get(f"{address}/availability", params=on_the_day)
    assert [day["free"] for day in shown.json()["days"]] == [2]


async def test_a_moved_session_is_found_on_its_new_day(any_desk: Desk) -> None:
    session = await any_desk.session()
    address = f"/v1/resources/{session}"
    later = {"starts_at": "2027-03-27T09:30:00Z", "ends_at": "2027-03-27T16:30:00Z"}

    await change(any_desk, address, offering={**SESSION["offering"], **later})

    on_the_day = {"from": "2027-03-27", "until": "2027-03-28"}
    shown = await any_desk.get(f"{address}/availability", params=on_the_day)
    assert [day["day"] for day in shown.json()["days"]] == ["2027-03-27"]


async def test_two_resources_may_sell_the_same_units(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await desk.rooms()
    breakfast = await add(desk, name="With breakfast", stock_id=rooms)
    night = {"from": "2027-03-10", "until": "2027-03-11"}

    found = await desk.get("/v1/availability", params=night)
    chained = await desk.post("/v1/resources", {**ROOMS, "stock_id": breakfast.json()["id"]})
    deleted = await desk.send("DELETE", f"/v1/resources/{rooms}", headers=ANYTHING)
    await desk.hold(rooms)
    none = {**night, "capacity": 0}
    too_few = await desk.post(f"{breakfast.headers['Location']}/openings", none)

    assert [item["free"] for item in found.json()["items"]] == [2, 2]
    assert problem(chained) == (422, "unfit_stock")
    assert problem(deleted) == (409, "units_shared")
    assert problem(too_few) == (409, "capacity_below_taken")
    assert await names(desk, category="none such") == []
