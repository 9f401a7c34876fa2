"""How full days are and what they bring, and how bookings are spread."""

from datetime import timedelta
from typing import Any

import pytest

from tests.http.counting import asked, hear
from tests.http.desk import Desk, problem, seats
from tests.http.test_booking_figures import confirmed, some_bookings

pytestmark = pytest.mark.anyio

BOOKINGS = "/v1/analytics/bookings"
PRICE = 9900
DAY = timedelta(days=1)
STAY = {"from": "2027-03-10", "until": "2027-03-14"}


async def told(desk: Desk, path: str, **params: str) -> Any:
    answer = await desk.get(f"{BOOKINGS}/{path}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_how_full_nights_are(any_desk: Desk) -> None:
    rooms = await some_bookings(any_desk)  # of nine: held 10-12, standing 11-13
    await hear(any_desk)

    shown = await told(any_desk, "occupancy", **STAY, resource_id=rooms, kind="hotel")
    nights = {item["day"][-2:]: item["figures"] for item in shown["days"]}

    assert [nights[day]["taken"] for day in ("10", "11", "12", "13")] == [1, 2, 1, 0]
    assert [nights[day]["sold"] for day in ("10", "11", "12", "13")] == [0, 1, 1, 0]
    assert [nights[day]["pending_units"] for day in ("10", "11", "12", "13")] == [1, 1, 0, 0]
    # What is held is not free, though nobody has paid for it.
    assert [nights[day]["free"] for day in ("10", "11", "12", "13")] == [8, 7, 8, 9]
    assert shown["figures"]["occupancy"] == 2 / 36
    assert shown["figures"]["fill_rate"] == 4 / 36
    assert shown["money"] == [
        {
            "currency": "EUR",
            "figures": {
                "room_revenue": 2 * PRICE,
                "average_daily_rate": PRICE,
                "revenue_per_available": 2 * PRICE / 36,
            },
        }
    ]
    assert shown["before"]["figures"]["capacity"] == 36
    assert (await told(any_desk, "occupancy", **STAY, kind="car"))["figures"]["occupancy"] is None


async def test_seats_are_counted_and_not_bookings(desk: Desk) -> None:
    session = await desk.session(capacity=10)
    quote = await desk.post("/v1/quotes", seats(session, "Ana Sousa", "Rui Costa", "Eva Lima"))
    held = await desk.post("/v1/holds", {"quote_id": quote.json()["id"]})
    assert (await desk.step(held, "confirm")).status_code == 200
    await hear(desk)

    on = {"from": "2027-03-20", "until": "2027-03-21"}
    figures = (await told(desk, "occupancy", **on))["figures"]
    (top,) = (await asked(desk, f"{BOOKINGS}/offerings"))["offerings"]

    assert (figures["sold"], figures["taken"], figures["free"]) == (3, 3, 7)
    assert (top["resource_id"], top["figures"]["people"], top["figures"]["bookings"]) == (
        session,
        3,
        1,
    )


async def test_days_of_the_week_add_up_to_all_days(desk: Desk) -> None:
    await some_bookings(desk)
    await hear(desk)
    march = {"from": "2027-03-01", "until": "2027-04-01"}

    weekdays = (await told(desk, "weekdays", **march))["weekdays"]
    total = (await told(desk, "occupancy", **march))["figures"]

    assert [one["days"] for one in weekdays] == [5, 5, 5, 4, 4, 4, 4]
    for name in ("capacity", "taken", "sold", "free"):
        assert sum(one["figures"][name] for one in weekdays) == total[name]


async def test_what_was_on_the_books_when(any_desk: Desk) -> None:
    rooms = await any_desk.rooms(capacity=9)
    early = await confirmed(any_desk, rooms, night=12)
    any_desk.clock.now += DAY
    await confirmed(any_desk, rooms, night=12, nights=2)
    any_desk.clock.now += DAY
    assert (await any_desk.step(early, "cancel")).status_code == 200
    await hear(any_desk)

    moments = {
        "before it all": "2027-03-01T11:00:00Z",
        "one": "2027-03-01T13:00:00Z",
        "two": "2027-03-02T13:00:00Z",
        "cancelled": "2027-03-03T13:00:00Z",
    }
    found = {
        name: await told(any_desk, "pick-up", **STAY, at=at, before=moments["one"])
        for name, at in moments.items()
    }

    def units(name: str, figure: str) -> list[int]:
        days = found[name]["days"]
        return [day["money"][0]["figures"][figure] if day["money"] else 0 for day in days]

    assert units("before it all", "on_the_books") == [0, 0, 0, 0]
    assert units("one", "on_the_books") == [0, 0, 1, 0]
    assert units("two", "on_the_books") == [0, 0, 2, 1]
    assert units("two", "pick_up") == [0, 0, 1, 1]
    assert units("cancelled", "on_the_books") == [0, 0, 1, 1]
    assert found["cancelled"]["money"][0]["figures"]["worth_picked_up"] == PRICE
    for name, at in moments.items():
        asked_of = {**STAY, "at": at, "before": moments["one"], "resource_id": rooms}
        of_rooms = await told(any_desk, "pick-up", **asked_of)  # from bookings, without sums
        assert of_rooms["days"] == found[name]["days"]


async def test_how_far_ahead_and_how_far_bookings_go(desk: Desk) -> None:
    await some_bookings(desk)
    await hear(desk)

    times = await asked(desk, f"{BOOKINGS}/lead-time")
    funnel = (await asked(desk, f"{BOOKINGS}/funnel"))["steps"]
    whole = (await asked(desk, f"{BOOKINGS}/overview"))["figures"]

    assert times["figures"]["lead_time_median"] == (1 + 10) / 2
    assert times["figures"]["average_lead_time"] == whole["average_lead_time"]
    assert sum(band["bookings"] for band in times["bands"]) == times["bookings"] == 2
    assert [(step["figure"], step["bookings"]) for step in funnel] == [
        ("bookings", 5),
        ("confirmed", 3),
        ("paid", 0),
        ("paid_and_attended", 0),
    ]
    assert [step["of_the_one_before"] for step in funnel] == [1, 3 / 5, 0, None]


async def test_days_in_between_are_read_from_sums_and_come_to_the_same(any_desk: Desk) -> None:
    rooms = await any_desk.rooms(capacity=9)
    for night in (12, 14, 14):
        await confirmed(any_desk, rooms, night=night)
        any_desk.clock.now += DAY
    await hear(any_desk)
    asked_for = {"from": "2027-02-28T08:00:00Z", "until": "2027-03-05T08:00:00Z"}

    of_all = await told(any_desk, "lead-time", **asked_for)
    of_rooms = await told(any_desk, "lead-time", **asked_for, resource_id=rooms)
    of_others = await told(any_desk, "lead-time", **asked_for, kind="car")

    assert (of_all["bookings"], of_others["bookings"]) == (3, 0)
    assert of_all["bands"] == of_rooms["bands"]
    assert of_all["figures"] == of_rooms["figures"]


async def test_dates_that_are_none_are_refused(desk: Desk) -> None:
    backwards = {"from": "2027-03-02", "until": "2027-03-01"}
    long = {"from": "2020-01-01", "until": "2027-03-01"}

    reversed_ones = await desk.get(f"{BOOKINGS}/occupancy", params=backwards)
    too_many = await desk.get(f"{BOOKINGS}/occupancy", params=long)

    assert problem(reversed_ones) == (422, "runs_backwards")
    assert problem(too_many) == (422, "bad_dates")


async def test_what_comes_next_and_what_is_left_of_it(desk: Desk) -> None:
    session = await desk.session(capacity=10)
    quote = await desk.post("/v1/quotes", seats(session, "Ana Sousa", "Rui Costa"))
    assert (await desk.post("/v1/holds", {"quote_id": quote.json()["id"]})).status_code == 201

    (next_one,) = (await told(desk, "upcoming"))["items"]
    desk.clock.now += 30 * DAY

    assert (next_one["resource_id"], next_one["figures"]["free"]) == (session, 8)
    assert next_one["starts_at"] == "2027-03-20T09:30:00Z"
    assert (await told(desk, "upcoming"))["items"] == []
