"""Begin to pay for a booking: what is due by now, or all of it."""

import attrs

from application.bookings.checking_payments import CheckingPayments
from application.bookings.payable import hold_longer, must_be_payable
from application.bookings.payment_ports import SettlementWork
from application.kernel.once import Once
from application.kernel.ports import Chance, Clock, NewId, UnitOfWork
from application.payments.at_the_provider import AtTheProvider
from application.payments.carry_on_payment import CarriedOn
from application.payments.gateway import (
    NoPaymentProvider,
)
from application.payments.taking_note import TakingNote
from domain.bookings.booking import Booking
from domain.bookings.holding import HoldPolicy
from domain.bookings.life import BookingState
from domain.bookings.owing import due, owing
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId, PaymentId
from domain.kernel.money import Money
from domain.kernel.refusals import Refusal
from domain.payments.abuse import USUAL_RULES, AbuseRules, Recent
from domain.payments.payment import Payment
from domain.payments.payment_references import payment_reference
from domain.payments.refusals import NothingToPay, PaymentOpen
from domain.payments.reviewing import checked


@attrs.frozen(kw_only=True)
class PayBooking:
    """How much that is, is never the caller's to say.

    With `in_full`, also what is due later only; with `manual_capture`, it is set aside at first
    and taken when somebody says so.
    """

    actor: Actor
    booking_id: BookingId
    in_full: bool = False
    manual_capture: bool = False
    return_url: str | None = None
    once: Once[CarriedOn] | None = None


@attrs.frozen(kw_only=True)
class PayBookingHandler:
    """What is to be asked of the provider is stored before it is asked: whatever is lost then,
    asking again under the same key finds it. What looks suspicious is not asked for at all.
    """

    unit_of_work: UnitOfWork[SettlementWork]
    at_the_provider: AtTheProvider
    taking_note: TakingNote
    clock: Clock
    new_id: NewId
    chance: Chance
    policy: HoldPolicy
    checking: CheckingPayments
    rules: AbuseRules = USUAL_RULES

    async def __call__(self, command: PayBooking, /) -> CarriedOn:
        """Raises NothingToPay, PaymentOpen, PaymentProviderDown or NoPaymentProvider."""
        payment = await self._begun(command, await self._provider(command))
        if payment.is_parked or not payment.is_open:
            return await self._goes_no_further(command, payment)
        news = await self.at_the_provider.carry_on(command.actor.organization_id, payment)

        def take_note(work: SettlementWork) -> CarriedOn:
            after = self.taking_note.of_payment(work, payment.id, news)
            return CarriedOn.after(after, news)

        return await self.unit_of_work(command.actor, take_note, once=command.once)

    async def _goes_no_further(self, command: PayBooking, payment: Payment) -> CarriedOn:
        carried_on = CarriedOn(payment=payment, news=None)
        return await self.unit_of_work(command.actor, lambda _: carried_on, once=command.once)

    async def _provider(self, command: PayBooking) -> str:
        """Raises NoPaymentProvider, but of a booking that is not there BookingNotFound first."""
        try:
            return self.at_the_provider.gateways.of(command.actor.organization_id).provider
        except NoPaymentProvider:
            await self.unit_of_work(
                command.actor, lambda work: work.bookings.get(command.booking_id)
            )
            raise

    async def _begun(self, command: PayBooking, provider: str) -> Payment:
        recent = await self.checking.recent(command.actor, command.booking_id)
        try:
            return await self.unit_of_work(
                command.actor, lambda work: self._begin(work, command, provider, recent)
            )
        except Refusal as refused:
            await self._perhaps_answered_before(command, refused)
            raise

    async def _perhaps_answered_before(self, command: PayBooking, refused: Refusal) -> None:
        """Raises Replayed if this very request has had its answer."""

        def refuse(_: SettlementWork) -> CarriedOn:
            raise refused

        await self.unit_of_work(command.actor, refuse, once=command.once)

    def _begin(
        self, work: SettlementWork, command: PayBooking, provider: str, recent: Recent | None
    ) -> Payment:
        now = self.clock()
        booking = work.bookings.get(command.booking_id)
        amount = self._to_be_paid(work, booking, command)
        for known in work.payments.locked_of(booking.id):
            if known.is_open and known.would_do(amount, manual_capture=command.manual_capture):
                return known
            if known.is_open:
                raise PaymentOpen(known.id)
        hold_longer(work, booking, self.policy, now=now)
        payment = Payment.start(
            PaymentId(self.new_id()),
            booking.id,
            amount,
            reference=payment_reference(now, self.chance),
            provider=provider,
            manual_capture=command.manual_capture,
            return_url=command.return_url,
            now=now,
            by=command.actor.id,
        )
        check = self.checking.check(booking, amount, recent, self.rules)
        return self.taking_note.payment(work, None, checked(payment, check, now=now))

    def _to_be_paid(self, work: SettlementWork, booking: Booking, command: PayBooking) -> Money:
        must_be_payable(booking)
        price = booking.agreement.price.total
        paid = work.ledger.books_of(booking.id, price.currency).settled
        if command.in_full:
            whole = price if booking.state is BookingState.HELD else owing(booking).total
            amount = whole - paid
        else:
            amount = due(booking, paid=paid, now=self.clock())
        if amount.minor <= 0:
            raise NothingToPay(booking.id)
        return amount
