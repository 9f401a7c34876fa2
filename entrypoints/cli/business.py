"""The demo's business: a hotel by the sea, what guests do there, and a course back home."""

from datetime import date, datetime, time, timedelta

from domain.bookings.hotel import PriceTier, RoomType
from domain.bookings.pricing import RatePlan, Season
from domain.bookings.training import CourseSession
from domain.inventory.resources import Resource
from domain.kernel.actors import Actor
from domain.kernel.money import Money
from domain.kernel.periods import DateRange, Period, Zone
from entrypoints.cli.shelves import Shelves
from entrypoints.cli.travel import open_travel
from entrypoints.wiring.container import Container

LISBON = Zone("Europe/Lisbon")
LONDON = Zone("Europe/London")
NIGHTS_AHEAD = 365
SESSIONS = 12


async def open_business(container: Container, actor: Actor) -> list[Resource]:
    """Everything there is to book, a year ahead."""
    now = container.clock()()
    shelves = Shelves(container=container, actor=actor)
    rooms = [
        await _room(shelves, now, name="Double room, sea view", price=11900, rooms=20),
        await _room(shelves, now, name="Double room, garden", price=8900, rooms=30),
    ]
    sessions = [await _session(shelves, now, number) for number in range(SESSIONS)]
    return rooms + sessions + await open_travel(shelves, now)


async def _room(shelves: Shelves, now: datetime, *, name: str, price: int, rooms: int) -> Resource:
    today = LISBON.date_at(now)
    summer = date(today.year + 1, 7, 1)
    season = Season(
        dates=DateRange(summer, summer + timedelta(days=62)), price=Money(price * 2, "EUR")
    )
    room = await shelves.add(
        name,
        LISBON,
        RoomType(beds=2, location="Cascais", tier=PriceTier.UPSCALE),
        RatePlan(price=Money(price, "EUR"), seasons=(season,)),
    )
    nights = DateRange(today, today + timedelta(days=NIGHTS_AHEAD))
    await shelves.fill(room, rooms, dates=nights)
    return room


async def _session(shelves: Shelves, now: datetime, number: int) -> Resource:
    day = LONDON.date_at(now) + timedelta(days=10 + 14 * number)
    period = Period(LONDON.moment(day, time(9, 30)), LONDON.moment(day, time(16, 30)))
    session = await shelves.add(
        f"Paediatric first aid, {day:%d %B %Y}",
        LONDON,
        CourseSession(period=period, closes_before=timedelta(hours=2)),
        RatePlan(price=Money(7500, "GBP")),
    )
    await shelves.fill(session, 12)
    return session
