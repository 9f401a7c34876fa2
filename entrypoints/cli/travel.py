"""The demo's travel desk: a car, flights for a fortnight, and whales on Saturdays."""

from datetime import date, datetime, time, timedelta

from domain.bookings.car import CarClass, CarTier
from domain.bookings.excursion import Excursion
from domain.bookings.flight import Flight
from domain.bookings.pricing import NamedRate, RatePlan
from domain.bookings.seat_maps import Cabin, FareClass, SeatRows
from domain.inventory.resources import Resource
from domain.kernel.money import Money
from domain.kernel.periods import DateRange, Period, Zone
from entrypoints.cli.shelves import Shelves

LISBON = Zone("Europe/Lisbon")
DAYS_AHEAD = 180
FLIGHT_DAYS = 14
DEPARTURES = 8
CABINS = (
    Cabin(fare_class=FareClass.BUSINESS, seats=(SeatRows(first=1, last=3, letters="ACDF"),)),
    Cabin(fare_class=FareClass.ECONOMY, seats=(SeatRows(first=4, last=20, letters="ABCDEF"),)),
)


async def open_travel(shelves: Shelves, now: datetime) -> list[Resource]:
    today = LISBON.date_at(now)
    flights = [
        await _flight(shelves, today + timedelta(days=number))
        for number in range(1, FLIGHT_DAYS + 1)
    ]
    whales = [await _whales(shelves, day) for day in _saturdays(today)]
    return [await _car(shelves, today), *flights, *whales]


async def _car(shelves: Shelves, today: date) -> Resource:
    offering = CarClass(
        station="Lisbon airport",
        location="Lisbon",
        company="Frontdesk Cars",
        tier=CarTier.BUDGET,
        youngest_driver=21,
        turnaround=timedelta(hours=1),
    )
    rates = RatePlan(price=Money(4200, "EUR"))
    car = await shelves.add("Small car, Lisbon airport", LISBON, offering, rates)
    await shelves.fill(car, 10, dates=DateRange(today, today + timedelta(days=DAYS_AHEAD)))
    return car


async def _flight(shelves: Shelves, day: date) -> Resource:
    departure = LISBON.moment(day, time(8, 15))
    offering = Flight(
        carrier="FD",
        number="101",
        origin="LIS",
        destination="FNC",
        period=Period(departure, departure + timedelta(minutes=105)),
        cabins=CABINS,
    )
    rates = RatePlan(
        price=Money(8900, "EUR"),
        named=(NamedRate(name="business", price=Money(24900, "EUR")),),
    )
    flight = await shelves.add(f"FD101 Lisbon to Funchal, {day:%d %B}", LISBON, offering, rates)
    for cabin in CABINS:
        seats = sum(len(rows) for rows in cabin.seats)
        await shelves.fill(flight, seats, part=cabin.fare_class.value)
    return flight


def _saturdays(today: date) -> list[date]:
    first = today + timedelta(days=(5 - today.weekday()) % 7 or 7)
    return [first + timedelta(weeks=week) for week in range(DEPARTURES)]


async def _whales(shelves: Shelves, day: date) -> Resource:
    departure = LISBON.moment(day, time(10))
    offering = Excursion(
        period=Period(departure, departure + timedelta(hours=3)),
        location="Cascais",
        meeting_point="Marina, pier 2",
        languages=("en", "pt"),
        keywords=("whales", "boat", "nature"),
        largest_party=12,
        youngest=6,
    )
    rates = RatePlan(
        price=Money(5500, "EUR"), named=(NamedRate(name="child", price=Money(2700, "EUR")),)
    )
    whales = await shelves.add(f"Whale watching, {day:%d %B}", LISBON, offering, rates)
    await shelves.fill(whales, 24)
    return whales
