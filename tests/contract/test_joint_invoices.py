"""One invoice for several bookings: nothing is asked for twice, and each is set right on it."""

from collections.abc import Sequence
from uuid import UUID, uuid4

import pytest

from application.kernel.retry_stale import RetryStale
from application.paperwork.invoice_itinerary import InvoiceItinerary, InvoiceItineraryHandler
from application.paperwork.issue_papers import IssuePapers, IssuePapersHandler
from domain.bookings.booking import Booking
from domain.bookings.itinerary import Itinerary, ItineraryNotFound
from domain.kernel.identifiers import ItineraryId
from domain.paperwork.issuing import Filed
from domain.paperwork.papers import Paper, PaperKind
from domain.paperwork.refusals import NothingToInvoiceTogether
from tests.contract.courses import course
from tests.contract.crowds import race
from tests.contract.storages import Storage, Work
from tests.samples import DESK, NOW, OTHER_DESK, held, reference, training

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("crowded")]

JOURNEY = ItineraryId(UUID(int=77))


async def booked(storage: Storage, *, confirmed: int = 3) -> list[Booking]:
    await course(storage)

    def save(work: Work) -> list[Booking]:
        every = [held(training(f"Guest {id}"), id=id) for id in (1, 2, 3)]
        kept = [
            work.bookings.save(one.confirm(now=NOW) if place < confirmed else one)
            for place, one in enumerate(every)
        ]
        ids = [one.id for one in kept]
        journey = Itinerary.hold(JOURNEY, ids, reference=reference(9), now=NOW)
        work.itineraries.save(journey)
        return kept

    return await storage.work(DESK, save)


def together(storage: Storage) -> RetryStale[InvoiceItinerary, Sequence[Paper]]:
    return RetryStale(
        InvoiceItineraryHandler(unit_of_work=storage.work, clock=lambda: NOW, new_id=uuid4)
    )


def alone(storage: Storage) -> RetryStale[IssuePapers, Sequence[Paper]]:
    return RetryStale(
        IssuePapersHandler(unit_of_work=storage.work, clock=lambda: NOW, new_id=uuid4)
    )


def told(papers: Sequence[Paper]) -> list[tuple[str, int]]:
    """Numbers and whole pounds."""
    money = [(one.number, one.content.amount) for one in papers if one.numbered]
    return [(number, amount.minor // 100) for number, amount in money if amount is not None]


async def joint_for(storage: Storage, booking: Booking) -> Sequence[Paper]:
    papers = await storage.work(DESK, lambda work: work.papers.about([booking.id]))
    return [one for one in papers if len(one.booking_ids) > 1]


async def open_on_each(storage: Storage, bookings: Sequence[Booking]) -> list[int]:
    """What every invoice asks of each of them and has not taken back, in whole pounds."""

    def add_up(work: Work) -> list[int]:
        sums = []
        for booking in bookings:
            known = Filed.about(booking.id, work.papers.about([booking.id]))
            invoices = (*known.of_kind(PaperKind.INVOICE), *known.joint)
            sums.append(sum(known.open_on(one, booking.id).minor for one in invoices) // 100)
        return sums

    return await storage.work(DESK, add_up)


async def test_one_invoice_is_for_all_and_what_was_invoiced_is_taken_back(
    storage: Storage,
) -> None:
    first, second, third = every = await booked(storage)
    price = first.agreement.price.total.minor // 100
    await alone(storage)(IssuePapers(actor=DESK, booking_id=first.id))

    issued = await together(storage)(InvoiceItinerary(actor=DESK, itinerary_id=JOURNEY))
    assert told(issued) == [("CN-2026-00001", -price), ("INV-2026-00002", 3 * price)]
    assert await together(storage)(InvoiceItinerary(actor=DESK, itinerary_id=JOURNEY)) == []
    for booking in every:
        papers = await alone(storage)(IssuePapers(actor=DESK, booking_id=booking.id))
        assert all(one in issued or not told([one]) for one in papers if one.issued_at > NOW)
    (joint,) = await joint_for(storage, third)
    assert joint == issued[-1]
    assert joint.booking_ids == tuple(one.id for one in every)
    assert await open_on_each(storage, every) == [price] * 3

    await storage.work(DESK, lambda work: work.bookings.save(second.cancel(now=NOW)))
    corrected = await alone(storage)(IssuePapers(actor=DESK, booking_id=second.id))
    (note,) = [one for one in corrected if one.kind is PaperKind.CREDIT_NOTE]
    assert (note.corrects, note.content.reference) == (joint.id, second.reference.text)
    left = second.cancel(now=NOW).cancellation
    kept = left.fee.minor // 100 if left else 0
    assert await open_on_each(storage, every) == [price, kept, price]


async def test_it_is_for_several_that_owe_something(storage: Storage) -> None:
    await booked(storage, confirmed=1)
    with pytest.raises(NothingToInvoiceTogether):
        await together(storage)(InvoiceItinerary(actor=DESK, itinerary_id=JOURNEY))
    with pytest.raises(ItineraryNotFound):
        await together(storage)(InvoiceItinerary(actor=OTHER_DESK, itinerary_id=JOURNEY))


async def test_of_many_who_invoice_at_once_nothing_is_asked_for_twice(storage: Storage) -> None:
    every = await booked(storage)
    price = every[0].agreement.price.total.minor // 100
    journey, one = together(storage), alone(storage)

    await race(
        [
            *(journey(InvoiceItinerary(actor=DESK, itinerary_id=JOURNEY)) for _ in range(3)),
            *(one(IssuePapers(actor=DESK, booking_id=booking.id)) for booking in every),
            *(one(IssuePapers(actor=DESK, booking_id=booking.id)) for booking in every),
        ]
    )

    assert await open_on_each(storage, every) == [price] * 3
    (joint,) = await joint_for(storage, every[2])
    assert joint.content.amount == every[0].agreement.price.total * 3
