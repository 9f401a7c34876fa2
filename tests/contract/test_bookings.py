"""Bookings: what is saved comes back, changes are compared and swapped, facts are published."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

import attrs
import pytest

from application.kernel.ports import Stale
from domain.bookings.booking import Booking
from domain.bookings.life import BookingNotFound, BookingState
from domain.bookings.requests import BaseBookingRequest
from domain.kernel.claims import IntervalClaim
from domain.kernel.identifiers import BookingId, PoolId
from tests.contract.fleets import hours, put_in_use, some
from tests.contract.storages import Storage, Work, put_on_sale
from tests.samples import (
    BERT,
    COLLEAGUE,
    DAY,
    DESK,
    FIRST_AID,
    HOLD_TERMS,
    MINUTE,
    NOW,
    OTHER_DESK,
    QUARTER,
    SECOND,
    held,
    hotel,
    night,
    reference,
    training,
)

pytestmark = pytest.mark.anyio

LATER = NOW + QUARTER


async def saved(storage: Storage, *bookings: Booking) -> list[Booking]:
    return await storage.work(DESK, lambda work: [work.bookings.save(b) for b in bookings])


@pytest.mark.parametrize(
    "request_",
    [hotel(1, 8, rooms=2, guests=3), training("Ann Ono", "Bo Li")],
    ids=["hotel", "training"],
)
async def test_a_booking_comes_back_as_it_was_saved(
    storage: Storage, request_: BaseBookingRequest
) -> None:
    booking = held(request_)

    assert await saved(storage, booking) == [attrs.evolve(booking, version=1)]

    found = await storage.work(DESK, lambda work: work.bookings.get(booking.id))
    assert found == attrs.evolve(booking, version=1)
    assert found.events == ()


async def test_every_step_of_a_life_comes_back(storage: Storage) -> None:
    (booking,) = await saved(storage, held())
    steps: tuple[Callable[[Booking], Booking], ...] = (
        lambda booking: booking.extend(terms=HOLD_TERMS, now=NOW + MINUTE),
        lambda booking: booking.change_contact(BERT, now=NOW),
        lambda booking: booking.confirm(now=NOW),
        lambda booking: booking.cancel(now=NOW),
    )
    for step in steps:
        (booking,) = await saved(storage, step(booking))
        found = await storage.work(COLLEAGUE, lambda work: work.bookings.get(held().id))
        assert found == booking

    assert booking.version == 5
    assert booking.cancellation is not None
    assert await storage.events() == [
        "booking_held",
        "hold_extended",
        "booking_changed",
        "booking_confirmed",
        "booking_cancelled",
    ]


async def test_a_missing_booking_is_refused_by_name(storage: Storage) -> None:
    with pytest.raises(BookingNotFound) as refused:
        await storage.work(DESK, lambda work: work.bookings.get(BookingId(UUID(int=7))))

    assert refused.value.booking_id == UUID(int=7)


async def test_a_failed_decision_leaves_no_trace(storage: Storage) -> None:
    def save_and_fail(work: Work) -> None:
        work.bookings.save(held())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await storage.work(DESK, save_and_fail)

    with pytest.raises(BookingNotFound):
        await storage.work(DESK, lambda work: work.bookings.get(held().id))
    assert await storage.events() == []


async def test_what_was_saved_is_there_in_the_same_transaction(storage: Storage) -> None:
    def save_and_get(work: Work) -> Booking:
        work.bookings.save(held())
        return work.bookings.get(held().id)

    assert (await storage.work(DESK, save_and_get)).version == 1


async def test_facts_about_one_booking_stay_in_order(storage: Storage) -> None:
    """Also if they happen, and are written, in one go."""
    await saved(storage, held().confirm(now=NOW).cancel(now=NOW))

    assert await storage.events() == ["booking_held", "booking_confirmed", "booking_cancelled"]


async def test_the_second_of_two_writers_is_stale(storage: Storage) -> None:
    (seen,) = await saved(storage, held())
    await saved(storage, seen.confirm(now=NOW))

    with pytest.raises(Stale):
        await saved(storage, seen.release(now=NOW))

    found = await storage.work(DESK, lambda work: work.bookings.get(seen.id))
    assert found.state is BookingState.CONFIRMED
    assert await storage.events() == ["booking_held", "booking_confirmed"]


async def test_whoever_saves_what_is_not_there_yet_is_stale(storage: Storage) -> None:
    with pytest.raises(Stale):
        await saved(storage, attrs.evolve(held(), version=3))


async def test_a_booking_is_new_only_once(storage: Storage) -> None:
    await saved(storage, held())

    with pytest.raises(Stale):
        await saved(storage, held())


async def test_no_two_bookings_share_a_reference(storage: Storage) -> None:
    await saved(storage, held(id=1))

    with pytest.raises(Stale):
        await saved(storage, attrs.evolve(held(id=2), reference=reference(1)))


async def test_only_held_bookings_past_their_time_are_overdue(storage: Storage) -> None:
    late, later, in_time, confirmed, released = (held(id=number) for number in range(1, 6))
    later = attrs.evolve(later, expires_at=LATER + SECOND)
    in_time = attrs.evolve(in_time, expires_at=LATER + 2 * SECOND)
    ended = (confirmed.confirm(now=NOW), released.release(now=NOW))
    await saved(storage, later, late, in_time, *ended)

    def overdue(work: Work, *, limit: int) -> list[BookingId]:
        found = work.bookings.overdue(now=LATER + SECOND, limit=limit)
        return [booking.id for booking in found]

    assert await storage.work(DESK, partial(overdue, limit=9)) == [late.id, later.id]
    assert await storage.work(DESK, partial(overdue, limit=1)) == [late.id]


async def test_only_bookings_in_progress_past_their_end_have_ended(storage: Storage) -> None:
    stays = [held(hotel(1, until), id=number) for number, until in ((1, 3), (2, 2), (3, 4))]
    there = [stay.confirm(now=NOW).check_in(now=stay.starts_at) for stay in stays]
    asked, confirmed = held(hotel(1, 2), id=4), held(hotel(1, 2), id=5).confirm(now=NOW)
    await saved(storage, *there, asked, confirmed)
    now = there[0].agreement.period.ends_at

    def ended(work: Work, *, limit: int) -> list[int]:
        return [booking.id.int for booking in work.bookings.ended(now=now, limit=limit)]

    assert await storage.work(DESK, partial(ended, limit=9)) == [2, 1]
    assert await storage.work(DESK, partial(ended, limit=1)) == [2]
    assert await storage.work(OTHER_DESK, partial(ended, limit=9)) == []


async def test_overdue_may_be_asked_of_some_pools_only(storage: Storage) -> None:
    bookings = [held(hotel(number, number + 2), id=number) for number in (1, 2, 3)]

    def hold_all(work: Work) -> None:
        for booking in bookings:
            work.inventory.take(booking.hold_id, booking.agreement.claims)
            work.bookings.save(booking)

    def overdue(work: Work, *, pools: list[PoolId]) -> set[int]:
        found = work.bookings.overdue(now=LATER, limit=9, pools=pools)
        return {booking.id.int for booking in found}

    await put_on_sale(storage, capacity=3)
    await storage.work(DESK, hold_all)

    for pools, expected in [
        ([1], {1}),
        ([2], {1, 2}),
        ([1, 4], {1, 3}),
        ([9], set()),
        ([], set()),
    ]:
        asked = partial(overdue, pools=[night(number) for number in pools])
        assert await storage.work(DESK, asked) == expected


async def test_overdue_may_be_asked_of_single_units_only(storage: Storage) -> None:
    bookings = [held(id=number) for number in (1, 2, 3)]

    def hold_all(work: Work) -> None:
        for number, booking in enumerate(bookings):
            work.bookings.save(booking)
            work.inventory.take_units(booking.hold_id, some(number, number + 2))

    def overdue(work: Work, *, interval: IntervalClaim) -> set[int]:
        found = work.bookings.overdue(now=LATER, limit=9, interval=interval)
        return {booking.id.int for booking in found}

    await put_in_use(storage, units=2)
    await storage.work(DESK, hold_all)

    another = IntervalClaim(resource_id=FIRST_AID.id, period=hours(0, 4))
    for (interval,), expected in [
        (some(0, 1), {1}),
        (some(1.5, 2.5), {1, 2, 3}),
        (some(3, 9), {3}),
        (some(4, 5), set()),
        ((another,), set()),
    ]:
        assert await storage.work(DESK, partial(overdue, interval=interval)) == expected


async def test_some_of_many_are_known(storage: Storage) -> None:
    bookings = await saved(storage, held(id=1), held(id=2))
    asked = [*(booking.id for booking in bookings), BookingId(UUID(int=7))]

    known = await storage.work(DESK, lambda work: work.bookings.known(asked))
    assert known == {booking.id: booking for booking in bookings}
    assert await storage.work(OTHER_DESK, lambda work: work.bookings.known(asked)) == {}
    assert await storage.work(DESK, lambda work: work.bookings.known([])) == {}


async def test_many_bookings_end_together(storage: Storage) -> None:
    bookings = await saved(storage, *(held(id=number) for number in range(1, 6)))
    expired = [booking.expire(now=LATER) for booking in bookings[:4]]

    await storage.work(DESK, lambda work: work.bookings.save_states(expired))
    await storage.work(DESK, lambda work: work.bookings.save_states([]))

    found = await storage.work(DESK, lambda work: [work.bookings.get(b.id) for b in bookings])
    assert found == [*(attrs.evolve(e, version=2) for e in expired), bookings[4]]
    assert (await storage.events())[5:] == ["booking_expired"] * 4


async def test_many_end_together_or_not_at_all(storage: Storage) -> None:
    bookings = await saved(storage, *(held(id=number) for number in range(1, 4)))
    await saved(storage, bookings[1].confirm(now=NOW))

    with pytest.raises(Stale):
        await storage.work(
            DESK,
            lambda work: work.bookings.save_states([b.expire(now=LATER) for b in bookings]),
        )

    found = await storage.work(DESK, lambda work: [work.bookings.get(b.id) for b in bookings])
    assert [booking.state.value for booking in found] == ["held", "confirmed", "held"]
    assert "booking_expired" not in await storage.events()


async def test_organizations_do_not_see_each_other(storage: Storage) -> None:
    (ours,) = await saved(storage, held())

    def look(work: Work) -> None:
        with pytest.raises(BookingNotFound):
            work.bookings.get(ours.id)
        assert not work.bookings.overdue(now=LATER + DAY, limit=9)

    await storage.work(OTHER_DESK, look)
    with pytest.raises(Stale):
        await storage.work(OTHER_DESK, lambda work: work.bookings.save(ours.confirm(now=NOW)))
    with pytest.raises(Stale):
        await storage.work(
            OTHER_DESK, lambda work: work.bookings.save_states([ours.expire(now=LATER)])
        )
    await storage.work(OTHER_DESK, lambda work: work.bookings.save(held()))

    assert await storage.work(DESK, lambda work: work.bookings.get(ours.id)) == ours
    assert await storage.events() == await storage.events(OTHER_DESK) == ["booking_held"]
