"""What papers cost that are issued again is owed, and written once."""

from uuid import UUID, uuid4

import pytest

from adapters.sql.documents import new_converter
from application.bookings.money_subscribers import ChargePaperFees
from application.bookings.money_views import MoneyOfBooking
from application.kernel.subscribers import RecordedEvent
from application.payments.bookkeeping import Bookkeeping
from domain.bookings.booking import Booking
from domain.kernel.identifiers import EventId
from domain.paperwork.events import PaperReissued
from domain.paperwork.issuing import Filed, Issuing, papers_due
from domain.paperwork.papers import PaperKind
from domain.paperwork.terms import USUAL_TERMS
from domain.payments.ledger import Account
from tests.contract.courses import course
from tests.contract.storages import Storage, Work
from tests.samples import DAY, DESK, NOW, held, pounds, training
from tests.samples_of_payments import NOTHING

pytestmark = pytest.mark.anyio

LATE = NOW + 365 * DAY
FEE = pounds(5)


async def invoiced(storage: Storage) -> Booking:
    await course(storage)

    def issue(work: Work) -> Booking:
        booking = work.bookings.save(held(training("Guest"), id=1).confirm(now=NOW))
        issuing = Issuing(terms=USUAL_TERMS, new_id=uuid4, next_place=work.numbers.next, now=NOW)
        for paper in papers_due(work.sources.sold(booking.id), Filed(()), issuing):
            work.papers.save(paper)
        return booking

    return await storage.work(DESK, issue)


async def issued_again(storage: Storage, booking: Booking) -> PaperReissued:
    def reissue(work: Work) -> PaperReissued:
        (invoice,) = Filed(work.papers.of_booking(booking.id)).of_kind(PaperKind.INVOICE)
        again = invoice.reissue(USUAL_TERMS, now=LATE)
        work.papers.save(again)
        (told,) = again.events
        assert isinstance(told, PaperReissued)
        return told

    return await storage.work(DESK, reissue)


async def hear(storage: Storage, told: PaperReissued) -> None:
    recorded = RecordedEvent(
        organization_id=DESK.organization_id,
        position=1,
        id=EventId(UUID(int=4)),
        name=told.name,
        subject=told.subject,
        payload=new_converter().unstructure(told),
        occurred_at=told.occurred_at,
        actor_id=DESK.id,
    )
    subscriber = ChargePaperFees(bookkeeping=Bookkeeping(new_id=uuid4), clock=lambda: LATE)
    await storage.work(DESK, lambda work: subscriber(recorded, work))


async def money(storage: Storage, booking: Booking) -> MoneyOfBooking:
    def look(work: Work) -> MoneyOfBooking:
        books = work.ledger.books_of(booking.id, "GBP")
        return MoneyOfBooking.of(work.bookings.get(booking.id), books, now=LATE)

    return await storage.work(DESK, look)


async def test_fees_are_owed_once_however_often_they_are_heard_of(storage: Storage) -> None:
    booking = await invoiced(storage)
    price = booking.agreement.price.total
    first, second = [await issued_again(storage, booking) for _ in range(2)]
    for told in (second, first, second):
        await hear(storage, told)

    owes = await money(storage, booking)
    assert owes.paper_fees == FEE + FEE
    assert owes.owed == owes.due == price + FEE + FEE
    books = await storage.work(DESK, lambda work: work.ledger.books_of(booking.id, "GBP"))
    assert books.of(Account.PAPER_FEES) == -(FEE + FEE)
    assert books.of(Account.RECEIVABLE) == books.charged == price + FEE + FEE
    assert sum(books.balances.values(), start=NOTHING) == NOTHING
