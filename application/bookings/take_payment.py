"""Say that money was received by hand: a bank transfer, cash."""

import attrs

from application.bookings.payment_ports import SettlementWork
from application.kernel.once import Once
from application.kernel.ports import Chance, Clock, NewId, UnitOfWork
from application.payments.taking_note import TakingNote
from domain.bookings.life import BookingState
from domain.bookings.owing import owing
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId, PaymentId
from domain.kernel.money import Money
from domain.payments.payment import Method, Payment
from domain.payments.payment_references import payment_reference
from domain.payments.refusals import MoreThanIsOwed, NotByHand


@attrs.frozen(kw_only=True)
class TakePayment:
    """`amount` is what was received, `note` where that can be looked up."""

    actor: Actor
    booking_id: BookingId
    amount: Money
    method: Method
    note: str
    once: Once[Payment] | None = None


@attrs.frozen(kw_only=True)
class TakePaymentHandler:
    unit_of_work: UnitOfWork[SettlementWork]
    taking_note: TakingNote
    clock: Clock
    new_id: NewId
    chance: Chance

    async def __call__(self, command: TakePayment, /) -> Payment:
        """Raises MoreThanIsOwed, NotByHand or CurrenciesDiffer."""

        def take(work: SettlementWork) -> Payment:
            now = self.clock()
            booking = work.bookings.locked(command.booking_id)  # nobody else takes the same now
            price = booking.agreement.price.total
            paid = work.ledger.books_of(booking.id, price.currency).settled
            is_held = booking.state is BookingState.HELD
            left = (price if is_held else owing(booking).total) - paid
            if command.method not in {Method.BANK_TRANSFER, Method.CASH}:
                raise NotByHand
            if command.amount > left:
                raise MoreThanIsOwed(left)
            payment = Payment.take_by_hand(
                PaymentId(self.new_id()),
                booking.id,
                command.amount,
                reference=payment_reference(now, self.chance),
                method=command.method,
                note=command.note,
                now=now,
            )
            return self.taking_note.payment(work, None, payment)

        return await self.unit_of_work(command.actor, take, once=command.once)
