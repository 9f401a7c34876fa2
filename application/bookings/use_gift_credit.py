"""Pay for a booking with gift credit, or with as much of it as is left or owed."""

import attrs

from application.bookings.payment_ports import SettlementWork
from application.kernel.once import Once
from application.kernel.ports import Chance, Clock, NewId, UnitOfWork
from application.payments.taking_note import TakingNote
from domain.bookings.booking import Booking
from domain.bookings.life import BookingState
from domain.bookings.owing import owing
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId, PaymentId
from domain.kernel.money import Money
from domain.payments.gift_credit import GiftCreditUsedUp
from domain.payments.gift_events import GiftCreditUsed
from domain.payments.payment import Method, Payment
from domain.payments.payment_references import payment_reference
from domain.payments.refusals import MoreThanIsOwed, NothingToPay


@attrs.frozen(kw_only=True)
class UseGiftCredit:
    """Without an amount, as much as can be."""

    actor: Actor
    booking_id: BookingId
    code: str = attrs.field(repr=False)
    amount_minor: int | None = None
    once: Once[Payment] | None = None


@attrs.frozen(kw_only=True)
class UseGiftCreditHandler:
    unit_of_work: UnitOfWork[SettlementWork]
    taking_note: TakingNote
    clock: Clock
    new_id: NewId
    chance: Chance

    async def __call__(self, command: UseGiftCredit, /) -> Payment:
        """Raises UnknownGiftCode, GiftCreditUsedUp, MoreThanIsOwed, NothingToPay.

        What is left of the credit is decided by the statement that takes it.
        """

        def use(work: SettlementWork) -> Payment:
            now = self.clock()
            booking = work.bookings.locked(command.booking_id)
            credit = work.gift_credits.named(command.code)
            credit.must_be_usable(now=now)
            left = _left(work, booking)
            amount = min(left, credit.balance)
            if command.amount_minor is not None:
                amount = Money(command.amount_minor, credit.amount.currency)
            if amount > left:
                raise MoreThanIsOwed(left)
            if left.minor < 1:
                raise NothingToPay(booking.id)
            if amount.minor < 1:
                raise GiftCreditUsedUp
            work.gift_credits.use(credit.id, amount, now=now)
            used = GiftCreditUsed(
                gift_credit_id=credit.id, amount=amount, booking_id=booking.id, occurred_at=now
            )
            work.facts.publish([used])
            payment = Payment.take_by_hand(
                PaymentId(self.new_id()),
                booking.id,
                amount,
                reference=payment_reference(now, self.chance),
                method=Method.GIFT_CREDIT,
                note="",
                now=now,
            )
            paid = attrs.evolve(payment, gift_credit_id=credit.id)
            return self.taking_note.payment(work, None, paid)

        return await self.unit_of_work(command.actor, use, once=command.once)


def _left(work: SettlementWork, booking: Booking) -> Money:
    price = booking.agreement.price.total
    paid = work.ledger.books_of(booking.id, price.currency).settled
    return (price if booking.state is BookingState.HELD else owing(booking).total) - paid
