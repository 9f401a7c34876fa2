"""What has become of bookings, counted, and every number with what is behind it."""

from datetime import timedelta
from itertools import pairwise, product
from typing import Any

import httpx
import pytest

from domain.analytics.booking_figures import BOOKING_FIGURES, VALUE_FIGURES
from entrypoints.http.booking_figures import CountingFigure
from tests.http.counting import BEHIND, OVERVIEW, TIMELINE, asked, hear
from tests.http.desk import ROOMS, Desk, problem

pytestmark = pytest.mark.anyio

COUNTING = [figure.value for figure in CountingFigure]
YEN = {"rates": {"currency": "JPY", "price_minor": 12000}, "cancellation": []}


async def confirmed(desk: Desk, resource_id: str, **changes: Any) -> httpx.Response:
    held = await desk.hold(resource_id, **changes)
    done = await desk.step(held, "confirm")
    assert done.status_code == 200, done.text
    return done


async def some_bookings(desk: Desk) -> str:
    """Held, confirmed, cancelled, released and missed: two nights for two each."""
    rooms = await desk.rooms(capacity=9)
    await desk.hold(rooms, night=10, nights=2)
    await confirmed(desk, rooms, night=11, nights=2)
    cancelled = await confirmed(desk, rooms, night=12, nights=2)
    assert (await desk.step(cancelled, "cancel")).status_code == 200
    released = await desk.hold(rooms, night=13, nights=2)
    assert (await desk.step(released, "release")).status_code == 200
    missed = await confirmed(desk, rooms, night=2, nights=2)
    desk.clock.now += timedelta(days=3)
    assert (await desk.step(missed, "no-show")).status_code == 200
    return rooms


async def test_what_has_become_of_bookings(any_desk: Desk) -> None:
    await some_bookings(any_desk)
    before_it_was_counted = await asked(any_desk, OVERVIEW)
    await hear(any_desk)

    told = await asked(any_desk, OVERVIEW)
    figures = told["figures"]

    assert before_it_was_counted["figures"]["bookings"] == 0
    assert before_it_was_counted["as_of"] < told["as_of"]
    assert {name: figures[name] for name in COUNTING} == {
        "bookings": 5,
        "pending": 1,
        "let_go": 1,
        "confirmed": 3,
        "standing": 2,
        "cancelled": 1,
        "cancelled_by_company": 0,
        "no_shows": 1,
        "attended": 0,
        "paid": 0,
        "paid_and_attended": 0,
    }
    assert (figures["people"], figures["units"]) == (4, 2)
    assert figures["average_lead_time"] == (10 + 1) / 2
    assert (figures["conversion_rate"], figures["cancellation_rate"]) == (3 / 5, 1 / 3)
    assert (figures["no_show_rate"], figures["attendance_rate"]) == (1, 0)
    assert told["money"] == [
        {
            "currency": "EUR",
            "figures": {"value": 39600, "worth": 39600, "average_value": 19800},
        }
    ]
    assert told["before"]["figures"]["conversion_rate"] is None
    assert told["before"]["until"] == told["from"]
    assert set(told["definitions"]) == {one.name for one in (*BOOKING_FIGURES, *VALUE_FIGURES)}


async def test_every_number_is_as_many_bookings_as_are_behind_it(desk: Desk) -> None:
    await some_bookings(desk)
    await hear(desk)

    for by in ("booked", "starts"):
        figures = (await asked(desk, OVERVIEW, by=by))["figures"]
        for figure in CountingFigure:
            pages: list[str] = []
            after: dict[str, str] = {}
            while True:
                page = await asked(desk, BEHIND, by=by, figure=figure.value, limit="2", **after)
                pages += [one["booking_id"] for one in page["items"]]
                if page["next"] is None:
                    break
                after = {"cursor": page["next"]}
            assert len(set(pages)) == len(pages) == figures[figure.value], (by, figure)


async def test_intervals_add_up_to_the_whole(desk: Desk) -> None:
    await some_bookings(desk)
    await hear(desk)

    whole = await asked(desk, OVERVIEW, by="starts")
    for interval in ("hour", "day", "week", "month"):
        told = await asked(desk, TIMELINE, by="starts", interval=interval)
        parts = told["intervals"]

        assert (told["figures"], told["money"]) == (whole["figures"], whole["money"])
        assert all(one["until"] == next["from"] for one, next in pairwise(parts))
        for name in (*COUNTING, "people", "units"):
            assert sum(part["figures"][name] for part in parts) == whole["figures"][name]
        values = [money["figures"]["value"] for part in parts for money in part["money"]]
        assert sum(values) == whole["money"][0]["figures"]["value"]


async def test_a_day_has_as_many_hours_as_the_clock_shows(desk: Desk) -> None:
    day = {"from": "2027-03-28T00:00:00Z", "until": "2027-03-28T23:00:00Z"}

    hours = (await asked(desk, TIMELINE, interval="hour", **day))["intervals"]

    assert len(hours) == 23
    assert [hour["from"][11:] for hour in hours[:2]] == ["00:00:00Z", "02:00:00+01:00"]


async def test_currencies_stay_apart(desk: Desk) -> None:
    rooms = await desk.rooms(capacity=9)
    ryokan = await desk.on_sale(
        {**ROOMS, "zone": "Asia/Tokyo"},
        {"from": "2027-03-01", "until": "2027-04-01", "capacity": 9},
    )
    shown = await desk.get(f"/v1/resources/{ryokan}/sales-terms")
    changed = await desk.send(
        "PUT",
        f"/v1/resources/{ryokan}/sales-terms",
        json=YEN,
        headers={"If-Match": shown.headers["ETag"]},
    )
    assert changed.status_code == 200, changed.text
    await confirmed(desk, rooms)
    await confirmed(desk, ryokan)
    await hear(desk)

    told = await asked(desk, OVERVIEW)
    of_one = await asked(desk, OVERVIEW, resource_id=ryokan)

    assert [(one["currency"], one["figures"]["value"]) for one in told["money"]] == [
        ("EUR", 9900),
        ("JPY", 12000),
    ]
    assert [one["currency"] for one in of_one["money"]] == ["JPY"]
    assert told["figures"]["standing"] == 2


async def test_what_cannot_be_told_is_refused(desk: Desk) -> None:
    year = {"from": "2027-01-01T00:00:00Z", "until": "2028-01-01T00:00:00Z"}
    too_many = await desk.get(TIMELINE, params={**year, "interval": "quarter_hour"})
    nowhere = await desk.get(OVERVIEW, params={"zone": "Europe/Nowhere"})
    backwards = await desk.get(OVERVIEW, params={"from": year["until"], "until": year["from"]})

    assert problem(too_many) == (422, "too_many_intervals")
    assert problem(nowhere) == (422, "unknown_zone")
    assert problem(backwards) == (422, "runs_backwards")
    assert backwards.json()["errors"][0]["parameter"] == "until"


async def test_what_is_built_anew_is_the_same(any_desk: Desk) -> None:
    await some_bookings(any_desk)
    rebuild = any_desk.container.analytics.rebuilt_bookings()
    built = await rebuild(any_desk.actor.organization_id)
    anew = await asked(any_desk, OVERVIEW)

    await hear(any_desk)
    heard = await asked(any_desk, OVERVIEW)

    assert built == 5
    assert anew["figures"] == heard["figures"]
    assert anew["money"] == heard["money"]
    assert list(await any_desk.container.verification()()) == []


SPANS = (
    ("Europe/Lisbon", "hour", "2027-03-01T12:00:00.000001Z"),
    ("Asia/Kolkata", "day", "2027-03-12T09:40:00Z"),
    ("Europe/Lisbon", "day", "2027-03-12T09:40:00Z"),
)


async def test_sums_and_bookings_give_the_same_numbers(any_desk: Desk) -> None:
    """Of one offering bookings are read, of all of them sums: here there is but one."""
    rooms = await some_bookings(any_desk)
    await hear(any_desk)

    for by, (zone, interval, until) in product(("booked", "starts"), SPANS):
        question = {"from": "2027-02-27T22:07:30Z", "until": until, "zone": zone, "by": by}
        of_all, of_one, of_kind = [
            {
                **(await asked(any_desk, TIMELINE, **question, interval=interval, **only)),
                "as_of": 0,
            }
            for only in ({}, {"resource_id": rooms}, {"kind": "hotel"})
        ]
        assert of_all == of_one == of_kind
        assert of_all["figures"]["bookings"] > 0 or interval == "hour"
    assert (await asked(any_desk, OVERVIEW, kind="car"))["figures"]["bookings"] == 0
