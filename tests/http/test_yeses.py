"""What is done for a customer in a call takes a recorded yes, if the organization wants it."""

from typing import Any

import httpx
import pytest

from tests.http.calling import goes_on, of, rings, talks
from tests.http.desk import Desk, problem, stay
from tests.http.sales import set_to
from tests.http.test_call_timeline import timeline, told
from tests.http.test_done_in_calls import within

pytestmark = pytest.mark.anyio

WORDING = "Shall I book it? - Yes, said Ann."


async def agrees(
    desk: Desk, call: httpx.Response, action: str, booking: httpx.Response
) -> httpx.Response:
    said = {"action": action, "booking_id": booking.json()["id"], "wording": WORDING}
    return await desk.post(of(call, "yeses"), said)


async def missing(asked: Any) -> bool:
    answer: httpx.Response = await asked
    return problem(answer) == (409, "yes_missing")


async def test_booking_and_cancelling_take_a_yes_each(any_desk: Desk) -> None:
    desk = any_desk
    await set_to(desk, "calls.yes_required", value=True)
    call = await talks(desk)
    busy, rooms = within(desk, call), await desk.rooms(capacity=9)
    booking, other = await busy.hold(rooms), await busy.hold(rooms)

    assert await missing(busy.step(booking, "confirm"))
    recorded = await agrees(desk, call, "book", booking)
    assert await missing(busy.step(other, "confirm"))
    confirmed = await busy.step(booking, "confirm", key="once")
    again = await busy.step(booking, "confirm", key="once")
    assert await missing(busy.step(confirmed, "cancel"))
    await agrees(desk, call, "cancel", booking)
    cancelled = await busy.step(confirmed, "cancel")
    elsewhere = await desk.step(other, "confirm")

    statuses = [one.status_code for one in (recorded, confirmed, again, cancelled, elsewhere)]
    assert statuses == [200] * 5
    (yes,) = recorded.json()["yeses"]
    assert (yes["action"], yes["wording"]) == ("book", WORDING)
    names = told(await timeline(desk, call))
    assert names.index(("call", "customer_agreed")) < names.index(("booking", "booking_confirmed"))
    assert "Ann" not in str(await timeline(desk, call))
    assert not await desk.container.verification()()


async def test_a_yes_is_good_for_one_change(desk: Desk) -> None:
    await set_to(desk, "calls.yes_required", value=True)
    rooms = await desk.rooms(capacity=9)
    booking = await desk.step(await desk.hold(rooms), "confirm")
    call = await talks(desk)
    busy, address = within(desk, call), f"/v1/bookings/{booking.json()['id']}"

    async def change() -> httpx.Response:
        contact = {"name": "Rui Costa", "email": "rui@example.com"}
        return await busy.send(
            "PATCH", address, json={"contact": contact}, headers={"If-Match": "*"}
        )

    assert await missing(change())
    await agrees(desk, call, "change", booking)
    assert (await change()).status_code == 200
    quoted = await busy.post(f"{address}/change-quotes", stay(rooms, night=12))
    said = {"quote_id": quoted.json()["id"]}
    changed = busy.post(f"{address}/change", said, headers={"If-Match": "*"})
    assert await missing(changed)
    another = await talks(desk, "pbx-2")
    await agrees(desk, another, "change", booking)
    assert await missing(change())


async def test_an_itinerary_takes_a_yes_for_each_of_its_bookings(desk: Desk) -> None:
    await set_to(desk, "calls.yes_required", value=True)
    call, rooms = await talks(desk), await desk.rooms()
    busy = within(desk, call)
    quotes = [await desk.quote(rooms, night=night) for night in (1, 2)]
    held = await busy.post("/v1/itineraries", {"quote_ids": quotes})
    path = f"/v1/itineraries/{held.json()['id']}/confirm"

    for booking in held.json()["bookings"]:
        assert await missing(busy.post(path, headers={"If-Match": "*"}))
        said = {"action": "book", "booking_id": booking["id"], "wording": WORDING}
        await desk.post(of(call, "yeses"), said)

    assert (await busy.post(path, headers={"If-Match": "*"})).status_code == 200


async def test_only_whoever_is_on_the_line_says_yes(desk: Desk) -> None:
    booking = await desk.hold(await desk.rooms())
    ringing, over = await rings(desk, "1"), await talks(desk, "2")
    await goes_on(desk, over, "completed")

    assert problem(await agrees(desk, ringing, "book", booking)) == (409, "call_state_forbids")
    assert problem(await agrees(desk, over, "book", booking)) == (409, "call_over")


async def test_without_the_setting_nobody_is_asked(desk: Desk) -> None:
    busy = within(desk, await talks(desk))

    confirmed = await busy.step(await busy.hold(await desk.rooms()), "confirm")

    assert confirmed.status_code == 200
