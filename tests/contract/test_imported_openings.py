"""Units put on sale from a list go first to those who wait for them."""

from collections.abc import Sequence

import attrs
import pytest

from application.bookings.hold_booking import HoldBooking
from application.bookings.join_waiting_list import JoinWaitingList
from application.inventory.import_openings import ImportOpenings, OpeningRow
from application.kernel.rows import Row, RowRefused
from domain.bookings.contacts import Contact
from domain.bookings.waiting import WaitingEntry, WaitingState
from domain.kernel.periods import DateRange
from tests.contract.crowds import use_cases
from tests.contract.storages import Storage, Work, put_on_sale, taken
from tests.freeing import offers
from tests.samples import DESK, DOUBLE_ROOMS, NOW, day, hotel, night, quote

pytestmark = pytest.mark.anyio


def opening(*, capacity: int) -> OpeningRow:
    dates = DateRange(first=day(1), until=day(2))
    return OpeningRow(resource_id=DOUBLE_ROOMS.id, dates=dates, capacity=capacity)


async def import_all(storage: Storage, *values: OpeningRow) -> Sequence[RowRefused]:
    openings = ImportOpenings[Work](waiting=offers())
    rows = [Row(line=line, value=value) for line, value in enumerate(values, 1)]
    return await storage.work(DESK, lambda work: openings(work, rows, now=NOW))


async def sold_out_and_waited_for(storage: Storage) -> WaitingEntry:
    await put_on_sale(storage, capacity=1)
    sold = quote(hotel(1, 2), id=502)
    await storage.work(DESK, lambda work: work.quotes.add(sold))
    desk = use_cases(storage.work)
    await desk.hold(HoldBooking(actor=DESK, quote_id=sold.id))
    late = attrs.evolve(hotel(1, 2), contact=Contact(name="Late", email="late@example.com"))
    return await desk.join(JoinWaitingList(actor=DESK, request=late))


async def test_a_room_more_is_offered_to_whoever_waits(storage: Storage) -> None:
    entry = await sold_out_and_waited_for(storage)

    assert await import_all(storage, opening(capacity=2)) == []

    waited = await storage.work(DESK, lambda work: work.waiting.get(entry.id))
    assert waited.state is WaitingState.OFFERED
    assert await taken(storage) == {night(1): 2}


async def test_a_bad_row_changes_nothing_and_the_others_are_taken(storage: Storage) -> None:
    entry = await sold_out_and_waited_for(storage)

    (refused,) = await import_all(storage, opening(capacity=0), opening(capacity=2))

    assert (refused.line, refused.code) == (1, "capacity_below_taken")
    waited = await storage.work(DESK, lambda work: work.waiting.get(entry.id))
    assert waited.state is WaitingState.OFFERED
