"""What papers are made of, in the words of paperwork."""

from collections.abc import Sequence
from datetime import date, datetime

import attrs

from domain.kernel.identifiers import BookingId, PaymentId, ResourceId
from domain.kernel.money import Money
from domain.kernel.periods import Zone
from domain.kernel.personal import personal
from domain.paperwork.contents import Recipient
from domain.paperwork.terms import REFRESHER

GOOD = frozenset({"confirmed", "in_progress", "completed", "no_show"})
STILL_TO_COME = frozenset({"confirmed", "in_progress"})
CANCELLED = "cancelled"


@attrs.frozen(kw_only=True)
class SoldLine:
    """`kind` is charge, discount, fee or tax: the last is added to the others."""

    label: str
    kind: str
    day: date | None
    units: int
    unit_price: Money
    amount: Money


@attrs.frozen(kw_only=True)
class ContainedTax:
    name: str
    basis_points: int
    amount: Money


@attrs.frozen(kw_only=True)
class Sold:
    """A booking, by what papers say about one. `seller` is the name of the organization.

    `price` is that of what was agreed last; `change_fees` come on top. `kept` is what is owed
    all the same once it is cancelled.
    """

    booking_id: BookingId
    resource_id: ResourceId
    reference: str
    kind: str
    state: str
    title: str
    starts_at: datetime
    ends_at: datetime
    zone: Zone
    seller: str
    recipient: Recipient
    attendees: tuple[str, ...] = attrs.field(
        default=(), repr=False, metadata=personal("who takes part")
    )
    lines: tuple[SoldLine, ...]
    contained: tuple[ContainedTax, ...] = ()
    price: Money
    change_fees: Money | None = None
    kept: Money | None = None
    reason: str = ""

    @property
    def good(self) -> bool:
        return self.state in GOOD

    @property
    def still_to_come(self) -> bool:
        return self.state in STILL_TO_COME

    @property
    def cancelled(self) -> bool:
        return self.state == CANCELLED

    @property
    def owed(self) -> Money:
        """In all, whatever has been paid."""
        fees = self.change_fees or Money.zero(self.price.currency)
        if self.good:
            return self.price + fees
        if self.cancelled and self.kept is not None:
            return self.kept + fees
        return Money.zero(self.price.currency)


@attrs.frozen(kw_only=True)
class SoldTogether:
    """The bookings of an itinerary, by what papers say about them."""

    reference: str
    bookings: tuple[Sold, ...]


@attrs.frozen(kw_only=True)
class MoneyReceived:
    """Money that has come in for a booking; `method` says how."""

    id: PaymentId
    amount: Money
    method: str
    captured_at: datetime


@attrs.frozen(kw_only=True)
class TookPart:
    """Somebody who has earned a certificate: attendee `place` of the booking."""

    booking_id: BookingId
    reference: str
    place: int
    recipient: Recipient


@attrs.frozen(kw_only=True)
class SessionHeld:
    """A session of a course, and who took part in it."""

    resource_id: ResourceId
    title: str
    level: str
    category: str
    starts_at: datetime
    ends_at: datetime
    zone: Zone
    seller: str
    trainer: str = attrs.field(default="", repr=False, metadata=personal("who taught"))
    took_part: Sequence[TookPart] = ()

    @property
    def refresher(self) -> bool:
        """By its level or its category."""
        return REFRESHER in (self.level.casefold(), self.category.casefold())
