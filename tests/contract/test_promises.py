"""What is promised about bookings comes back as it was promised."""

from uuid import UUID

import pytest

from application.kernel.ports import Stale
from domain.bookings.cancellation import Cancellation
from domain.bookings.promises import CancellationQuote, ChangeQuote
from domain.bookings.quotes import QuoteNotFound
from domain.bookings.refund_quotes import LineGivenBack, RefundQuote
from domain.kernel.identifiers import QuoteId
from tests.contract.storages import Storage, Work
from tests.samples import DESK, NOW, OTHER_DESK, QUARTER, agreement, held, hotel, pounds
from tests.samples_of_payments import payment_id

pytestmark = pytest.mark.anyio

ID = QuoteId(UUID(int=400))
CANCELLATION = CancellationQuote(
    id=ID,
    booking_id=held().id,
    version=3,
    expires_at=NOW + QUARTER,
    split=Cancellation(fee=pounds(0), refund=pounds(180)),
)
CHANGE = ChangeQuote(
    id=ID,
    booking_id=held().id,
    version=3,
    expires_at=NOW + QUARTER,
    agreement=agreement(hotel(2, 5)),
    difference=pounds(-90),
    fee=pounds(15),
)
REFUND = RefundQuote(
    id=ID,
    booking_id=held().id,
    version=3,
    expires_at=NOW + QUARTER,
    payment_id=payment_id(),
    payment_version=2,
    amount=pounds(50),
    fee=pounds(5),
    unused=pounds(20),
    tax=pounds(3),
    lines=(LineGivenBack(label="Double room", amount=pounds(30)),),
)


async def test_they_come_back_as_they_were_made(storage: Storage) -> None:
    def add_all(work: Work) -> None:
        work.refund_quotes.add(REFUND)
        work.cancellation_quotes.add(CANCELLATION)
        work.change_quotes.add(CHANGE)

    await storage.work(DESK, add_all)

    assert await storage.work(DESK, lambda work: work.cancellation_quotes.get(ID)) == CANCELLATION
    assert await storage.work(DESK, lambda work: work.change_quotes.get(ID)) == CHANGE
    assert await storage.work(DESK, lambda work: work.refund_quotes.get(ID)) == REFUND
    for get in (
        lambda work: work.cancellation_quotes.get(ID),
        lambda work: work.change_quotes.get(ID),
        lambda work: work.refund_quotes.get(ID),
    ):
        with pytest.raises(QuoteNotFound):
            await storage.work(OTHER_DESK, get)


async def test_each_is_made_once(storage: Storage) -> None:
    await storage.work(DESK, lambda work: work.change_quotes.add(CHANGE))
    await storage.work(DESK, lambda work: work.cancellation_quotes.add(CANCELLATION))

    with pytest.raises(Stale):
        await storage.work(DESK, lambda work: work.change_quotes.add(CHANGE))
    with pytest.raises(Stale):
        await storage.work(DESK, lambda work: work.cancellation_quotes.add(CANCELLATION))
    await storage.work(DESK, lambda work: work.refund_quotes.add(REFUND))
    with pytest.raises(Stale):
        await storage.work(DESK, lambda work: work.refund_quotes.add(REFUND))
