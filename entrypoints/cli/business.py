"""The demo's business: a hotel by the sea, and a course with sessions every other week."""

from datetime import date, datetime, time, timedelta

from application.bookings.set_sales_terms import SetSalesTerms
from application.inventory.add_resource import AddResource
from application.inventory.open_pools import OpenPools
from domain.bookings.cancellation import USUAL_TERMS
from domain.bookings.hotel import RoomType
from domain.bookings.pricing import RatePlan, Season
from domain.bookings.training import CourseSession
from domain.inventory.resources import Resource
from domain.kernel.actors import Actor
from domain.kernel.money import Money
from domain.kernel.offerings import Offering
from domain.kernel.periods import DateRange, Period, Zone
from entrypoints.wiring.container import Container

LISBON = Zone("Europe/Lisbon")
LONDON = Zone("Europe/London")
NIGHTS_AHEAD = 365
SESSIONS = 12


async def open_business(container: Container, actor: Actor) -> list[Resource]:
    """Everything there is to book, a year ahead."""
    now = container.clock()()
    rooms = [
        await _room(container, actor, now, name="Double room, sea view", price=11900, rooms=20),
        await _room(container, actor, now, name="Double room, garden", price=8900, rooms=30),
    ]
    sessions = [await _session(container, actor, now, number) for number in range(SESSIONS)]
    return rooms + sessions


async def _room(
    container: Container, actor: Actor, now: datetime, *, name: str, price: int, rooms: int
) -> Resource:
    room = await _add(container, actor, name, LISBON, RoomType(beds=2))
    today = LISBON.date_at(now)
    summer = date(today.year + 1, 7, 1)
    season = Season(
        dates=DateRange(summer, summer + timedelta(days=62)), price=Money(price * 2, "EUR")
    )
    await _sell(container, actor, room, RatePlan(price=Money(price, "EUR"), seasons=(season,)))
    nights = DateRange(today, today + timedelta(days=NIGHTS_AHEAD))
    await _open(container, actor, room, nights, rooms)
    return room


async def _session(container: Container, actor: Actor, now: datetime, number: int) -> Resource:
    day = LONDON.date_at(now) + timedelta(days=10 + 14 * number)
    period = Period(LONDON.moment(day, time(9, 30)), LONDON.moment(day, time(16, 30)))
    offering = CourseSession(period=period, closes_before=timedelta(hours=2))
    name = f"Paediatric first aid, {day:%d %B %Y}"
    session = await _add(container, actor, name, LONDON, offering)
    await _sell(container, actor, session, RatePlan(price=Money(7500, "GBP")))
    await _open(container, actor, session, None, 12)
    return session


async def _add(
    container: Container, actor: Actor, name: str, zone: Zone, offering: Offering
) -> Resource:
    command = AddResource(actor=actor, name=name, zone=zone, offering=offering)
    resource: Resource = await container.inventory.add_resource()(command)
    return resource


async def _sell(container: Container, actor: Actor, resource: Resource, rates: RatePlan) -> None:
    await container.bookings.set_sales_terms()(
        SetSalesTerms(
            actor=actor, resource_id=resource.id, rates=rates, cancellation=USUAL_TERMS, version=0
        )
    )


async def _open(
    container: Container, actor: Actor, resource: Resource, dates: DateRange | None, units: int
) -> None:
    await container.inventory.open_pools()(
        OpenPools(actor=actor, resource_id=resource.id, dates=dates, capacity=units)
    )
