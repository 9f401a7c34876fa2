"""Several bookings change in one statement, all of them or none."""

from collections import Counter
from random import Random
from uuid import UUID

import attrs
import pytest

from application.kernel.ports import Stale
from domain.bookings.booking import Booking
from domain.bookings.references import Reference
from domain.kernel.identifiers import BookingId
from tests.contract.storages import Storage
from tests.contract.test_bookings import LATER, saved
from tests.samples import DESK, HOLD_TERMS, NOW, OTHER_DESK, SECOND, agreement, held

pytestmark = pytest.mark.anyio


def one_of_many(number: int) -> Booking:
    return Booking.hold(
        BookingId(UUID(int=number)),
        agreement(),
        reference=Reference.draw("FD", Random(number).randrange),
        terms=HOLD_TERMS,
        now=NOW,
    )


async def test_several_bookings_change_together(storage: Storage) -> None:
    bookings = await saved(storage, *(one_of_many(number) for number in range(1, 64)))
    changed = [
        booking.extend(terms=HOLD_TERMS, now=NOW + number * SECOND)
        for number, booking in enumerate(bookings[:61], 1)
    ]
    changed[::2] = [booking.confirm(now=NOW) for booking in bookings[:61:2]]
    changed.reverse()

    after = await storage.work(DESK, lambda work: work.bookings.save_several(changed))
    assert await storage.work(DESK, lambda work: work.bookings.save_several([])) == []

    ids = [booking.id for booking in bookings]
    found = await storage.work(DESK, lambda work: work.bookings.several(ids))
    assert after == [attrs.evolve(booking, version=2) for booking in changed]
    assert found == [*reversed(after), *bookings[61:]]
    assert Counter((await storage.events())[63:]) == {
        "booking_confirmed": 31,
        "hold_extended": 30,
    }


async def test_several_change_together_or_not_at_all(storage: Storage) -> None:
    bookings = await saved(storage, *(held(id=number) for number in range(1, 4)))
    (confirmed,) = await saved(storage, bookings[1].confirm(now=NOW))
    expired = [booking.expire(now=LATER) for booking in bookings]

    for wrong in (expired, [expired[0], held(id=9)], [expired[0], expired[0]]):
        with pytest.raises(Stale):
            await storage.work(DESK, lambda work: work.bookings.save_several(wrong))  # noqa: B023

    found = await storage.work(DESK, lambda work: work.bookings.several([b.id for b in bookings]))
    assert found == [bookings[0], confirmed, bookings[2]]
    assert "booking_expired" not in await storage.events()
    with pytest.raises(Stale):
        await storage.work(OTHER_DESK, lambda work: work.bookings.save_several(expired[:1]))
