"""Ready-made values; each test changes only what it is about."""

from datetime import date, datetime, timedelta, timezone
from uuid import UUID

from domain.bookings.agreement import Agreement
from domain.bookings.attendees import Attendee
from domain.bookings.booking import Booking
from domain.bookings.cancellation import USUAL_TERMS, CancellationTerms
from domain.bookings.contacts import Contact
from domain.bookings.holding import HoldPolicy
from domain.bookings.hotel import HotelBookingRequest, RoomType
from domain.bookings.life import HoldPurpose, HoldTerms
from domain.bookings.pricing import RatePlan
from domain.bookings.quotes import Quote
from domain.bookings.references import BASE, MODULUS, Reference
from domain.bookings.requests import BaseBookingRequest
from domain.bookings.sales_terms import SalesTerms
from domain.bookings.training import CourseSession, TrainingBookingRequest
from domain.inventory.pools import Pool
from domain.inventory.resources import Resource
from domain.kernel.actors import Actor, Permission
from domain.kernel.claims import Claim, day_pool, whole_pool
from domain.kernel.identifiers import (
    ActorId,
    BookingId,
    OrganizationId,
    PoolId,
    QuoteId,
    ResourceId,
)
from domain.kernel.money import Money
from domain.kernel.periods import Period, Zone

NOW = datetime(2026, 11, 20, 9, tzinfo=timezone.utc)
SECOND, MINUTE, HOUR, DAY = (timedelta(seconds=n) for n in (1, 60, 3600, 86400))
QUARTER = 15 * MINUTE
LONDON = Zone("Europe/London")

DESK = Actor(
    organization_id=OrganizationId(UUID(int=1)),
    id=ActorId(UUID(int=11)),
    permissions=frozenset(Permission),
)
COLLEAGUE = Actor(
    organization_id=DESK.organization_id,
    id=ActorId(UUID(int=12)),
    permissions=frozenset(Permission),
)
OTHER_DESK = Actor(
    organization_id=OrganizationId(UUID(int=2)),
    id=ActorId(UUID(int=21)),
    permissions=frozenset(Permission),
)

ADA = Contact(name="Ada Lovelace", email="ada@example.com")
BERT = Contact(name="Bert Brecht", email="bert@example.com")

HOLD_TERMS = HoldTerms(lasts=QUARTER, at_most=HOUR)
HOLD_POLICY = HoldPolicy(
    payment=HOLD_TERMS,
    inquiry=HoldTerms(lasts=DAY, at_most=DAY),
    approval=HoldTerms(lasts=DAY, at_most=DAY),
)
QUOTE_GOOD_FOR = 30 * MINUTE


def day(number: int) -> date:
    return date(2026, 12, 1) + timedelta(days=number)


def pounds(amount: int) -> Money:
    return Money(amount * 100, "GBP")


ROOM_RATES = RatePlan(price=pounds(90))
SEAT_RATES = RatePlan(price=pounds(250))

DOUBLE_ROOMS = Resource(
    id=ResourceId(UUID(int=101)), name="Double room", zone=LONDON, offering=RoomType(beds=2)
)
FIRST_AID = Resource(
    id=ResourceId(UUID(int=102)),
    name="Paediatric first aid",
    zone=LONDON,
    offering=CourseSession(
        period=Period(
            datetime(2026, 12, 10, 9, tzinfo=timezone.utc),
            datetime(2026, 12, 10, 17, tzinfo=timezone.utc),
        )
    ),
)
SEATS = whole_pool(FIRST_AID.id)


def night(number: int) -> PoolId:
    return day_pool(DOUBLE_ROOMS.id, day(number))


def nights(*, capacity: int = 1, allowance: int = 0, days: int = 10) -> list[Pool]:
    """Pools for the nights from `day(0)` on."""
    return [
        Pool(
            id=night(number),
            resource_id=DOUBLE_ROOMS.id,
            day=day(number),
            capacity=capacity,
            allowance=allowance,
        )
        for number in range(days)
    ]


def seats(*, capacity: int = 12) -> Pool:
    return Pool(id=SEATS, resource_id=FIRST_AID.id, day=date(2026, 12, 10), capacity=capacity)


def hotel(
    first: int = 1, until: int = 3, *, rooms: int = 1, guests: int | None = None
) -> HotelBookingRequest:
    """A stay from `day(first)` to the morning of `day(until)`."""
    return HotelBookingRequest(
        resource_id=DOUBLE_ROOMS.id,
        contact=ADA,
        check_in=day(first),
        check_out=day(until),
        rooms=rooms,
        guests=rooms if guests is None else guests,
    )


def training(*attendees: str) -> TrainingBookingRequest:
    names = attendees or ("Ada Lovelace",)
    return seats_for(*(Attendee(name=name) for name in names))


def seats_for(*attendees: Attendee) -> TrainingBookingRequest:
    return TrainingBookingRequest(resource_id=FIRST_AID.id, contact=ADA, attendees=attendees)


def room_terms(*, version: int = 0, rates: RatePlan = ROOM_RATES) -> SalesTerms:
    return SalesTerms(
        resource_id=DOUBLE_ROOMS.id, rates=rates, cancellation=USUAL_TERMS, version=version
    )


def agreement(
    request: BaseBookingRequest | None = None, *, cancellation: CancellationTerms = USUAL_TERMS
) -> Agreement:
    """What the request comes to, for what the samples offer and charge."""
    request = request or hotel()
    offered = {resource.id: resource for resource in (DOUBLE_ROOMS, FIRST_AID)}
    resource = offered[request.resource_id]
    rates = ROOM_RATES if resource is DOUBLE_ROOMS else SEAT_RATES
    demand = request.demand(resource.offering, resource.zone, now=NOW)
    return Agreement(
        request=request,
        title=resource.name,
        zone=resource.zone,
        period=demand.period,
        claims=demand.claims,
        exclusives=demand.exclusives,
        intervals=demand.intervals,
        price=rates.price_of(demand.charges),
        cancellation=cancellation,
    )


def quote(request: BaseBookingRequest | None = None, *, id: int = 301) -> Quote:
    return Quote.promise(
        QuoteId(UUID(int=id)),
        agreement(request),
        now=NOW,
        good_for=QUOTE_GOOD_FOR,
        closes_at=NOW + 1000 * DAY,
    )


def held(
    request: BaseBookingRequest | None = None,
    *,
    id: int = 1,
    purpose: HoldPurpose = HoldPurpose.PAYMENT,
) -> Booking:
    """A booking as it is before it is saved for the first time."""
    return Booking.hold(
        BookingId(UUID(int=id)),
        agreement(request),
        reference=reference(id),
        terms=HOLD_TERMS,
        now=NOW,
        purpose=purpose,
    )


def reference(number: int = 1) -> Reference:
    """Raises ValueError of a number that would need another draw, which would be the same."""
    if number % MODULUS >= BASE:
        raise ValueError(f"{number} modulo {MODULUS} is not less than {BASE}")
    return Reference.draw("FD", lambda _: number)


def claims(*numbers: int, units: int = 1) -> tuple[Claim, ...]:
    return tuple(Claim(night(number), units) for number in numbers)
