"""Reports of bookings and revenue say the numbers that dashboards show, and say what they are."""

import json
from typing import Any

import pytest

from domain.analytics.booking_figures import BOOKING_FIGURES, VALUE_FIGURES
from domain.analytics.occupancy import OCCUPANCY_FIGURES, YIELD_FIGURES
from domain.analytics.revenue import REVENUE_FIGURES
from domain.kernel.actors import Permission
from tests.http.counting import (
    MARCH,
    OVERVIEW,
    REVENUE,
    REVENUE_TIMELINE,
    TIMELINE,
    asked,
    hear,
)
from tests.http.desk import Desk, problem
from tests.http.test_booking_figures import some_bookings
from tests.http.test_revenue_figures import business
from tests.http.till import Till

pytestmark = pytest.mark.anyio

SPAN = {"from", "until"}


async def lines(desk: Desk, report: str, **changes: str) -> list[dict[str, Any]]:
    answer = await desk.get(
        f"/v1/reports/{report}", params={**MARCH, "format": "jsonl", **changes}
    )
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


def without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in {*SPAN, *names}}


async def test_bookings_are_counted_as_on_the_dashboard(any_desk: Desk) -> None:
    await some_bookings(any_desk)
    await hear(any_desk)
    for by in ("booked", "starts"):
        chosen = f"by:{by},kind:hotel"
        shown = await asked(any_desk, OVERVIEW, by=by, kind="hotel")
        overview = await lines(any_desk, "booking_overview", filter=chosen)
        assert {row["figure"]: row["value"] for row in overview} == shown["figures"]

        items = (await asked(any_desk, TIMELINE, by=by, kind="hotel"))["intervals"]
        volume = await lines(any_desk, "booking_volume", filter=chosen, interval="day")
        assert [without(row) for row in volume] == [item["figures"] for item in items]
        value = await lines(any_desk, "booking_value", filter=chosen, interval="day")
        told = [row for row in value if row["value"]]
        assert [without(row, "currency") for row in told] == [
            money["figures"]
            for item in items
            for money in item["money"]
            if money["figures"]["value"]
        ]
        assert len(value) == len(items)
        assert await lines(any_desk, "booking_value", filter=f"{chosen},currency:JPY") == []


async def test_what_a_figure_is_stands_beside_it(any_desk: Desk) -> None:
    rows = await lines(any_desk, "booking_overview")
    assert [(row["formula"], row["version"], row["unit"]) for row in rows] == [
        (one.formula, one.version, one.unit.value) for one in BOOKING_FIGURES
    ]
    listed = (await any_desk.get("/v1/reports")).json()["items"]
    columns = {one["name"]: {column["name"] for column in one["columns"]} for one in listed}
    for report, figures in (
        ("booking_volume", BOOKING_FIGURES),
        ("booking_value", VALUE_FIGURES),
        ("booking_occupancy", OCCUPANCY_FIGURES),
        ("booking_yield", YIELD_FIGURES),
        ("revenue", REVENUE_FIGURES),
    ):
        assert columns[report] >= {one.name for one in figures}


async def test_days_are_as_full_as_on_the_dashboard(any_desk: Desk) -> None:
    await some_bookings(any_desk)
    await hear(any_desk)
    days = {"from": "2027-03-01", "until": "2027-04-01"}
    shown = (await any_desk.get("/v1/analytics/bookings/occupancy", params=days)).json()["days"]
    # March of Lisbon ends an hour before March of London's winter does.
    lisbon = {"until": "2027-03-31T23:00:00Z"}
    occupancy = await lines(any_desk, "booking_occupancy", **lisbon)
    assert [(row["day"], without(row, "day")) for row in occupancy] == [
        (item["day"], item["figures"]) for item in shown
    ]
    brought = [
        row for row in await lines(any_desk, "booking_yield", **lisbon) if row["room_revenue"]
    ]
    assert [(row["day"], without(row, "day", "currency")) for row in brought] == [
        (item["day"], money["figures"])
        for item in shown
        for money in item["money"]
        if money["figures"]["room_revenue"]
    ]
    weekdays = await any_desk.get("/v1/analytics/bookings/weekdays", params=days)
    rows = await lines(any_desk, "booking_weekdays", **lisbon)
    assert [without(row, "weekday", "days") for row in rows] == [
        item["figures"] for item in weekdays.json()["weekdays"]
    ]


async def test_lead_times_and_offerings_are_those_of_the_dashboard(any_desk: Desk) -> None:
    await some_bookings(any_desk)
    await hear(any_desk)
    lead = await asked(any_desk, "/v1/analytics/bookings/lead-time")
    rows = await lines(any_desk, "booking_lead_times")
    assert {row["figure"]: row["value"] for row in rows} == lead["figures"]
    top = await asked(any_desk, "/v1/analytics/bookings/offerings")
    (row,) = await lines(any_desk, "booking_offerings")
    (item,) = top["offerings"]
    assert without(row, "resource_id", "name", "kind") == item["figures"]


async def test_money_is_that_of_the_books(till: Till) -> None:
    await business(till)
    desk = till.desk
    (shown,) = (await asked(desk, REVENUE))["money"]
    overview = await lines(desk, "revenue_overview")
    assert {row["figure"]: row["value"] for row in overview} == shown["figures"]
    items = (await asked(desk, REVENUE_TIMELINE))["intervals"]
    revenue = await lines(desk, "revenue", interval="day")
    assert len(revenue) == len(items)
    moved = [row for row in revenue if any(without(row, "currency").values())]
    assert [without(row, "currency") for row in moved] == [
        money["figures"] for item in items for money in item["money"]
    ]
    by_offering = await asked(desk, "/v1/analytics/revenue/offerings")
    rows = await lines(desk, "revenue_offerings", interval="month")
    assert [without(row, "resource_id", "name", "currency") for row in rows] == [
        money["figures"] for item in by_offering["offerings"] for money in item["money"]
    ]
    drawn = await desk.get("/v1/reports/revenue/chart", params=MARCH)
    assert "EUR" in drawn.text


async def test_money_takes_the_permission_to_see_payments(desk: Desk) -> None:
    who = await desk.caller(frozenset({Permission.EXPORT, Permission.READ_BOOKINGS}))
    assert (await who.get("/v1/reports/booking_volume")).status_code == 200
    assert problem(await who.get("/v1/reports/revenue")) == (403, "not_permitted")


async def test_too_many_days_or_intervals_are_refused(desk: Desk) -> None:
    long = {"from": "2020-01-01T00:00:00Z", "until": "2027-01-01T00:00:00Z"}
    many = await desk.get("/v1/reports/booking_occupancy", params=long)
    assert problem(many) == (422, "bad_dates")
    short = {**long, "interval": "hour"}
    assert problem(await desk.get("/v1/reports/revenue", params=short)) == (
        422,
        "too_many_intervals",
    )
    wrong = await desk.get("/v1/reports/booking_volume", params={"filter": "by:luck"})
    assert problem(wrong) == (422, "bad_filter")
