"""What there is to tell a customer about a booking, and on which occasion."""

from datetime import date, datetime
from enum import Enum
from typing import ClassVar

import attrs

from domain.kernel.identifiers import BookingId
from domain.kernel.money import Money
from domain.kernel.periods import Zone
from domain.kernel.refusals import NotFound


@attrs.frozen
class NothingToTell(NotFound):
    code: ClassVar[str] = "nothing_to_tell"
    booking_id: BookingId

    def __str__(self) -> str:
        return f"no booking {self.booking_id} to write about"


class Occasion(Enum):
    CONFIRMED = "confirmed"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    APPROVED = "approved"
    DECLINED = "declined"
    OFFERED = "offered"
    INQUIRED = "held for you"
    DUE_SOON = "due to be paid soon"
    OVERDUE = "not paid yet"

    @property
    def true_while(self) -> frozenset[str]:
        """The states in which a booking must be for the message to be no lie when it is read."""
        return _TRUE_WHILE[self]

    @property
    def concerns_calendars(self) -> bool:
        """Whether the customer's calendar has an entry to make, change or take out."""
        return self not in _OUT_OF_CALENDARS


_TRUE_WHILE = {
    Occasion.CONFIRMED: frozenset({"confirmed"}),
    Occasion.CHANGED: frozenset({"confirmed", "in_progress"}),
    Occasion.CANCELLED: frozenset({"cancelled"}),
    Occasion.APPROVED: frozenset({"held"}),
    Occasion.DECLINED: frozenset({"declined"}),
    Occasion.OFFERED: frozenset({"held"}),
    Occasion.INQUIRED: frozenset({"held"}),
    Occasion.DUE_SOON: frozenset({"confirmed"}),
    Occasion.OVERDUE: frozenset({"confirmed"}),
}

_OUT_OF_CALENDARS = (
    Occasion.APPROVED,
    Occasion.DECLINED,
    Occasion.OFFERED,
    Occasion.INQUIRED,
    Occasion.DUE_SOON,
    Occasion.OVERDUE,
)


@attrs.frozen(kw_only=True)
class NoticeLine:
    """`kind` is charge, discount, fee or tax; only charges are for a day."""

    label: str
    kind: str = "charge"
    day: date | None = None
    units: int = 1
    amount: Money


@attrs.frozen(kw_only=True)
class NoticeTax:
    """A tax that the total contains."""

    name: str
    amount: Money


@attrs.frozen(kw_only=True)
class BookingNotice:
    """A booking as its customer should know it. `fee` and `refund` are there once it is cancelled,
    `expires_at` while it is held, `continuation` while it is held as an inquiry.

    `version` grows with every change, so that calendars can tell old news from new.
    """

    booking_id: BookingId
    reference: str
    version: int
    state: str
    title: str
    starts_at: datetime
    ends_at: datetime
    zone: Zone
    contact_name: str = attrs.field(repr=False)
    contact_email: str = attrs.field(repr=False)
    lines: tuple[NoticeLine, ...]
    total: Money
    contained: tuple[NoticeTax, ...] = ()
    fee: Money | None = None
    refund: Money | None = None
    expires_at: datetime | None = None
    continuation: str | None = attrs.field(default=None, repr=False)
    cancelled_by_company: bool = False
    reason: str = ""
    forgotten: bool = False

    def is_news_of(self, occasion: Occasion) -> bool:
        """Whether there is still a point: a booking cancelled meanwhile is no longer confirmed.

        Whoever was forgotten is told nothing.
        """
        if self.forgotten:
            return False
        if occasion is Occasion.INQUIRED and self.continuation is None:
            return False
        return self.state in occasion.true_while
