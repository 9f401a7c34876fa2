"""A booking: a promise to a customer, from the hold to what became of it."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

import attrs

from domain.bookings.agreement import Agreement
from domain.bookings.cancellation import Cancellation
from domain.bookings.conditions import SoldOnRequest
from domain.bookings.contacts import Contact
from domain.bookings.events import (
    BookingApproved,
    BookingCancelled,
    BookingChanged,
    BookingCheckedIn,
    BookingCompleted,
    BookingConfirmed,
    BookingDeclined,
    BookingEvent,
    BookingExpired,
    BookingHeld,
    BookingNotShown,
    BookingReinstated,
    BookingReleased,
    BookingRescheduled,
    HoldExtended,
    UnitsAssigned,
)
from domain.bookings.itinerary import HeldTogether
from domain.bookings.life import (
    AlreadyStarted,
    AwaitsApproval,
    BookingState,
    HasBegun,
    HoldAtItsLongest,
    HoldExpired,
    HoldPurpose,
    HoldTerms,
    NoLongerOpen,
    NotConfirmed,
    NotHeld,
    NothingToApprove,
    NotInProgress,
    NotStarted,
)
from domain.bookings.references import Reference
from domain.kernel.events import Event
from domain.kernel.identifiers import BookingId, HoldId, ItineraryId, UnitId
from domain.kernel.money import Money, total


@attrs.frozen(kw_only=True)
class Booking:
    """Never changes in place: each step returns the next booking and the one event it caused.

    While it is held, units are taken until `expires_at`; `extendable_until` is the most to which
    that may be put off. A hold is good until somebody has expired it: no step compares clocks,
    except the one that says whether it is time to expire.
    """

    ARRIVES_EARLY: ClassVar[timedelta] = timedelta(hours=12)

    id: BookingId
    reference: Reference
    agreement: Agreement
    state: BookingState
    purpose: HoldPurpose = HoldPurpose.PAYMENT
    itinerary_id: ItineraryId | None = None
    expires_at: datetime
    extendable_until: datetime
    cancellation: Cancellation | None = None
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def hold(
        cls,
        id: BookingId,
        agreement: Agreement,
        *,
        reference: Reference,
        terms: HoldTerms,
        now: datetime,
        purpose: HoldPurpose = HoldPurpose.PAYMENT,
        itinerary_id: ItineraryId | None = None,
    ) -> "Booking":
        """Raises SoldOnRequest if it is to be held together with what nobody has to approve of."""
        if itinerary_id is not None and agreement.conditions.on_request:
            raise SoldOnRequest(agreement.request.resource_id)
        expires_at = now + terms.lasts
        held = BookingHeld(
            booking_id=id,
            reference=reference.text,
            kind=agreement.request.kind,
            resource_id=agreement.request.resource_id,
            purpose=purpose.value,
            itinerary_id=itinerary_id,
            expires_at=expires_at,
            occurred_at=now,
        )
        return cls(
            id=id,
            reference=reference,
            agreement=agreement,
            state=BookingState.HELD,
            purpose=purpose,
            itinerary_id=itinerary_id,
            expires_at=expires_at,
            extendable_until=max(expires_at, now + terms.at_most),
            events=(held,),
        )

    @property
    def hold_id(self) -> HoldId:
        """The name under which inventory keeps the claims of this booking."""
        return HoldId(self.id)

    @property
    def starts_at(self) -> datetime:
        return self.agreement.period.starts_at

    def must_be_held_alone(self) -> None:
        """Raises HeldTogether: what is decided about this hold is decided about others as well."""
        if self.itinerary_id is not None and self.state is BookingState.HELD:
            raise HeldTogether(self.id, self.itinerary_id)

    def extend(self, *, terms: HoldTerms, now: datetime) -> "Booking":
        """Begins the hold anew, within its cap. Raises HoldAtItsLongest if that gains nothing."""
        self.must_be_held()
        expires_at = min(now + terms.lasts, self.extendable_until)
        if expires_at <= max(self.expires_at, now):
            raise HoldAtItsLongest(self.id, self.expires_at)
        extended = self._event(HoldExtended, now, expires_at=expires_at)
        return self._next(extended, expires_at=expires_at)

    def approve(self, *, terms: HoldTerms, now: datetime) -> "Booking":
        """What was asked for is granted: the hold now waits for payment, on those terms."""
        self.must_be_held()
        if self.purpose is not HoldPurpose.APPROVAL:
            raise NothingToApprove(self.id)
        expires_at = now + terms.lasts
        return self._next(
            self._event(BookingApproved, now, expires_at=expires_at),
            purpose=HoldPurpose.PAYMENT,
            expires_at=expires_at,
            extendable_until=max(expires_at, now + terms.at_most),
        )

    def decline(self, *, now: datetime) -> "Booking":
        self.must_be_held()
        if self.purpose is not HoldPurpose.APPROVAL:
            raise NothingToApprove(self.id)
        return self._next(self._event(BookingDeclined, now), state=BookingState.DECLINED)

    def confirm(self, *, now: datetime) -> "Booking":
        self.must_be_held()
        if self.purpose is HoldPurpose.APPROVAL:
            raise AwaitsApproval(self.id)
        urgent = self.agreement.request.has_urgent_requirements
        confirmed = self._event(BookingConfirmed, now, urgent_requirements=urgent)
        return self._next(confirmed, state=BookingState.CONFIRMED)

    def reinstate(self, *, now: datetime) -> "Booking":
        """What was let go of is promised after all: the customer has paid for it."""
        if self.state not in (BookingState.EXPIRED, BookingState.RELEASED):
            raise NotHeld(self.id, self.state.value)
        return self._next(self._event(BookingReinstated, now), state=BookingState.CONFIRMED)

    def release(self, *, now: datetime) -> "Booking":
        self.must_be_held()
        return self._next(self._event(BookingReleased, now), state=BookingState.RELEASED)

    def expire(self, *, now: datetime) -> "Booking":
        self.must_be_held()
        return self._next(self._event(BookingExpired, now), state=BookingState.EXPIRED)

    def check_in(self, *, now: datetime, boarding: tuple[int, ...] = ()) -> "Booking":
        """With these boarding numbers. Raises NotStarted more than half a day too early."""
        self._must_be_confirmed()
        if now < self.starts_at - self.ARRIVES_EARLY:
            raise NotStarted(self.id, self.starts_at)
        told, boarded = self._event(BookingCheckedIn, now), self.agreement.boarded(boarding)
        return self._next(told, state=BookingState.IN_PROGRESS, agreement=boarded)

    def complete(self, *, now: datetime) -> "Booking":
        """The customer has had what was promised: only whoever was there can have."""
        if self.state is not BookingState.IN_PROGRESS:
            raise NotInProgress(self.id, self.state.value)
        return self._next(self._event(BookingCompleted, now), state=BookingState.COMPLETED)

    def not_shown(self, *, now: datetime) -> "Booking":
        """Nobody came; the price is kept. Raises NotStarted before anybody could have come."""
        self._must_be_confirmed()
        if now < self.starts_at:
            raise NotStarted(self.id, self.starts_at)
        return self._next(self._event(BookingNotShown, now), state=BookingState.NO_SHOW)

    def cancellation_at(self, now: datetime) -> Cancellation:
        """What cancelling then would cost, on the terms agreed at purchase."""
        self._must_be_confirmed()
        if now >= self.starts_at:
            raise AlreadyStarted(self.id)
        price, terms = self.agreement.price, self.agreement.cancellation
        return terms.split(price.total, starts_at=self.starts_at, now=now, kept=price.kept)

    def cancel(self, *, now: datetime, promised: Cancellation | None = None) -> "Booking":
        """For the customer: on what was `promised`, or else on the terms agreed at purchase."""
        split = self.cancellation_at(now)
        return self._cancelled(promised or split, now=now)

    def cancel_by_company(self, *, reason: str, now: datetime) -> "Booking":
        """Whatever the terms say, all of the price is given back."""
        if self.state not in (BookingState.CONFIRMED, BookingState.IN_PROGRESS):
            raise NotConfirmed(self.id, self.state.value)
        price = self.agreement.price.total
        fee = Money.zero(price.currency)
        split = Cancellation(fee=fee, refund=price, by_company=True, reason=reason)
        return self._cancelled(split, now=now)

    def must_allow(self, agreement: Agreement, *, now: datetime) -> None:
        """Raises NotConfirmed, AlreadyStarted or HasBegun if it cannot become that."""
        if self.state is BookingState.IN_PROGRESS:
            self._must_only_end_otherwise(agreement, now)
            return
        self._must_be_confirmed()
        if now >= self.starts_at:
            raise AlreadyStarted(self.id)

    def reschedule(
        self, agreement: Agreement, *, now: datetime, fee: Money | None = None
    ) -> "Booking":
        """Something else is promised from now on; the price differs by what the event says.

        What was consented to stays so, unless there is something new.
        """
        self.must_allow(agreement, now=now)
        rescheduled = BookingRescheduled(
            booking_id=self.id,
            resource_id=agreement.request.resource_id,
            previous_resource_id=self.agreement.request.resource_id,
            difference=agreement.price.total - self.agreement.price.total,
            fee=fee,
            occurred_at=now,
        )
        fees = [one for one in (self.agreement.change_fees, fee) if one is not None]
        charged = total(fees, currency=agreement.price.total.currency) if fees else None
        promised = attrs.evolve(
            agreement, change_fees=charged, consent=agreement.consent or self.agreement.consent
        )
        return self._next(rescheduled, agreement=promised)

    def change_contact(self, contact: Contact, *, now: datetime) -> "Booking":
        """Somebody else is to be written to. Raises NoLongerOpen unless held or confirmed."""
        if self.state not in (BookingState.HELD, BookingState.CONFIRMED):
            raise NoLongerOpen(self.id, self.state.value)
        request = attrs.evolve(self.agreement.request, contact=contact)
        changed = self._event(BookingChanged, now)
        return self._next(changed, agreement=attrs.evolve(self.agreement, request=request))

    def give_units(self, unit_ids: tuple[UnitId, ...], *, now: datetime) -> "Booking":
        """Which single things it gets is decided. Raises NotConfirmed."""
        if self.state not in (BookingState.CONFIRMED, BookingState.IN_PROGRESS):
            raise NotConfirmed(self.id, self.state.value)
        return self._next(self._event(UnitsAssigned, now, unit_ids=unit_ids))

    def _cancelled(self, split: Cancellation, *, now: datetime) -> "Booking":
        cancelled = self._event(BookingCancelled, now, **attrs.asdict(split, recurse=False))
        return self._next(cancelled, state=BookingState.CANCELLED, cancellation=split)

    def _must_only_end_otherwise(self, agreement: Agreement, now: datetime) -> None:
        old, zone = self.agreement, self.agreement.zone
        if (
            agreement.request.resource_id != old.request.resource_id
            or agreement.period.starts_at != old.period.starts_at
            or zone.date_at(agreement.period.ends_at) < zone.date_at(now)
        ):
            raise HasBegun(self.id)

    def _must_be_confirmed(self) -> None:
        if self.state is not BookingState.CONFIRMED:
            raise NotConfirmed(self.id, self.state.value)

    def must_be_held(self) -> None:
        match self.state:
            case BookingState.HELD:
                return
            case BookingState.EXPIRED:
                raise HoldExpired(self.id)
            case _:
                raise NotHeld(self.id, self.state.value)

    def _event(self, kind: type[BookingEvent], now: datetime, **members: Any) -> BookingEvent:
        resource_id = self.agreement.request.resource_id
        return kind(booking_id=self.id, resource_id=resource_id, occurred_at=now, **members)

    def _next(self, event: Event, **changes: object) -> "Booking":
        # mypy checks evolve against each caller's keywords only when they are spelled out.
        return attrs.evolve(self, events=(*self.events, event), **changes)  # type: ignore[arg-type]
