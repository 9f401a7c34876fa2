"""Of how somebody paid, nothing is left that says who it was."""

from typing import Any

import attrs
import pytest

from domain.payments.abuse import Check, Ruling
from domain.payments.payment import Payment, PaymentState
from domain.payments.provider import Card
from domain.payments.refunds import Refund
from tests.contract.paying import booked, captured, save
from tests.contract.storages import Storage, Work
from tests.samples import DESK, NOW
from tests.samples_of_payments import PRICE, booking_id, payment, payment_id, refund

pytestmark = pytest.mark.anyio

CHECK = Check(
    score=45,
    ruling=Ruling.REVIEW,
    decided_by=DESK.id,
    decided_at=NOW,
    note="Ada called: it is her sister's card",
)
WORDS: dict[str, Any] = {
    "card": Card(brand="visa", last4="4242", country="GB"),
    "receipt_url": "https://receipts.example/1",
    "note": "from the sister of Ada",
    "return_url": "https://shop.example/thanks?name=ada",
    "check": CHECK,
}


def forget(work: Work) -> None:
    work.customers.forget_how_they_paid([booking_id(1)])


async def payments_and_refunds(
    storage: Storage,
) -> tuple[list[Payment], list[Refund]]:
    def look(work: Work) -> tuple[list[Payment], list[Refund]]:
        payments = [work.payments.get(payment_id(id)) for id in (801, 802, 803)]
        return payments, [*work.refunds.of_booking(booking_id(1))]

    return await storage.work(DESK, look)


async def test_words_and_cards_are_gone_and_the_check_stays(storage: Storage) -> None:
    await booked(storage)
    theirs = attrs.evolve(captured(), **WORDS, refunding=PRICE)
    somebody_elses = attrs.evolve(payment(802, booking=2), **WORDS)
    still_open = attrs.evolve(payment(803), **WORDS)
    asked = attrs.evolve(refund(901), reason="Ada fell ill", decision="poor Ada")
    await save(storage, theirs, somebody_elses, still_open, asked)

    await storage.work(DESK, forget)

    (closed, other, to_come), (gone,) = await payments_and_refunds(storage)
    assert (closed.card, closed.receipt_url, closed.note, closed.return_url) == (
        None,
        None,
        "",
        None,
    )
    assert closed.check == attrs.evolve(CHECK, note="")
    assert (closed.captured, closed.state) == (PRICE, PaymentState.CAPTURED)
    assert (to_come.return_url, to_come.note) == (WORDS["return_url"], "")
    assert (other.note, other.check) == (WORDS["note"], CHECK)
    assert (gone.reason, gone.decision, gone.amount) == ("", "", PRICE)
