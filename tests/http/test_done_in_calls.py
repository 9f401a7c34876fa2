"""What is held, booked and paid for in a call stands in the call."""

from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest

from domain.kernel.actors import EVERYTHING, Permission
from tests.fakes.time import Time
from tests.http.calling import goes_on, listed, of, rings, talks
from tests.http.desk import Caller, Desk, problem
from tests.http.test_call_timeline import timeline, told
from tests.http.till import Till

pytestmark = pytest.mark.anyio

HANDLING = frozenset(
    {Permission.HANDLE_OWN_CALLS, Permission.READ_BOOKINGS, Permission.WRITE_BOOKINGS}
)


def on(call: httpx.Response) -> dict[str, str]:
    return {"Call-Id": call.json()["id"]}


def within(desk: Desk, call: httpx.Response) -> Desk:
    """The same desk, acting in a call."""
    return attrs.evolve(desk, headers={**desk.headers, **on(call)})


async def converted(desk: Desk, *, yes: bool) -> list[str]:
    return await listed(desk, converted=str(yes).lower())


async def sold(caller: Caller, call: httpx.Response) -> list[tuple[str, str]]:
    items = told(await timeline(caller, call))
    fee = ("payment", "payment_fee_known")
    return [one for one in items if one[0] in ("booking", "payment") and one != fee]


async def test_what_is_done_in_a_call_and_becomes_of_it_is_on_its_timeline(till: Till) -> None:
    desk = till.desk
    call = await talks(desk)
    busy = attrs.evolve(till, desk=within(desk, call))

    booking = await busy.held()
    begun = await busy.begin(booking)
    await goes_on(desk, call, "completed")
    await till.choose(begun, "success")
    await till.come_back(begun)
    paid = await till.booking(booking)
    assert (await desk.step(paid, "cancel")).status_code == 200
    await till.work(paid)
    await till.held()

    assert await sold(desk, call) == [
        ("booking", "booking_held"),
        ("payment", "payment_started"),
        ("payment", "payment_captured"),
        ("booking", "booking_confirmed"),
        ("booking", "booking_cancelled"),
        ("payment", "refund_requested"),
        ("payment", "refund_approved"),
        ("payment", "refund_succeeded"),
    ]
    listener = await desk.caller(EVERYTHING - {Permission.READ_PAYMENTS})
    assert {source for source, _ in await sold(listener, call)} == {"booking"}
    listener = await desk.caller(frozenset({Permission.READ_CALLS, Permission.READ_PAYMENTS}))
    assert {source for source, _ in await sold(listener, call)} == {"payment"}


async def test_what_is_paid_for_in_a_call_may_have_been_held_before_it(
    sqlite_url: str, clock: Time, tmp_path: Path
) -> None:
    async with Till.opened(sqlite_url, clock, tmp_path) as till:
        booking = await till.held()
        call = await talks(till.desk)
        begun = await attrs.evolve(till, desk=within(till.desk, call)).begin(booking)
        await till.choose(begun, "success")
        await till.come_back(begun)
        names = [name for _, name in await sold(till.desk, call)]

    assert names == ["payment_started", "payment_captured", "booking_confirmed"]


async def test_a_call_leads_to_bookings_though_they_are_paid_for_after_it(till: Till) -> None:
    desk = till.desk
    calls = [await talks(desk, name) for name in ("sold", "lost", "nothing")]
    sold_in, lost_in, _ = (attrs.evolve(till, desk=within(desk, call)) for call in calls)
    rooms = await desk.rooms(capacity=9)
    first, second, lost = [
        await one.desk.hold(rooms, nights=2) for one in (sold_in, sold_in, lost_in)
    ]
    assert await converted(desk, yes=True) == []
    await sold_in.desk.step(first, "confirm")
    begun = await sold_in.begin(second)
    await sold_in.desk.step(await lost_in.desk.step(lost, "confirm"), "cancel")
    for call in calls:
        await goes_on(desk, call, "completed")
    await till.choose(begun, "success")
    await till.come_back(begun)

    with desk.statements() as seen:
        sales = (await desk.get(of(calls[0], "sales"))).json()

    assert len(seen) == 2
    ids = {booking["booking_id"] for booking in sales["bookings"]}
    assert ids == {first.json()["id"], second.json()["id"]}
    price = first.json()["agreement"]["price"]["total"]
    assert sales["revenue"] == [{**price, "minor": 2 * price["minor"]}]
    nothing = {"converted": False, "bookings": [], "revenue": []}
    assert (await desk.get(of(calls[1], "sales"))).json() == nothing
    assert await converted(desk, yes=True) == ["sold"]
    assert await converted(desk, yes=False) == ["nothing", "lost"]
    listener = await desk.caller(EVERYTHING - {Permission.READ_BOOKINGS})
    assert problem(await listener.get(of(calls[0], "sales"))) == (403, "not_permitted")


async def test_events_say_in_which_call_they_were_done(desk: Desk) -> None:
    call = await talks(desk)
    rooms = await desk.rooms()
    await within(desk, call).hold(rooms, night=1)
    await desk.hold(rooms, night=2)
    await desk.relay()

    feed = (await desk.get("/v1/events", params={"limit": 100})).json()["items"]

    held = [event["call_id"] for event in feed if event["name"] == "booking_held"]
    assert held == [call.json()["id"], None]
    assert not await desk.container.verification()()


async def test_only_in_calls_that_are_up_and_theirs(desk: Desk) -> None:
    quote_id = await desk.quote(await desk.rooms(capacity=10))
    mine, over, elsewhere = await talks(desk), await rings(desk, "2"), await talks(desk, "3")
    await goes_on(desk, over, "no_answer")
    agent, another = await desk.caller(HANDLING), await desk.caller(HANDLING)
    for caller, call in ((agent, mine), (another, elsewhere)):
        accepted = await caller.post(f"/v1/calls/{call.json()['id']}/accept")
        assert accepted.status_code == 200, accepted.text

    async def hold(caller: Caller, call: Any) -> httpx.Response:
        headers = {"Call-Id": call if isinstance(call, str) else call.json()["id"]}
        return await caller.post("/v1/holds", {"quote_id": quote_id}, headers=headers)

    assert (await hold(agent, mine)).status_code == 201
    assert problem(await hold(agent, elsewhere)) == (404, "call_not_found")
    assert problem(await hold(desk, over)) == (409, "call_over")
    assert problem(await hold(desk, quote_id)) == (404, "call_not_found")
    assert problem(await hold(desk, "pbx-1")) == (400, "malformed_request")
    clerk = await desk.caller(HANDLING - {Permission.HANDLE_OWN_CALLS})
    assert problem(await hold(clerk, mine)) == (403, "not_permitted")


async def test_what_was_done_before_the_call_ended_is_answered_again(desk: Desk) -> None:
    call = await talks(desk)
    asked = {"quote_id": await desk.quote(await desk.rooms())}
    held = await desk.post("/v1/holds", asked, key="once", headers=on(call))
    await goes_on(desk, call, "completed")

    again = await desk.post("/v1/holds", asked, key="once", headers=on(call))

    assert (again.status_code, again.json()) == (201, held.json())
    refused = await desk.post("/v1/holds", asked, key="new", headers=on(call))
    assert problem(refused) == (409, "call_over")


async def test_naming_the_call_takes_one_statement(desk: Desk) -> None:
    call = await talks(desk)
    quotes = [await desk.quote(await desk.rooms(), night=night) for night in (1, 2)]
    spent = []
    for quote_id, headers in zip(quotes, ({}, on(call)), strict=True):
        with desk.statements() as seen:
            await desk.post("/v1/holds", {"quote_id": quote_id}, headers=headers)
        spent.append(len(seen))
    assert spent[1] == spent[0] + 1
