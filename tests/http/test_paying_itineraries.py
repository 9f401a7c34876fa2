"""All of an itinerary is paid for at once, and each booking keeps its own account of it."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import attrs
import httpx
import pytest

from application.bookings.expire_holds import ExpireHolds
from application.bookings.settle_booking import SettleBooking
from application.payments.ask_about_silent import AskAboutSilent
from domain.kernel.identifiers import BookingId
from tests.contract.crowds import race
from tests.fakes.time import Time
from tests.http.desk import problem, seats
from tests.http.till import SHOP, Till

pytestmark = pytest.mark.anyio

ROOM, SEAT = 9900, 9900
NOT_TOLD = frozenset({"events_are_numbered", "jobs_are_handed_over"})


@attrs.frozen
class Trip:
    """A room and a seat, held together."""

    till: Till
    held: httpx.Response

    @property
    def bookings(self) -> list[str]:
        return [booking["id"] for booking in self.held.json()["bookings"]]

    async def begin(self, **options: Any) -> httpx.Response:
        path = f"{self.held.headers['Location']}/payments"
        return await self.till.desk.post(path, {"return_url": SHOP, **options})

    async def states(self) -> list[str]:
        shown = await self.till.desk.get(self.held.headers["Location"])
        return [booking["state"] for booking in shown.json()["bookings"]]

    async def payments(self) -> list[dict[str, Any]]:
        found = await self.till.desk.get("/v1/payments")
        items: list[dict[str, Any]] = found.json()["items"]
        return items

    async def money(self) -> list[dict[str, int]]:
        bookings = [await self.till.desk.get(f"/v1/bookings/{id}") for id in self.bookings]
        return [await self.till.money(booking) for booking in bookings]

    async def work(self) -> None:
        for id in self.bookings:
            await self.till.work(await self.till.desk.get(f"/v1/bookings/{id}"))


@pytest.fixture
async def trip(till: Till) -> Trip:
    return await held_trip(till)


async def held_trip(till: Till) -> Trip:
    desk = till.desk
    room = await desk.quote(await desk.rooms(capacity=1))
    seat = await desk.post("/v1/quotes", seats(await desk.session(capacity=1)))
    held = await desk.post("/v1/itineraries", {"quote_ids": [room, seat.json()["id"]]})
    assert held.status_code == 201, held.text
    return Trip(till, held)


async def findings(till: Till) -> list[str]:
    """Of money: no worker runs that would tell of anything."""
    found = await till.desk.container.verification()()
    return [str(one) for one in found if one.check not in NOT_TOLD]


async def reconciled(till: Till) -> httpx.Response:
    """All of the last days: whatever was not heard of is heard of now."""
    now = till.desk.clock()
    period = {"since": (now - timedelta(days=10)).isoformat(), "until": now.isoformat()}
    made = await till.desk.post("/v1/reconciliations", period)
    assert made.status_code == 201, made.text
    return made


async def test_one_payment_confirms_all_of_it(till: Till, trip: Trip) -> None:
    begun = await trip.begin()
    await till.choose(begun, "three_d_secure", "confirm")
    back = await till.come_back(begun)
    shares = await trip.payments()

    assert begun.json()["payment"]["joint"]["total"] == {"minor": ROOM + SEAT, "currency": "EUR"}
    assert back.json()["payment"]["state"] == "captured"
    assert await trip.states() == ["confirmed", "confirmed"]
    assert sorted(one["booking_id"] for one in shares) == sorted(trip.bookings)
    assert {one["joint"]["lead_id"] for one in shares} == {begun.json()["payment"]["id"]}
    assert [one["captured"]["minor"] for one in shares] == [ROOM, SEAT]
    fees = [one["fee"]["minor"] for one in shares]
    assert sum(fees) == 20 + (ROOM + SEAT) * 15 // 1000
    assert await trip.money() == [{"owed": ROOM, "paid": ROOM, "due": 0}] * 2
    assert await findings(till) == []


async def test_whoever_settles_while_it_is_noted_sees_all_shares_or_none(
    till: Till, trip: Trip
) -> None:
    begun = await trip.begin()
    await till.choose(begun, "success")
    settle = till.desk.container.payments.settle_booking()
    settles = [
        SettleBooking(actor=till.desk.actor, booking_id=BookingId(UUID(id)))
        for id in trip.bookings
    ]
    outcomes = await race(
        [
            *(till.come_back(begun) for _ in range(3)),
            *(settle(one) for one in [*settles, *settles]),
        ]
    )
    await trip.work()

    assert [one for one in outcomes if isinstance(one, Exception)] == []
    assert await trip.states() == ["confirmed", "confirmed"]
    assert await trip.money() == [{"owed": ROOM, "paid": ROOM, "due": 0}] * 2
    assert (await till.desk.get("/v1/refunds")).json()["items"] == []
    assert await findings(till) == []


async def test_asked_again_it_is_the_same_and_nothing_beside_it(till: Till, trip: Trip) -> None:
    begun, again = await trip.begin(), await trip.begin()
    alone = await till.desk.post(f"/v1/bookings/{trip.bookings[0]}/payments")
    await till.choose(begun, "success")
    await till.come_back(begun)

    assert again.json()["payment"]["id"] == begun.json()["payment"]["id"]
    assert problem(alone) == (409, "payment_open")
    assert problem(await trip.begin()) == (409, "nothing_to_pay")
    assert len(await trip.payments()) == 2


async def test_what_is_paid_for_alone_already_is_not_paid_again(till: Till, trip: Trip) -> None:
    alone = await till.desk.post(f"/v1/bookings/{trip.bookings[0]}/payments")
    other = await trip.begin()
    await till.choose(alone, "success")
    await till.come_back(alone)
    rest = await trip.begin()
    await till.choose(rest, "success")
    await till.come_back(rest)

    assert problem(other) == (409, "payment_open")
    assert rest.json()["payment"]["amount"]["minor"] == SEAT
    assert rest.json()["payment"]["joint"] is None
    assert await trip.states() == ["confirmed", "confirmed"]


async def test_a_share_goes_back_alone_out_of_the_one_payment(till: Till, trip: Trip) -> None:
    begun = await trip.begin()
    await till.choose(begun, "success")
    await till.come_back(begun)
    lead, other = await trip.payments()
    too_much = await till.desk.post(
        f"/v1/payments/{other['id']}/refunds", {"amount_minor": SEAT + 1, "reason": "rain"}
    )
    booking = await till.desk.get(f"/v1/bookings/{other['booking_id']}")
    cancelled = await till.desk.step(booking, "cancel")
    await trip.work()
    await trip.work()

    assert problem(too_much) == (409, "too_much_to_refund")
    assert cancelled.status_code == 200, cancelled.text
    (refund,) = (await till.desk.get("/v1/refunds")).json()["items"]
    assert (refund["payment_id"], refund["state"]) == (other["id"], "succeeded")
    shares = {one["id"]: one["refunding"]["minor"] for one in await trip.payments()}
    assert shares == {lead["id"]: 0, other["id"]: refund["amount"]["minor"]}
    assert sorted(await trip.states()) == ["cancelled", "confirmed"]
    assert await findings(till) == []


async def test_what_comes_too_late_goes_back_for_each(till: Till, trip: Trip) -> None:
    begun = await trip.begin()
    till.desk.clock.passes(timedelta(hours=2))
    await till.desk.container.bookings.expire_holds()(ExpireHolds(actor=till.desk.actor, limit=10))
    await till.choose(begun, "success")
    await till.come_back(begun)
    await trip.work()
    await trip.work()

    refunds = (await till.desk.get("/v1/refunds")).json()["items"]
    assert sorted(one["amount"]["minor"] for one in refunds) == [SEAT, ROOM]
    assert {one["state"] for one in refunds} == {"succeeded"}
    assert await trip.states() == ["expired", "expired"]
    assert await trip.money() == [{"owed": 0, "paid": 0, "due": 0}] * 2
    assert await findings(till) == []


async def test_let_go_of_it_is_cancelled_at_the_provider(till: Till, trip: Trip) -> None:
    begun = await trip.begin()
    _, other = await trip.payments()
    cancelled = await till.desk.post(
        f"/v1/payments/{other['id']}/cancel", headers={"If-Match": '"2"'}
    )
    shown = await till.desk.post(f"/v1/payments/{other['id']}/continue")

    assert (cancelled.status_code, cancelled.json()["step"]) == (202, "cancel")
    assert shown.json()["payment"]["id"] == other["id"]
    assert {one["state"] for one in await trip.payments()} == {"cancelled"}
    assert (await trip.begin()).json()["payment"]["id"] != begun.json()["payment"]["id"]


async def test_it_is_let_go_of_with_what_it_was_for(till: Till, trip: Trip) -> None:
    await trip.begin()
    released = await till.desk.post(
        f"{trip.held.headers['Location']}/release", headers={"If-Match": "*"}
    )
    await trip.work()
    asked = [one["step"] for one in await trip.payments()]
    await till.desk.post(f"/v1/payments/{(await trip.payments())[1]['id']}/continue")

    assert released.status_code == 200, released.text
    assert asked == ["cancel", "cancel"]
    assert {one["state"] for one in await trip.payments()} == {"cancelled"}
    assert await findings(till) == []


async def test_nobody_comes_back_and_it_is_asked_about_once(till: Till, trip: Trip) -> None:
    begun = await trip.begin()
    await till.choose(begun, "success")
    till.desk.clock.passes(timedelta(minutes=11))
    asked = await till.desk.container.payments.ask_about_silent()(
        AskAboutSilent(actor=till.desk.actor)
    )

    assert asked == 1
    assert {one["state"] for one in await trip.payments()} == {"captured"}


async def test_the_day_is_the_same_at_the_provider(till: Till, trip: Trip) -> None:
    begun = await trip.begin()
    await till.choose(begun, "success")
    await till.come_back(begun)
    till.desk.clock.passes(timedelta(minutes=1))

    assert (await reconciled(till)).json()["findings"] == []


async def test_a_dispute_concerns_all_shares(till: Till, trip: Trip) -> None:
    begun = await trip.begin()
    await till.choose(begun, "disputed")
    await till.come_back(begun)
    till.desk.clock.passes(timedelta(seconds=10))
    await reconciled(till)
    disputed = await trip.payments()
    till.desk.clock.passes(timedelta(days=8))
    await reconciled(till)

    assert [one["disputed"] for one in disputed] == [True, True]
    disputes = (await till.desk.get("/v1/disputes")).json()["items"]
    assert [one["amount"]["minor"] for one in disputes] == [ROOM, SEAT]
    assert {one["outcome"] for one in disputes} == {"lost"}
    assert [one["refunding"]["minor"] for one in await trip.payments()] == [ROOM, SEAT]
    assert await findings(till) == []


async def test_what_looks_suspicious_is_looked_at_for_all(
    sqlite_url: str, clock: Time, tmp_path: Path
) -> None:
    async with Till.opened(sqlite_url, clock, tmp_path, payments_per_hour=1) as till:
        passed = await (await held_trip(till)).begin()
        parked = await (await held_trip(till)).begin()
        path = f"/v1/payments/{parked.json()['payment']['id']}"
        review = await till.desk.get(f"{path}/review")
        declined = await till.desk.post(f"{path}/decline", headers={"If-Match": "*"})
        payments = (await till.desk.get("/v1/payments")).json()["items"]

        assert passed.json()["payment"]["under_review"] is False
        assert parked.json()["payment"]["under_review"] is True
        assert parked.json()["next_action"] is None
        assert [one["found"] for one in review.json()["check"]["reasons"]] == [2]
        assert declined.status_code == 200, declined.text
        assert [one["state"] for one in payments[2:]] == ["failed", "failed"]
        assert await findings(till) == []
