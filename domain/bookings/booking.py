"""A booking: held, then confirmed, released or expired; confirmed, it may be cancelled."""

from datetime import datetime, timedelta
from enum import Enum
from typing import ClassVar

import attrs

from domain.bookings.agreement import Agreement
from domain.bookings.cancellation import Cancellation
from domain.bookings.contacts import Contact
from domain.bookings.events import (
    BookingCancelled,
    BookingChanged,
    BookingConfirmed,
    BookingExpired,
    BookingHeld,
    BookingReleased,
    HoldExtended,
)
from domain.bookings.references import Reference
from domain.kernel.events import Event
from domain.kernel.identifiers import BookingId, HoldId
from domain.kernel.refusals import Conflict, NotFound


@attrs.frozen
class BookingNotFound(NotFound):
    code: ClassVar[str] = "booking_not_found"
    booking_id: BookingId

    def __str__(self) -> str:
        return f"no booking {self.booking_id}"


@attrs.frozen
class HoldExpired(Conflict):
    code: ClassVar[str] = "hold_expired"
    booking_id: BookingId

    def __str__(self) -> str:
        return f"the hold of booking {self.booking_id} has expired"


@attrs.frozen
class NotHeld(Conflict):
    code: ClassVar[str] = "not_held"
    booking_id: BookingId
    state: str

    def __str__(self) -> str:
        return f"booking {self.booking_id} is {self.state}, not held"


@attrs.frozen
class NotConfirmed(Conflict):
    code: ClassVar[str] = "not_confirmed"
    booking_id: BookingId
    state: str

    def __str__(self) -> str:
        return f"booking {self.booking_id} is {self.state}, not confirmed"


@attrs.frozen
class NoLongerOpen(Conflict):
    code: ClassVar[str] = "no_longer_open"
    booking_id: BookingId
    state: str

    def __str__(self) -> str:
        return f"booking {self.booking_id} is {self.state}; there is nothing left to change"


@attrs.frozen
class HoldAtItsLongest(Conflict):
    code: ClassVar[str] = "hold_at_its_longest"
    booking_id: BookingId
    expires_at: datetime

    def __str__(self) -> str:
        return f"the hold ends at {self.expires_at.isoformat()} and cannot be extended further"


@attrs.frozen
class AlreadyStarted(Conflict):
    code: ClassVar[str] = "already_started"
    booking_id: BookingId

    def __str__(self) -> str:
        return f"booking {self.booking_id} has started and can no longer be cancelled"


class BookingState(Enum):
    HELD = "held"
    CONFIRMED = "confirmed"
    RELEASED = "released"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


@attrs.frozen(kw_only=True)
class HoldTerms:
    """How long a hold lasts, and how long at the most, counted from its beginning."""

    lasts: timedelta
    at_most: timedelta


@attrs.frozen(kw_only=True)
class Booking:
    """Never changes in place: each step returns the next booking and the events it caused.

    While it is held, units are taken until `expires_at`; `extendable_until` is the most to which
    that may be put off. A hold is good until somebody has expired it: no step compares clocks,
    except the one that says whether it is time to expire.
    """

    id: BookingId
    reference: Reference
    agreement: Agreement
    state: BookingState
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
    ) -> "Booking":
        expires_at = now + terms.lasts
        held = BookingHeld(
            booking_id=id,
            reference=reference.text,
            kind=agreement.request.kind,
            resource_id=agreement.request.resource_id,
            expires_at=expires_at,
            occurred_at=now,
        )
        return cls(
            id=id,
            reference=reference,
            agreement=agreement,
            state=BookingState.HELD,
            expires_at=expires_at,
            extendable_until=max(expires_at, now + terms.at_most),
            events=(held,),
        )

    @property
    def hold_id(self) -> HoldId:
        """The name under which inventory keeps the claims of this booking."""
        return HoldId(self.id)

    def extend(self, *, terms: HoldTerms, now: datetime) -> "Booking":
        """Begins the hold anew, within its cap. Raises HoldAtItsLongest if that gains nothing."""
        self._must_be_held()
        expires_at = min(now + terms.lasts, self.extendable_until)
        if expires_at <= max(self.expires_at, now):
            raise HoldAtItsLongest(self.id, self.expires_at)
        extended = HoldExtended(booking_id=self.id, expires_at=expires_at, occurred_at=now)
        return self._next(extended, expires_at=expires_at)

    def confirm(self, *, now: datetime) -> "Booking":
        self._must_be_held()
        confirmed = BookingConfirmed(booking_id=self.id, occurred_at=now)
        return self._next(confirmed, state=BookingState.CONFIRMED)

    def release(self, *, now: datetime) -> "Booking":
        self._must_be_held()
        released = BookingReleased(booking_id=self.id, occurred_at=now)
        return self._next(released, state=BookingState.RELEASED)

    def expire(self, *, now: datetime) -> "Booking":
        self._must_be_held()
        expired = BookingExpired(booking_id=self.id, occurred_at=now)
        return self._next(expired, state=BookingState.EXPIRED)

    def cancel(self, *, now: datetime) -> "Booking":
        """On the terms agreed at purchase, whatever they are today."""
        if self.state is not BookingState.CONFIRMED:
            raise NotConfirmed(self.id, self.state.value)
        starts_at = self.agreement.period.starts_at
        if now >= starts_at:
            raise AlreadyStarted(self.id)
        total = self.agreement.price.total
        split = self.agreement.cancellation.split(total, starts_at=starts_at, now=now)
        cancelled = BookingCancelled(
            booking_id=self.id, fee=split.fee, refund=split.refund, occurred_at=now
        )
        return self._next(cancelled, state=BookingState.CANCELLED, cancellation=split)

    def change_contact(self, contact: Contact, *, now: datetime) -> "Booking":
        """Somebody else is to be written to. Raises NoLongerOpen unless held or confirmed."""
        if self.state not in (BookingState.HELD, BookingState.CONFIRMED):
            raise NoLongerOpen(self.id, self.state.value)
        request = attrs.evolve(self.agreement.request, contact=contact)
        changed = BookingChanged(booking_id=self.id, occurred_at=now)
        return self._next(changed, agreement=attrs.evolve(self.agreement, request=request))

    def _must_be_held(self) -> None:
        match self.state:
            case BookingState.HELD:
                return
            case BookingState.EXPIRED:
                raise HoldExpired(self.id)
            case _:
                raise NotHeld(self.id, self.state.value)

    def _next(self, event: Event, **changes: object) -> "Booking":
        # mypy checks evolve against each caller's keywords only when they are spelled out.
        return attrs.evolve(self, events=(*self.events, event), **changes)  # type: ignore[arg-type]
