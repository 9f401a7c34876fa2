"""What customers ask for, before anything has been promised."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import ClassVar, Self

import attrs

from domain.bookings.attendees import Attendee
from domain.bookings.contacts import NOBODY, Contact
from domain.kernel.claims import Claim, ExclusiveClaim, IntervalClaim
from domain.kernel.identifiers import ResourceId
from domain.kernel.money import Money
from domain.kernel.offerings import Offering
from domain.kernel.periods import DateRange, Period, Zone
from domain.kernel.refusals import Conflict, Invalid


@attrs.frozen
class WrongKind(Invalid):
    code: ClassVar[str] = "wrong_kind"
    field: ClassVar[str] = "kind"
    requested: str
    offered: str

    def __str__(self) -> str:
        return f"a {self.requested} request cannot be made for a {self.offered} resource"


@attrs.frozen
class InThePast(Invalid):
    code: ClassVar[str] = "in_the_past"
    starts_on: date

    def __str__(self) -> str:
        return f"{self.starts_on} is in the past where it takes place"


@attrs.frozen
class BookingClosed(Conflict):
    code: ClassVar[str] = "booking_closed"
    closed_at: datetime

    def __str__(self) -> str:
        return f"booking closed at {self.closed_at.isoformat()}"


@attrs.frozen
class KindFixed(Conflict):
    code: ClassVar[str] = "kind_fixed"
    booked: str
    requested: str

    def __str__(self) -> str:
        return f"a {self.booked} booking cannot become a {self.requested} booking: book anew"


@attrs.frozen
class DiscountFixed(Invalid):
    code: ClassVar[str] = "discount_fixed"
    field: ClassVar[str] = "discount_code"

    def __str__(self) -> str:
        return "a booking keeps the discount code that it was sold with, or none"


@attrs.frozen(kw_only=True)
class Charge:
    """So many units, to be priced by the rate of a local date.

    By the rate named `rate`, if there is one of that name: a fare class, children. A price that
    was `agreed` before counts instead.
    """

    day: date
    units: int
    label: str
    rate: str | None = None
    agreed: Money | None = None


@attrs.frozen(kw_only=True)
class Demand:
    """What a request comes to: what it takes, what there is to pay for, and when it takes place.

    From `closes_at` on it can no longer be asked for. `party` is how many people it is for, where
    that is not the most units that are charged for one day.
    """

    claims: tuple[Claim, ...] = ()
    exclusives: tuple[ExclusiveClaim, ...] = ()
    intervals: tuple[IntervalClaim, ...] = ()
    charges: tuple[Charge, ...]
    period: Period
    closes_at: datetime
    party: int | None = None

    @property
    def people(self) -> int:
        if self.party is not None:
            return self.party
        days = Counter[date]()
        for charge in self.charges:
            days[charge.day] += charge.units
        return max(days.values(), default=0)


@attrs.frozen(kw_only=True)
class BaseBookingRequest(ABC):
    """The common part of every request; each kind has a file of its own.

    A discount code is in the form in which codes are kept: capital letters and digits.
    """

    kind: ClassVar[str]

    resource_id: ResourceId
    contact: Contact
    discount_code: str | None = None

    @property
    def participants(self) -> Sequence[Attendee]:
        """Who is expected, for kinds that keep a list of who came."""
        return ()

    @property
    def people(self) -> int:
        """How many it is for, as far as they are counted."""
        return max(1, len(self.participants))

    @property
    def units(self) -> int:
        """How many of what is sold it takes at any time: rooms, cars, seats."""
        return self.people

    def days(self, period: Period, zone: Zone) -> DateRange:
        """The local dates on which it takes them: for what takes place once, that of its start."""
        first = zone.date_at(period.starts_at)
        return DateRange(first, first + timedelta(days=1))

    @property
    def boarding(self) -> int:
        """How many people are given boarding numbers when they check in."""
        return 0

    def boarded(self, numbers: Sequence[int]) -> Self:
        """With so many boarding numbers, in the order in which it names the people."""
        return self

    @property
    def has_urgent_requirements(self) -> bool:
        """Whether somebody has to be told at once what a participant needs."""
        return any(
            requirement.priority.urgent
            for participant in self.participants
            for requirement in participant.special_requirements
        )

    def erased(self) -> Self:
        """The same, asked for by nobody in particular."""
        return attrs.evolve(self, contact=NOBODY)

    @abstractmethod
    def demand(self, offering: Offering, zone: Zone, *, now: datetime) -> Demand:
        """Compiles the request against what is on offer, at most one claim a pool.

        Raises Invalid if the request breaks a rule of its kind, BookingClosed if it is too late.
        """

    def may_become(
        self,
        other: "BaseBookingRequest",
        *,
        offering_before: Offering,
        offering_after: Offering,
        now: datetime,
    ) -> None:
        """Raises what the kind refuses of a change of this request, once booked, to the other.

        That the other can be had at all, its demand says.
        """
        if other.kind != self.kind:
            raise KindFixed(self.kind, other.kind)

    def carried_over(
        self,
        other: "BaseBookingRequest",
        *,
        offering_after: Offering,
        taken: Collection[ExclusiveClaim],
    ) -> "BaseBookingRequest":
        """The other, which this may become, with what of this can be kept: chosen seats.

        `taken` is what others have already of what the other is for.
        """
        return other

    def with_discount_of(self, booked: "BaseBookingRequest") -> Self:
        """Raises DiscountFixed if it names another code than the one that was used."""
        if self.discount_code not in (None, booked.discount_code):
            raise DiscountFixed
        return attrs.evolve(self, discount_code=booked.discount_code)

    def wrong_kind(self, offering: Offering) -> WrongKind:
        return WrongKind(requested=self.kind, offered=offering.kind)
