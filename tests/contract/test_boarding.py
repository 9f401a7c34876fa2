"""Nobody on a flight has somebody else's boarding number."""

from datetime import timedelta
from uuid import UUID

import attrs
import pytest
from sqlalchemy import insert

from adapters.schema.boarding import boarding_numbers
from adapters.sql.failures import Duplicate
from application.bookings.check_in_booking import CheckInBooking, CheckInBookingHandler
from application.kernel.ports import Stale
from application.kernel.retry_stale import RetryStale
from domain.bookings.booking import Booking
from domain.bookings.flight import Flight
from domain.bookings.flight_request import FlightBookingRequest, Passenger
from domain.bookings.seat_maps import Cabin, FareClass
from domain.inventory.resources import Resource
from domain.kernel.identifiers import BookingId, ResourceId
from domain.kernel.periods import Period
from tests.contract.crowds import race
from tests.contract.storages import SqlStorage, Storage, Work
from tests.samples import ADA, DESK, HOUR, LONDON, NOW, held

pytestmark = pytest.mark.anyio

DEPARTURE = NOW + timedelta(days=20)
FLIGHT = Resource(
    id=ResourceId(UUID(int=701)),
    name="TP1351",
    zone=LONDON,
    offering=Flight(
        carrier="TP",
        number="1351",
        origin="LHR",
        destination="LIS",
        period=Period(DEPARTURE, DEPARTURE + 2 * HOUR),
        cabins=(Cabin(fare_class=FareClass.ECONOMY),),
    ),
)
UPSTAIRS = attrs.evolve(FLIGHT, id=ResourceId(UUID(int=702)), stock_id=FLIGHT.id)


def booking(number: int, *, passengers: int = 2, flight: Resource = FLIGHT) -> Booking:
    request = FlightBookingRequest(
        resource_id=flight.id,
        contact=ADA,
        fare_class=FareClass.ECONOMY,
        passengers=tuple(Passenger(name=f"Guest {number} {one}") for one in range(passengers)),
    )
    sample = held(id=37 * number)
    agreed = attrs.evolve(
        sample.agreement,
        request=request,
        period=Period(DEPARTURE, DEPARTURE + 2 * HOUR),
        claims=(),
    )
    return attrs.evolve(sample, agreement=agreed)


async def confirmed(storage: Storage, *bookings: Booking) -> list[BookingId]:
    def save(work: Work) -> list[BookingId]:
        work.resources.save(FLIGHT)
        work.resources.save(UPSTAIRS)
        saved = [work.bookings.save(one) for one in bookings]
        return [work.bookings.save(one.confirm(now=NOW)).id for one in saved]

    return await storage.work(DESK, save)


async def check_in(storage: Storage, id: BookingId) -> Booking:
    handler = CheckInBookingHandler(unit_of_work=storage.work, clock=lambda: DEPARTURE - HOUR)
    command = CheckInBooking(actor=DESK, booking_id=id, version=None)
    return await RetryStale(handler)(command)


def numbers(booking: object) -> list[int | None]:
    assert isinstance(booking, Booking)
    request = booking.agreement.request
    assert isinstance(request, FlightBookingRequest)
    return [passenger.boarding_number for passenger in request.passengers]


async def test_numbers_are_given_at_the_check_in_under_any_name(storage: Storage) -> None:
    one, two = await confirmed(storage, booking(1), booking(2, passengers=3, flight=UPSTAIRS))
    before = await storage.work(DESK, lambda work: work.bookings.get(one))

    assert numbers(before) == [None, None]
    assert numbers(await check_in(storage, two)) == [1, 2, 3]
    assert numbers(await check_in(storage, one)) == [4, 5]
    assert numbers(await storage.work(DESK, lambda work: work.bookings.get(two))) == [1, 2, 3]


@pytest.mark.usefixtures("crowded")
async def test_many_check_in_at_once(storage: Storage) -> None:
    ids = await confirmed(storage, *(booking(one) for one in range(1, 13)))
    outcomes = await race([check_in(storage, id) for id in ids])

    assert sorted(number or 0 for one in outcomes for number in numbers(one)) == [*range(1, 25)]


async def test_a_booking_has_its_numbers_once(storage: Storage) -> None:
    (id,) = await confirmed(storage, booking(1))
    await storage.work(DESK, lambda work: work.boarding.next_numbers(FLIGHT.id, id, how_many=2))

    with pytest.raises(Stale):
        await storage.work(
            DESK, lambda work: work.boarding.next_numbers(FLIGHT.id, id, how_many=2)
        )


async def test_the_database_gives_no_number_twice(sql: SqlStorage) -> None:
    one, two = await confirmed(sql, booking(1), booking(2))
    await check_in(sql, one)
    forged = insert(boarding_numbers).values(
        organization_id=DESK.organization_id,
        resource_id=FLIGHT.id,
        number=1,
        booking_id=two,
        passenger=1,
    )
    with pytest.raises(Duplicate):
        await sql.database.write(
            lambda connection: connection.execute(forged), of=DESK.organization_id
        )
