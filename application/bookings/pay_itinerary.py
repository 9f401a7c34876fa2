"""Begin to pay for an itinerary: once, for all of its bookings of which something is due."""

from collections.abc import Sequence

import attrs

from application.bookings.checking_payments import CheckingPayments
from application.bookings.itinerary_steps import take_step
from application.bookings.payable import must_be_payable
from application.bookings.payment_ports import SettlementWork
from application.kernel.once import Once
from application.kernel.ports import Chance, Clock, NewId, UnitOfWork
from application.payments.at_the_provider import AtTheProvider
from application.payments.carry_on_payment import CarriedOn
from application.payments.taking_note import TakingNote
from domain.bookings.booking import Booking
from domain.bookings.holding import HoldPolicy
from domain.bookings.itinerary import Itinerary
from domain.bookings.life import BookingState, HoldAtItsLongest, HoldPurpose
from domain.bookings.owing import due, owing
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ItineraryId, PaymentId
from domain.kernel.money import Money, total
from domain.kernel.refusals import Refusal
from domain.payments.abuse import USUAL_RULES, AbuseRules, Recent, Ruling
from domain.payments.joint import Joint
from domain.payments.payment import Payment
from domain.payments.payment_references import payment_reference
from domain.payments.refusals import NothingToPay, PaymentOpen
from domain.payments.reviewing import checked

Due = tuple[Booking, Money]


@attrs.frozen(kw_only=True)
class PayItinerary:
    """How much that is, is never the caller's to say. `in_full`: also what is due later only."""

    actor: Actor
    itinerary_id: ItineraryId
    in_full: bool = False
    return_url: str | None = None
    once: Once[CarriedOn] | None = None


@attrs.frozen(kw_only=True)
class PayItineraryHandler:
    """As for one booking: what is to be asked of the provider is stored before it is asked."""

    unit_of_work: UnitOfWork[SettlementWork]
    at_the_provider: AtTheProvider
    taking_note: TakingNote
    clock: Clock
    new_id: NewId
    chance: Chance
    policy: HoldPolicy
    checking: CheckingPayments
    rules: AbuseRules = USUAL_RULES

    async def __call__(self, command: PayItinerary, /) -> CarriedOn:
        """Raises NothingToPay, PaymentOpen, PaymentProviderDown or NoPaymentProvider."""
        lead = await self._begun(command)
        if lead.is_parked or not lead.is_open:
            return await self._goes_no_further(command, lead)
        news = await self.at_the_provider.carry_on(command.actor.organization_id, lead)

        def take_note(work: SettlementWork) -> CarriedOn:
            return CarriedOn.after(self.taking_note.of_payment(work, lead.id, news), news)

        return await self.unit_of_work(command.actor, take_note, once=command.once)

    async def _goes_no_further(self, command: PayItinerary, lead: Payment) -> CarriedOn:
        carried_on = CarriedOn(payment=lead, news=None)
        return await self.unit_of_work(command.actor, lambda _: carried_on, once=command.once)

    async def _begun(self, command: PayItinerary) -> Payment:
        """Raises ItineraryNotFound, and NoPaymentProvider only if there is one."""
        itinerary = await self.unit_of_work(
            command.actor, lambda work: work.itineraries.get(command.itinerary_id)
        )
        provider = self.at_the_provider.gateways.of(command.actor.organization_id).provider
        recent = await self.checking.recent(command.actor, itinerary.booking_ids[0])
        try:
            return await self.unit_of_work(
                command.actor, lambda work: self._begin(work, command, provider, recent)
            )
        except Refusal as refused:
            await self._perhaps_answered_before(command, refused)
            raise

    async def _perhaps_answered_before(self, command: PayItinerary, refused: Refusal) -> None:
        """Raises Replayed if this very request has had its answer."""

        def refuse(_: SettlementWork) -> CarriedOn:
            raise refused

        await self.unit_of_work(command.actor, refuse, once=command.once)

    def _begin(
        self, work: SettlementWork, command: PayItinerary, provider: str, recent: Recent | None
    ) -> Payment:
        """The share that leads. It is looked at for all: what is refused is refused of all."""
        itinerary = work.itineraries.get(command.itinerary_id)
        owed = self._owed(work, itinerary, in_full=command.in_full)
        if known := _open_already(work, owed):
            return known
        self._hold_longer(work, itinerary)
        # By booking and by id alike, so that whoever locks several of either does it in one order.
        ids = sorted(PaymentId(self.new_id()) for _ in owed)
        whole = total([amount for _, amount in owed], currency=owed[0][1].currency)
        joint = Joint(lead=ids[0], total=whole) if len(owed) > 1 else None
        shares = [
            self._share(command, provider, booking, amount, id=id, joint=joint)
            for id, (booking, amount) in zip(ids, owed, strict=True)
        ]
        largest, amount = max(owed, key=lambda one: one[1].minor)
        check = self.checking.check(largest, amount, recent, self.rules)
        looked_at = shares if check.ruling is Ruling.BLOCK else shares[:1]
        begun = [checked(one, check, now=one.created_at) for one in looked_at]
        lead, *_ = [
            self.taking_note.payment(work, None, one) for one in (*begun, *shares[len(begun) :])
        ]
        return lead

    def _share(
        self,
        command: PayItinerary,
        provider: str,
        booking: Booking,
        amount: Money,
        *,
        id: PaymentId,
        joint: Joint | None,
    ) -> Payment:
        now = self.clock()
        return Payment.start(
            id,
            booking.id,
            amount,
            reference=payment_reference(now, self.chance),
            provider=provider,
            manual_capture=False,
            return_url=command.return_url,
            now=now,
            by=command.actor.id if joint is None or joint.lead == id else None,
            joint=joint,
        )

    def _owed(self, work: SettlementWork, itinerary: Itinerary, *, in_full: bool) -> Sequence[Due]:
        """By booking. Raises NothingToPay, CurrenciesDiffer and what cannot be paid for."""
        bookings = sorted(work.bookings.several(itinerary.booking_ids), key=lambda one: one.id)
        for one in bookings:
            if one.id in itinerary.pending:
                must_be_payable(one)
        each = [(one, self._due(work, one, in_full=in_full)) for one in bookings]
        owed = [(one, amount) for one, amount in each if amount.minor > 0]
        if not owed:
            raise NothingToPay(itinerary.booking_ids[0])
        return owed

    def _due(self, work: SettlementWork, booking: Booking, *, in_full: bool) -> Money:
        price = booking.agreement.price.total
        paid = work.ledger.books_of(booking.id, price.currency).settled
        if not in_full:
            return due(booking, paid=paid, now=self.clock())
        is_held = booking.state is BookingState.HELD
        return (price if is_held else owing(booking).total) - paid

    def _hold_longer(self, work: SettlementWork, itinerary: Itinerary) -> None:
        """Whoever pays has the holds begin anew, within their caps."""
        if not itinerary.pending:
            return
        now = self.clock()

        def extend(booking: Booking) -> Booking:
            terms = self.policy.of(HoldPurpose.PAYMENT, booking.agreement.conditions)
            return booking.extend(terms=terms, now=now)

        try:
            take_step(work, itinerary, itinerary.extend(now=now), extend)
        except HoldAtItsLongest:
            return


def _open_already(work: SettlementWork, owed: Sequence[Due]) -> Payment | None:
    """One for just this may be gone on with. Raises PaymentOpen for any other."""
    open = [
        one for booking, _ in owed for one in work.payments.locked_of(booking.id) if one.is_open
    ]
    if not open:
        return None
    is_this = (
        [one.amount for one in open] == [amount for _, amount in owed]
        and {one.lead for one in open} == {open[0].id}
        and all(one.step is None and not one.manual_capture for one in open)
    )
    if not is_this:
        raise PaymentOpen(open[0].id)
    return open[0]
