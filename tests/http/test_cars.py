"""Cars by the day and by the hour, from the catalogue to the booking."""

from typing import Any

import pytest

from tests.http.desk import CONTACT, TERMS, Desk, problem

pytestmark = pytest.mark.anyio

CARS: dict[str, Any] = {
    "name": "Compact",
    "zone": "Europe/Lisbon",
    "offering": {
        "kind": "car",
        "station": "Lisbon airport",
        "tier": "standard",
        "youngest_driver": 21,
        "turnaround_minutes": 60,
        "opening": [{"days": ["wednesday"], "opens": "08:00:00", "closes": "20:00:00"}],
    },
}


def rental(resource_id: str, pick_up: str = "10:00", back: str = "12:00", **changes: Any) -> Any:
    return {
        "kind": "car",
        "resource_id": resource_id,
        "contact": CONTACT,
        "pick_up_at": f"2027-03-10T{pick_up}:00Z",
        "return_at": f"2027-03-10T{back}:00Z",
        "driver_age": 30,
        **changes,
    }


async def on_sale(desk: Desk, **changes: Any) -> str:
    offering = {**CARS["offering"], **changes}
    added = await desk.post("/v1/resources", {**CARS, "offering": offering})
    assert added.status_code == 201, added.text
    shown = (await desk.get(added.headers["Location"])).json()["offering"]
    assert {name: shown[name] for name in offering} == offering
    path = f"{added.headers['Location']}/sales-terms"
    await desk.send("PUT", path, json=TERMS, headers={"If-None-Match": "*"})
    return str(added.json()["id"])


async def hold(desk: Desk, request: Any) -> Any:
    quote = await desk.post("/v1/quotes", request)
    assert quote.status_code == 201, quote.text
    return await desk.post("/v1/holds", {"quote_id": quote.json()["id"]})


async def test_by_the_day_cars_are_counted(any_desk: Desk) -> None:
    cars = await on_sale(any_desk)
    opening = {"from": "2027-03-01", "until": "2027-04-01", "capacity": 1}
    await any_desk.post(f"/v1/resources/{cars}/openings", opening)

    held = await hold(any_desk, rental(cars))
    refused = await hold(any_desk, rental(cars, "15:00", "16:00"))

    assert held.status_code == 201
    lines = held.json()["agreement"]["price"]["lines"]
    assert [(line["label"], line["day"]) for line in lines] == [("day", "2027-03-10")]
    assert problem(refused) == (409, "sold_out")


async def test_without_a_car_none_is_rented_by_the_hour(any_desk: Desk) -> None:
    cars = await on_sale(any_desk, sold_by="hours", hours_charged=8)
    opened = await any_desk.post(f"/v1/resources/{cars}/openings", {"capacity": 1})

    refused = await hold(any_desk, rental(cars))

    assert problem(opened) == (422, "not_counted")
    assert problem(refused) == (409, "no_unit_free")
    assert (refused.json()["starts_at"], refused.json()["ends_at"]) == (
        "2027-03-10T10:00:00Z",
        "2027-03-10T13:00:00Z",
    )


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"driver_age": 20}, 422, "driver_too_young"),
        ({"return_at": "2027-03-10T10:00:00Z"}, 422, "bad_period"),
        ({"return_at": "9999-12-31T23:59:59-12:00"}, 422, "bad_period"),
        ({"return_at": "2027-09-08T10:00:00Z"}, 422, "rental_too_long"),
        ({"return_at": "2027-03-11T10:00:00Z"}, 422, "closed_at_return"),
        ({"pick_up_at": "2027-03-10T07:59:00Z"}, 422, "closed_at_pick_up"),
        ({"pick_up_at": "2027-02-24T12:00:00Z"}, 409, "booking_closed"),
        ({"pick_up_at": "2027-03-10T10:00:00"}, 400, "malformed_request"),
        ({"kind": "hotel"}, 400, "malformed_request"),
    ],
)
async def test_rules_are_said(desk: Desk, changes: Any, status: int, code: str) -> None:
    cars = await on_sale(desk)

    assert problem(await desk.post("/v1/quotes", rental(cars, **changes))) == (status, code)


async def test_hours_make_sense(desk: Desk) -> None:
    hours = {"days": ["monday"], "opens": "20:00:00", "closes": "08:00:00"}
    offering = {**CARS["offering"], "opening": [hours]}

    refused = await desk.post("/v1/resources", {**CARS, "offering": offering})

    assert problem(refused) == (422, "bad_hours")
