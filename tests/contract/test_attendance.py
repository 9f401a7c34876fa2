"""Attendance: kept as it was marked, by one at a time."""

from uuid import UUID

import pytest

from application.kernel.ports import Stale
from domain.bookings.attendance import Attendance, AttendeePresence, Mark, Place
from domain.bookings.booking import Booking
from domain.kernel.identifiers import BookingId
from tests.contract.courses import course
from tests.contract.storages import Storage, Work
from tests.samples import DESK, FIRST_AID, HOUR, NOW, OTHER_DESK, held, training

pytestmark = pytest.mark.anyio

PLACE = Place(BookingId(UUID(int=1)), 1)
MARKS = (
    Mark(
        place=PLACE, presence=AttendeePresence.LATE, checked_in_at=NOW, checked_out_at=NOW + HOUR
    ),
    Mark(place=Place(PLACE.booking_id, 2), presence=AttendeePresence.EXCUSED, earned=False),
)
LIST = Attendance(resource_id=FIRST_AID.id, marks=MARKS)


async def test_a_list_comes_back_as_it_was_marked(storage: Storage) -> None:
    await course(storage)
    await storage.work(DESK, lambda work: work.attendance.save(LIST))

    found = await storage.work(DESK, lambda work: work.attendance.of(FIRST_AID.id))

    assert (found.marks, found.version) == (MARKS, 1)
    nobody = await storage.work(OTHER_DESK, lambda work: work.attendance.of(FIRST_AID.id))
    assert (nobody.marks, nobody.version) == ((), 0)


async def test_nobody_overwrites_what_they_have_not_seen(storage: Storage) -> None:
    await course(storage)
    saved = await storage.work(DESK, lambda work: work.attendance.save(LIST))
    await storage.work(DESK, lambda work: work.attendance.save(saved))

    for late in (LIST, saved):

        def save(work: Work, late: Attendance = late) -> Attendance:
            return work.attendance.save(late)

        with pytest.raises(Stale):
            await storage.work(DESK, save)


async def test_those_are_expected_who_were_confirmed(storage: Storage) -> None:
    await course(storage)
    waiting = held(training("Held"), id=3)
    expected = [held(training(f"Guest {n}"), id=n).confirm(now=NOW) for n in (2, 1)]

    def save(work: Work) -> None:
        for booking in (waiting, *expected):
            work.bookings.save(booking)

    def attending(work: Work) -> list[Booking]:
        return list(work.bookings.attending(FIRST_AID.id))

    await storage.work(DESK, save)

    found = await storage.work(DESK, attending)
    assert [booking.id for booking in found] == [expected[1].id, expected[0].id]
    assert await storage.work(OTHER_DESK, attending) == []
