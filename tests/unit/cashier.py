"""Bookings and their money over one memory: what is done at the desk, and all that follows."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import uuid4

import attrs

from adapters.sql.documents import new_converter
from application.bookings.money_subscribers import KeepBooks, SettleWhatIsPaid
from application.bookings.pay_booking import PayBooking
from application.bookings.settle_booking import SettleBooking, SettleBookingJob
from application.bookings.watch_instalments import WatchInstalments
from application.kernel.jobs import QueuedJob
from application.kernel.subscribers import RecordedEvent
from application.payments.apply_event import ApplyEvent, ApplyEventJob
from application.payments.ask_about_silent import AskAboutSilent
from application.payments.carry_on_payment import CarriedOn, CarryOnPayment, CarryOnPaymentJob
from application.payments.carry_on_refund import CarryOnRefund, CarryOnRefundJob
from application.payments.gateway import PaymentProviderDown
from application.payments.receive_event import ReceiveEvent
from domain.bookings.booking import Booking
from domain.kernel.actors import SYSTEM, Actor
from domain.kernel.events import Event
from domain.kernel.identifiers import ActorId, BookingId, EventId
from domain.kernel.money import Money
from domain.payments.ledger import Account, Books
from domain.payments.payment import Payment
from domain.payments.refunds import Refund, RefundState
from tests.fakes.gateway import SIGNED, FakeGateway
from tests.fakes.payments import MemoryLedger
from tests.fakes.rows import Rows
from tests.samples import DESK, MINUTE, hotel
from tests.samples_of_payments import NOTHING
from tests.tills import Till
from tests.unit.desk import Desk

converter = new_converter()


@attrs.frozen
class Straight:
    """A job's context without tries of its own."""

    actor: Actor

    async def step(self, _: str, work: Callable[[], Awaitable[Any]], /) -> Any:
        return await work()

    async def progress(self, done: int, total: int) -> None:
        raise NotImplementedError


@attrs.define(kw_only=True)
class Cashier:
    """`heard` and `taken` count the events and jobs that were seen to; `left` are jobs to retry.

    `by` is whoever does what follows next.
    """

    desk: Desk
    till: Till
    by: ActorId = DESK.id
    heard: int = 0
    taken: int = 0
    left: list[QueuedJob] = attrs.field(factory=list)

    @classmethod
    async def open(cls, *, capacity: int = 1) -> "Cashier":
        desk = await Desk.open(capacity=capacity)
        return cls(desk=desk, till=Till(work=desk.memory, clock=desk.clock))

    @property
    def gateway(self) -> FakeGateway:
        return self.till.gateway

    @property
    def rows(self) -> Rows:
        return self.desk.memory.rows(DESK)

    async def held(self) -> Booking:
        return await self.desk.hold(hotel())

    async def pay(self, booking: Booking, **how: Any) -> Payment:
        carried: CarriedOn = await self.till.pay(
            PayBooking(actor=DESK, booking_id=booking.id, **how)
        )
        return carried.payment

    async def comes_back(self, payment: Payment) -> None:
        """The customer, from wherever the provider has sent them."""
        await self.till.carry_on(CarryOnPayment(actor=DESK, payment_id=payment.id))

    async def is_told(self, *places: int) -> None:
        """What the provider has said, by its places in the order of saying."""
        for place in places:
            await self.till.receive(
                ReceiveEvent(
                    actor=DESK,
                    provider=self.gateway.provider,
                    body=json.dumps(place).encode(),
                    signature=SIGNED,
                )
            )

    async def is_told_all(self) -> None:
        await self.is_told(*range(len(self.gateway.said)))

    async def asks_about_silent(self) -> int:
        self.desk.clock.passes(10 * MINUTE)
        answered: int = await self.till.ask_about_silent(AskAboutSilent(actor=DESK))
        await self.works_off()
        return answered

    async def settles(self, booking: Booking, *, by: ActorId = SYSTEM) -> None:
        await self.till.settle(SettleBooking(actor=DESK, booking_id=booking.id, by=by))
        await self.works_off()

    async def works_off(self) -> None:
        """All that has happened is heard, and all that follows done, but what fails by now."""
        left, self.left = self.left, []
        while left or await self._hears() or self._more_to_do():
            jobs = [*left, *self.rows.jobs[self.taken :]]
            left, self.taken = [], len(self.rows.jobs)
            for job in jobs:
                await self._does(job)

    def state(self, booking: Booking) -> str:
        return self.desk.stored(booking.id).state.value

    def payments(self, booking: Booking) -> list[Payment]:
        return [one for one in self.rows.payments.values() if one.booking_id == booking.id]

    def refunds(self, booking: Booking) -> list[Refund]:
        return [one for one in self.rows.refunds.values() if one.booking_id == booking.id]

    def balances(self, booking: Booking) -> dict[Account, int]:
        """In whole pounds, without those that are nothing."""
        books = self.books(booking.id)
        return {account: money.minor // 100 for account, money in books.balances.items()}

    def books(self, booking_id: BookingId) -> Books:
        return MemoryLedger(self.rows).books_of(booking_id, "GBP")

    def must_balance(self) -> None:
        """As the provider has it, so it is in the books; and no more went back than had come."""
        for payment in self.rows.payments.values():
            assert NOTHING <= payment.refunding <= payment.captured
            kept = [
                one.amount
                for one in self.rows.refunds.values()
                if one.payment_id == payment.id and one.state is not RefundState.REJECTED
            ]
            assert sum(kept, start=NOTHING) == payment.refunding
        there = [one.captured for one in self.gateway.payments.values()]
        gone = [self.gateway.given_back(reference) for reference in self.gateway.payments]
        clearing = Money.zero("GBP")
        for booking_id in self.rows.bookings:
            books = self.books(booking_id)
            assert sum(books.balances.values(), start=NOTHING) == NOTHING
            assert books.of(Account.RECEIVABLE).minor * books.credit.minor == 0
            clearing = clearing + books.of(Account.CLEARING)
        assert clearing == sum(there, start=NOTHING) - sum(gone, start=NOTHING)

    def _more_to_do(self) -> bool:
        return len(self.rows.jobs) > self.taken

    async def _hears(self) -> bool:
        events = self.rows.events[self.heard :]
        self.heard += len(events)
        for event in events:
            recorded = self._recorded(event)
            for subscriber in (
                KeepBooks(bookkeeping=self.till.bookkeeping, clock=self.desk.clock),
                SettleWhatIsPaid(),
                WatchInstalments(clock=self.desk.clock, new_id=uuid4),
            ):
                if event.name in subscriber.hears:
                    await self.desk.memory(
                        DESK,
                        lambda work, hear=subscriber, heard=recorded: hear(heard, work),  # type: ignore[misc]
                    )
        return bool(events)

    def _recorded(self, event: Event) -> RecordedEvent:
        return RecordedEvent(
            organization_id=DESK.organization_id,
            position=self.heard,
            id=EventId(uuid4()),
            name=event.name,
            subject=event.subject,
            payload=converter.unstructure(event),
            occurred_at=event.occurred_at,
            actor_id=self.by,
        )

    async def _does(self, job: QueuedJob) -> None:
        handler = self._handlers.get(job.name)
        if handler is None:
            return
        try:
            await handler(job, Straight(Actor.system(DESK.organization_id)))
        except PaymentProviderDown:
            self.left.append(job)

    @property
    def _handlers(self) -> Mapping[str, Any]:
        return {
            CarryOnPayment.JOB: CarryOnPaymentJob(carry_on=self.till.carry_on),
            CarryOnRefund.JOB: CarryOnRefundJob(carry_on=self.till.carry_on_refund),
            SettleBooking.JOB: SettleBookingJob(settle=self.till.settle),
            ApplyEvent.JOB: ApplyEventJob(apply=self.till.apply),
        }
