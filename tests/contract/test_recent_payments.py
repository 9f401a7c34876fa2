"""What happened lately, as the database counts it: of one organization, within the hour."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import anyio
import attrs
import pytest

from adapters.readers.recent_payments import SqlRecentPayments
from adapters.resilience.recent_payments import PromptRecentPayments
from application.payments.abuse_ports import RecentPayments
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ActorId, BookingId
from domain.kernel.money import Money
from domain.payments.abuse import Recent
from domain.payments.payment import Payment, PaymentState
from tests.contract.paying import booked, save
from tests.contract.storages import SqlStorage, Work
from tests.samples import BERT, DESK, HOUR, NOW, OTHER_DESK, pounds
from tests.samples_of_payments import booking_id, by_hand, payment

pytestmark = pytest.mark.anyio

SOMEBODY = ActorId(UUID(int=4711))


def recent(sql: SqlStorage, *, at: timedelta = timedelta(0)) -> SqlRecentPayments:
    return SqlRecentPayments(database=sql.database, clock=lambda: NOW + at)


def begun(id: int, *, by: ActorId = DESK.id, **members: Any) -> Payment:
    ended = {"state": PaymentState.CANCELLED, "started_by": by, **members}
    return attrs.evolve(payment(id), **ended)


async def test_payments_of_the_hour_are_counted_by_address_and_by_actor(sql: SqlStorage) -> None:
    await booked(sql)

    def of_another(work: Work) -> None:
        booking = work.bookings.get(booking_id(2))
        work.bookings.save(booking.change_contact(BERT, now=NOW))

    await save(sql, begun(801), begun(802), begun(803, by=SOMEBODY))
    await save(sql, begun(804, booking_id=booking_id(2), by=SOMEBODY))
    await sql.work(DESK, of_another)
    before = recent(sql, at=HOUR - timedelta(seconds=1))

    assert await before.before(DESK, booking_id(3)) == Recent(
        by_customer=3, by_actor=2, usual=None
    )
    too_late = await recent(sql, at=HOUR).before(DESK, booking_id(3))
    assert (too_late.by_customer, too_late.by_actor) == (0, 0)
    elsewhere = await before.before(OTHER_DESK, booking_id(3))
    assert (elsewhere.by_customer, elsewhere.by_actor) == (0, 0)


async def test_what_is_usual_is_an_average_of_enough_that_was_captured(sql: SqlStorage) -> None:
    await booked(sql)
    few = [by_hand(id, pounds(100), booking=1) for id in range(801, 820)]
    await save(sql, *few, begun(830))
    assert (await recent(sql).before(DESK, booking_id())).usual is None

    await save(sql, by_hand(820, pounds(160)))

    assert (await recent(sql).before(DESK, booking_id())).usual == Money(10_300, "GBP")
    assert (await recent(sql).before(DESK, BookingId(UUID(int=99)))).usual is None
    assert (await recent(sql).before(OTHER_DESK, booking_id())).usual is None


class Slow(RecentPayments):
    async def before(self, _: Actor, __: BookingId) -> Recent:
        await anyio.sleep_forever()
        raise AssertionError


async def test_nobody_waits_for_long() -> None:
    with pytest.raises(TimeoutError):
        await PromptRecentPayments(Slow(), seconds=0.01).before(DESK, booking_id())
