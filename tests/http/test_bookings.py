"""The life of a booking, as its customer's agent sees it."""

from datetime import timedelta

import pytest

from tests.http.desk import SHOWN_CONTACT, Desk, problem, seats

pytestmark = pytest.mark.anyio


async def test_from_a_question_to_a_cancelled_booking(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await desk.rooms(capacity=2)
    held = await desk.hold(rooms, nights=2)
    desk.clock.passes(timedelta(minutes=10))
    extended = await desk.step(held, "extend")
    confirmed = await desk.step(extended, "confirm")
    cancelled = await desk.step(confirmed, "cancel")

    assert [one.json()["state"] for one in (held, extended, confirmed, cancelled)] == [
        "held",
        "held",
        "confirmed",
        "cancelled",
    ]
    assert held.headers["Location"] == f"/v1/bookings/{held.json()['id']}"
    assert held.json()["expires_at"] == "2027-03-01T12:15:00Z"
    assert extended.json()["expires_at"] == "2027-03-01T12:25:00Z"
    assert confirmed.json()["expires_at"] is None
    assert cancelled.json()["cancellation"] == {
        "fee": {"minor": 0, "currency": "EUR"},
        "refund": {"minor": 19800, "currency": "EUR"},
    }
    found = await desk.get(held.headers["Location"])
    assert found.content == cancelled.content
    assert found.headers["ETag"] == '"4"'


async def test_a_hold_takes_units_and_a_release_gives_them_back(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await desk.rooms(capacity=1)
    path = f"/v1/resources/{rooms}/availability?from=2027-03-10&until=2027-03-11"

    held = await desk.hold(rooms)
    (taken,) = (await desk.get(path)).json()["days"]
    released = await desk.step(held, "release")
    (given_back,) = (await desk.get(path)).json()["days"]

    assert (taken["free"], taken["fill"]) == (0, "full")
    assert taken["next_release_at"] == held.json()["expires_at"]
    assert released.json()["state"] == "released"
    assert (given_back["free"], given_back["next_release_at"]) == (1, None)


async def test_sold_out_says_what_is_free_and_when_the_next_hold_ends(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await desk.rooms(capacity=2)
    held = await desk.hold(rooms, night=10)
    refused = await desk.hold(rooms, night=10, nights=2, rooms=2)

    assert problem(refused) == (409, "sold_out")
    assert refused.json()["shortages"] == [
        {
            "pool_id": f"{rooms}:2027-03-10",
            "requested": 2,
            "free": 1,
            "next_release_at": held.json()["expires_at"],
        }
    ]


async def test_an_expired_hold_makes_room(any_desk: Desk) -> None:
    desk = any_desk
    rooms = await desk.rooms(capacity=1)
    first = await desk.hold(rooms)
    desk.clock.passes(timedelta(minutes=16))
    second = await desk.hold(rooms)

    assert second.status_code == 201
    shown = await desk.get(first.headers["Location"])
    assert shown.json()["state"] == "expired"
    assert problem(await desk.step(shown, "confirm")) == (409, "hold_expired")


async def test_a_held_booking_can_only_be_held_so_long(desk: Desk) -> None:
    held = await desk.hold(await desk.rooms())
    for _ in range(3):
        desk.clock.passes(timedelta(minutes=14, seconds=59))
        held = await desk.step(held, "extend")
    desk.clock.passes(timedelta(minutes=14))
    held = await desk.step(held, "extend")
    refused = await desk.step(held, "extend")

    assert problem(refused) == (409, "hold_at_its_longest")
    assert refused.json()["expires_at"] == "2027-03-01T13:00:00Z"


async def test_another_contact_can_be_written_to(any_desk: Desk) -> None:
    desk = any_desk
    held = await desk.hold(await desk.rooms())
    changed = await desk.send(
        "PATCH",
        held.headers["Location"],
        json={"contact": {"name": " Rui  Costa ", "email": "RUI@example.com"}},
        headers={"If-Match": held.headers["ETag"]},
    )

    assert changed.json()["agreement"]["contact"] == {
        **SHOWN_CONTACT,
        "name": "Rui Costa",
        "email": "rui@example.com",
    }
    assert changed.headers["ETag"] == '"2"'


async def test_seats_of_a_session(any_desk: Desk) -> None:
    desk = any_desk
    session = await desk.session(capacity=2)
    quote = await desk.post("/v1/quotes", seats(session, "Ana Sousa", "Zoë Müller-Đặng"))
    held = await desk.post("/v1/holds", {"quote_id": quote.json()["id"]})
    again = await desk.post("/v1/holds", {"quote_id": quote.json()["id"]})

    shown = held.json()["agreement"]["request"]
    assert shown["kind"] == "training"
    assert [one["name"] for one in shown["attendees"]] == ["Ana Sousa", "Zoë Müller-Đặng"]
    assert held.json()["agreement"]["contact"] == SHOWN_CONTACT
    assert held.json()["agreement"]["starts_at"] == "2027-03-20T09:30:00Z"
    assert problem(again) == (409, "sold_out")


async def test_bookings_are_found_by_every_condition(any_desk: Desk) -> None:
    desk = any_desk
    rooms, others = await desk.rooms(capacity=5), await desk.rooms(name="Single room")
    booked = [(await desk.hold(rooms, night=night)).json() for night in (10, 11)]
    other = (await desk.hold(others, night=12)).json()
    confirmed = await desk.step(await desk.get(f"/v1/bookings/{other['id']}"), "confirm")

    async def found(query: str) -> list[str]:
        page = await desk.get(f"/v1/bookings?{query}")
        assert page.status_code == 200, page.text
        return [item["id"] for item in page.json()["items"]]

    everything = [booked[0]["id"], booked[1]["id"], other["id"]]
    assert await found("") == everything
    assert await found("state=confirmed") == [confirmed.json()["id"]]
    assert await found(f"resource_id={others}") == [other["id"]]
    for email, theirs in (("ANA@example.com", everything), ("bob@example.com", [])):
        page = await desk.post("/v1/bookings/search", {"email": email}, key="")
        assert [item["id"] for item in page.json()["items"]] == theirs
    assert await found(f"reference={booked[1]['reference'].lower()}") == [booked[1]["id"]]
    assert await found("starts_from=2027-03-11T00:00:00Z") == everything[1:]
    assert await found("starts_before=2027-03-11T00:00:00%2B01:00") == everything[:1]
