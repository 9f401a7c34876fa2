"""Resources, on what terms they are sold, and what is left of them."""

from typing import Any

import pytest

from tests.http.desk import NIGHTS, ROOMS, SESSION, TERMS, Desk, problem

pytestmark = pytest.mark.anyio

OFFERING = SESSION["offering"]


async def test_a_resource_is_shown_as_it_was_added(any_desk: Desk) -> None:
    added = await any_desk.post("/v1/resources", {**ROOMS, "name": "Чайка — 海"})
    shown = await any_desk.get(added.headers["Location"])

    assert added.status_code == 201
    assert shown.json() == {
        "id": added.json()["id"],
        "version": 1,
        "name": "Чайка — 海",
        "zone": "Europe/Lisbon",
        "offering": {
            "kind": "hotel",
            "beds": 2,
            "check_in_from": "15:00:00",
            "check_out_by": "11:00:00",
            "most_guests": None,
            "hotel": None,
            "location": None,
            "tier": None,
            "restrictions": [],
        },
        "stock_id": None,
        "state": "published",
        "deleted_at": None,
        "description": "",
        "category": None,
        "keywords": [],
        "low_at": None,
    }


async def test_the_catalogue_is_listed_by_name_and_kind(any_desk: Desk) -> None:
    for resource in ({**ROOMS, "name": "B"}, SESSION, {**ROOMS, "name": "A"}):
        await any_desk.post("/v1/resources", resource)

    async def names(query: str) -> list[str]:
        page = await any_desk.get(f"/v1/resources{query}")
        return [item["name"] for item in page.json()["items"]]

    assert await names("") == ["A", "B", "First aid"]
    assert await names("?kind=hotel") == ["A", "B"]
    assert await names("?kind=ferry") == []


async def test_terms_are_set_once_and_then_replaced_by_who_has_seen_them(any_desk: Desk) -> None:
    added = await any_desk.post("/v1/resources", ROOMS)
    path = f"{added.headers['Location']}/sales-terms"

    async def put(price: int, **headers: str) -> Any:
        rates = {"currency": "EUR", "price_minor": price}
        terms = {**TERMS, "rates": rates}
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return await any_desk.send("PUT", path, json=terms, headers=names)

    assert problem(await any_desk.get(path)) == (404, "no_sales_terms")
    assert problem(await put(1)) == (428, "precondition_required")
    assert problem(await put(1, If_Match="*")) == (428, "precondition_required")
    created = await put(1, If_None_Match="*")
    again = await put(2, If_None_Match="*")
    replaced = await put(3, If_Match=created.headers["ETag"])
    stale = await put(4, If_Match=created.headers["ETag"])

    assert (created.status_code, replaced.status_code) == (201, 200)
    assert problem(again) == problem(stale) == (412, "version_changed")
    assert stale.headers["ETag"] == replaced.headers["ETag"] == '"2"'
    assert (await any_desk.get(path)).json()["rates"]["price_minor"] == 3


async def test_prices_follow_the_seasons(desk: Desk) -> None:
    rooms = await desk.rooms()
    seasons = [{"from": "2027-03-11", "until": "2027-03-12", "price_minor": 20000}]
    await desk.send(
        "PUT",
        f"/v1/resources/{rooms}/sales-terms",
        json={**TERMS, "rates": {**TERMS["rates"], "seasons": seasons}},
        headers={"If-Match": '"1"'},
    )
    held = await desk.hold(rooms, nights=3)
    price = held.json()["agreement"]["price"]

    assert [line["amount"]["minor"] for line in price["lines"]] == [9900, 20000, 9900]
    assert price["total"] == {"minor": 39800, "currency": "EUR"}


async def test_no_units_are_taken_off_sale_that_are_taken(any_desk: Desk) -> None:
    rooms = await any_desk.rooms(capacity=2)
    await any_desk.hold(rooms)
    opened = await any_desk.post(f"/v1/resources/{rooms}/openings", {**NIGHTS, "capacity": 1})
    refused = await any_desk.post(f"/v1/resources/{rooms}/openings", {**NIGHTS, "capacity": 0})

    assert opened.json() == {"pools": 31}
    assert problem(refused) == (409, "capacity_below_taken")
    assert refused.json()["pool_ids"] == [f"{rooms}:2027-03-10"]


@pytest.mark.parametrize(
    ("opening", "code"),
    [
        ({"capacity": 1}, "nights_needed"),
        ({"capacity": 1, "from": "2027-03-01"}, "bad_dates"),
        ({"capacity": 1, "from": "2027-03-02", "until": "2027-03-01"}, "bad_dates"),
        ({"capacity": 1, "from": "2027-03-01", "until": "2037-03-01"}, "bad_dates"),
        ({"capacity": 1, "from": "0001-01-01", "until": "0001-01-02"}, "bad_dates"),
        ({"capacity": 1, "from": "9999-12-30", "until": "9999-12-31"}, "bad_dates"),
    ],
)
async def test_nights_are_opened_by_sensible_dates(desk: Desk, opening: Any, code: str) -> None:
    added = await desk.post("/v1/resources", ROOMS)

    refused = await desk.post(f"{added.headers['Location']}/openings", opening)

    assert problem(refused) == (422, code)


async def test_sessions_are_opened_whole(desk: Desk) -> None:
    added = await desk.post("/v1/resources", SESSION)
    path = f"{added.headers['Location']}/openings"

    refused = await desk.post(path, {**NIGHTS, "capacity": 1})

    assert problem(refused) == (422, "sold_whole")
    assert (await desk.post(path, {"capacity": 1})).json() == {"pools": 1}


async def test_closed_nights_are_shown_as_such_and_not_found(any_desk: Desk) -> None:
    desk = any_desk
    rooms, others = await desk.rooms(name="A"), await desk.rooms(name="B", capacity=9)
    night = {"from": "2027-03-10", "until": "2027-03-11"}
    await desk.post(f"/v1/resources/{rooms}/openings", {**night, "capacity": 9, "closed": True})

    shown = await desk.get(f"/v1/resources/{rooms}/availability", params=night)
    found = await desk.get("/v1/availability", params=night)
    many = await desk.get("/v1/availability", params={**night, "units": 10})

    assert [day["fill"] for day in shown.json()["days"]] == ["closed"]
    assert found.json()["items"] == [
        {
            "resource_id": others,
            "kind": "hotel",
            "name": "B",
            "first_day": "2027-03-10",
            "free": 9,
        }
    ]
    assert many.json() == {"items": [], "next": None}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"zone": "Europe/Atlantis"}, "unknown_zone"),
        ({"zone": "Europe"}, "unknown_zone"),
        ({"offering": {**OFFERING, "ends_at": "2027-03-20T09:30:00Z"}}, "bad_period"),
        ({"offering": {**OFFERING, "starts_at": "0001-01-01T00:00:00+14:00"}}, "bad_period"),
        ({"offering": {**OFFERING, "ends_at": "9999-12-31T23:59:59-12:00"}}, "bad_period"),
    ],
)
async def test_what_is_added_makes_sense(desk: Desk, change: Any, code: str) -> None:
    assert problem(await desk.post("/v1/resources", {**SESSION, **change})) == (422, code)
