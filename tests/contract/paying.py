"""Payments and what becomes of them, straight into storage."""

from typing import Any

from domain.payments.disputes import Dispute
from domain.payments.hearing import heard
from domain.payments.payment import Payment
from domain.payments.provider import ProviderStatus
from domain.payments.refunds import Refund
from tests.contract.storages import Storage, Work
from tests.samples import DESK, NOW, held
from tests.samples_of_payments import news, payment


async def save(storage: Storage, *saved: Payment | Refund | Dispute) -> list[Any]:
    def save_all(work: Work) -> list[Any]:
        kept: list[Any] = []
        for one in saved:
            if isinstance(one, Payment):
                kept.append(work.payments.save(one))
            elif isinstance(one, Refund):
                kept.append(work.refunds.save(one))
            else:
                kept.append(work.disputes.save(one))
        return kept

    return await storage.work(DESK, save_all)


async def booked(storage: Storage) -> Storage:
    """With three bookings to pay for."""

    def book(work: Work) -> None:
        for number in (1, 2, 3):
            work.bookings.save(held(id=number))

    await storage.work(DESK, book)
    return storage


def captured(id: int = 801, **said: Any) -> Payment:
    return heard(payment(id), news(ProviderStatus.SUCCEEDED, id=id, **said), now=NOW)
