"""What is quoted, and what is not."""

from datetime import timedelta
from typing import Any

import pytest

from tests.http.desk import CONTACT, ROOMS, Desk, problem, seats, stay

pytestmark = pytest.mark.anyio


async def test_a_quote_is_shown_as_it_was_made(any_desk: Desk) -> None:
    made = await any_desk.post("/v1/quotes", stay(await any_desk.rooms()))
    shown = await any_desk.get(made.headers["Location"])

    assert made.status_code == 201
    assert made.content == shown.content
    assert made.json()["expires_at"] == "2027-03-01T12:30:00Z"


async def test_nobody_holds_at_the_price_of_yesterday(any_desk: Desk) -> None:
    quote_id = await any_desk.quote(await any_desk.rooms())
    any_desk.clock.passes(timedelta(minutes=30))

    refused = await any_desk.post("/v1/holds", {"quote_id": quote_id})

    assert problem(refused) == (409, "quote_expired")
    assert refused.json()["expired_at"] == "2027-03-01T12:30:00Z"


async def test_what_is_quoted_need_not_be_on_sale(any_desk: Desk) -> None:
    refused = await any_desk.hold(
        await any_desk.rooms(), check_out="2027-04-02", check_in="2027-04-01"
    )

    assert problem(refused) == (404, "not_on_sale")


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        ({"check_out": "2027-03-10"}, "bad_stay", "#/check_out"),
        ({"check_out": "2027-08-10"}, "bad_stay", "#/check_out"),
        ({"check_in": "2027-02-28", "check_out": "2027-03-02"}, "in_the_past", None),
        ({"check_in": "0001-01-01", "check_out": "0001-01-02"}, "in_the_past", None),
        ({"check_in": "9999-12-30", "check_out": "9999-12-31"}, "bad_dates", None),
        ({"guests": 3}, "too_many_guests", "#/guests"),
        ({"rooms": 3}, "empty_rooms", "#/rooms"),
        ({"contact": {**CONTACT, "email": "nowhere"}}, "bad_email", "#/contact/email"),
        ({"contact": {**CONTACT, "name": "    "}}, "bad_name", "#/contact/name"),
    ],
)
async def test_stays_that_no_hotel_would_take(
    desk: Desk, change: Any, code: str, pointer: str | None
) -> None:
    refused = await desk.post("/v1/quotes", {**stay(await desk.rooms()), **change})

    assert problem(refused) == (422, code)
    assert refused.json().get("errors", [{}])[0].get("pointer") == pointer


async def test_attendees_are_named_once(desk: Desk) -> None:
    refused = await desk.post("/v1/quotes", seats(await desk.session(), "Ana", "ANA "))

    assert problem(refused) == (422, "bad_attendees")


async def test_a_room_has_no_seats(desk: Desk) -> None:
    refused = await desk.post("/v1/quotes", seats(await desk.rooms()))

    assert problem(refused) == (422, "wrong_kind")
    assert (refused.json()["requested"], refused.json()["offered"]) == ("training", "hotel")


async def test_what_has_no_price_is_not_quoted(desk: Desk) -> None:
    added = await desk.post("/v1/resources", ROOMS)

    assert problem(await desk.post("/v1/quotes", stay(added.json()["id"]))) == (
        404,
        "no_sales_terms",
    )


async def test_a_session_that_has_begun_is_closed(desk: Desk) -> None:
    session = await desk.session()
    desk.clock.passes(timedelta(days=19))

    refused = await desk.post("/v1/quotes", seats(session))

    assert problem(refused) == (409, "booking_closed")
