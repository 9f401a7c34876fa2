"""Flights: their route, cabins and pools, and how they come along."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bookings.flight import BadFlightNumber, BadRoute, ClosesAfterDeparture, FareClassNeeded
from domain.bookings.flight_progress import (
    ArrivalBeforeDeparture,
    ArrivalWithoutDeparture,
    FlightCannotBecome,
    FlightProgress,
    FlightStatus,
    TimesDoNotMatch,
)
from domain.bookings.seat_maps import BadCabins, Cabin, FareClass, SeatRows
from domain.kernel.offerings import SoldWhole
from domain.kernel.periods import DateRange, Zone
from tests.flights import CABINS, DEPARTS_AT, MORNING, fare_pool, flight
from tests.samples import HOUR, LONDON, MINUTE, day

DEPARTED = FlightProgress(status=FlightStatus.DEPARTED, actual_departure=DEPARTS_AT + MINUTE)
ARRIVED = attrs.evolve(DEPARTED, status=FlightStatus.ARRIVED, actual_arrival=DEPARTS_AT + 3 * HOUR)


@pytest.mark.parametrize(
    ("origin", "destination"), [("LHR", "LHR"), ("lhr", "LIS"), ("LHR", "LISB"), ("", "LIS")]
)
def test_a_flight_goes_from_one_airport_to_another(origin: str, destination: str) -> None:
    with pytest.raises(BadRoute, match="three capital letters"):
        flight(origin=origin, destination=destination)


@pytest.mark.parametrize(
    ("carrier", "number"), [("B", "1"), ("BAW", "1"), ("BA", ""), ("BA", "x")]
)
def test_a_flight_has_a_number_of_its_carrier(carrier: str, number: str) -> None:
    with pytest.raises(BadFlightNumber):
        flight(carrier=carrier, number=number)


def test_booking_never_closes_after_the_departure() -> None:
    with pytest.raises(ClosesAfterDeparture):
        flight(closes_before=-MINUTE)


def test_a_flight_is_found_by_its_route_and_its_number() -> None:
    assert flight().takes_place == flight().period
    assert flight().facets == {
        "origin": "LHR",
        "destination": "LIS",
        "carrier": "BA",
        "flight": "BA502",
    }


@pytest.mark.parametrize(
    ("zone", "first"),
    [("Pacific/Apia", date(2026, 12, 10)), ("Pacific/Pago_Pago", date(2026, 12, 9))],
)
def test_seats_are_put_on_sale_by_fare_class(zone: str, first: date) -> None:
    pools = flight().pools(MORNING.id, dates=None, zone=Zone(zone), part="economy")

    assert pools == {fare_pool(MORNING): first}


@pytest.mark.parametrize("part", [None, "comfort", "first"])
def test_a_fare_class_that_is_not_there_is_not_sold(part: str | None) -> None:
    with pytest.raises(FareClassNeeded):
        flight().pools(MORNING.id, dates=None, zone=LONDON, part=part)


def test_a_flight_is_not_sold_by_the_day() -> None:
    with pytest.raises(SoldWhole):
        flight().pools(MORNING.id, dates=DateRange(day(0), day(1)), zone=LONDON, part="economy")


@pytest.mark.parametrize(
    ("seat", "there"),
    [
        ("10A", True),
        ("12F", True),
        ("14C", True),
        ("14D", False),
        ("13A", False),
        ("1A", False),  # in business
        ("9A", False),
        ("010A", False),
        ("10", False),
        ("10a", False),
        ("\u0661\u0660A", False),
    ],
)
def test_seats_of_a_cabin(seat: str, *, there: bool) -> None:
    assert (seat in CABINS[1]) is there


def rows(first: int, last: int, letters: str) -> SeatRows:
    return SeatRows(first=first, last=last, letters=letters)


def economy(*seats: SeatRows) -> Cabin:
    return Cabin(fare_class=FareClass.ECONOMY, seats=seats)


@pytest.mark.parametrize(
    "cabins",
    [
        (),
        (economy(), economy()),
        (economy(rows(1, 2, "")),),
        (economy(rows(1, 2, "AA")),),
        (economy(rows(1, 2, "AÄ")),),
        (economy(rows(1, 2, "ab")),),
        (economy(rows(0, 2, "A")),),
        (economy(rows(3, 2, "A")),),
        (economy(rows(1, 100, "A")),),
        (economy(rows(1, 9, "AB"), rows(9, 10, "BC")),),
        (
            economy(rows(1, 9, "AB")),
            Cabin(fare_class=FareClass.BUSINESS, seats=(rows(9, 9, "A"),)),
        ),
        (economy(rows(1, 99, "ABCDEFGHJK")),),
    ],
)
def test_cabins_have_every_seat_once(cabins: tuple[Cabin, ...]) -> None:
    with pytest.raises(BadCabins, match="no seat twice"):
        flight(cabins=cabins)


blocks = st.builds(
    lambda first, more, letters: rows(first, first + more, "".join(sorted(letters))),
    st.integers(1, 12),
    st.integers(0, 5),
    st.sets(st.sampled_from("ABCD"), min_size=1),
)


@given(blocks, blocks)
def test_blocks_share_what_both_have(one: SeatRows, other: SeatRows) -> None:
    numbers = [f"{row}{letter}" for row in range(1, 20) for letter in "ABCDE"]
    ones, others = ({seat for seat in numbers if seat in block} for block in (one, other))

    assert (len(ones), len(others)) == (len(one), len(other))
    assert one.shares(other) == other.shares(one) == bool(ones & others)


def test_a_flight_that_arrives_has_departed_before() -> None:
    with pytest.raises(ArrivalWithoutDeparture, match="say when"):
        attrs.evolve(ARRIVED, actual_departure=None)
    for arrival in (DEPARTED.actual_departure, DEPARTS_AT - HOUR):
        with pytest.raises(ArrivalBeforeDeparture):
            attrs.evolve(ARRIVED, actual_arrival=arrival)
    with pytest.raises(ArrivalBeforeDeparture):
        FlightProgress(estimated_departure=DEPARTS_AT, estimated_arrival=DEPARTS_AT)


@pytest.mark.parametrize(
    ("status", "times"),
    [
        (FlightStatus.DEPARTED, {}),
        (FlightStatus.ARRIVED, {}),
        (FlightStatus.ARRIVED, {"actual_departure": DEPARTS_AT}),
        (FlightStatus.BOARDING, {"actual_departure": DEPARTS_AT}),
        (
            FlightStatus.DEPARTED,
            {"actual_departure": DEPARTS_AT, "actual_arrival": DEPARTS_AT + HOUR},
        ),
    ],
)
def test_only_what_has_happened_has_a_time(status: FlightStatus, times: dict[str, Any]) -> None:
    with pytest.raises(TimesDoNotMatch, match=status.value):
        FlightProgress(status=status, **times)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (FlightProgress(), FlightProgress(status=FlightStatus.DELAYED)),
        (
            FlightProgress(status=FlightStatus.BOARDING),
            FlightProgress(status=FlightStatus.DELAYED),
        ),
        (FlightProgress(status=FlightStatus.BOARDING), DEPARTED),
        (FlightProgress(), ARRIVED),
        (DEPARTED, ARRIVED),
        (ARRIVED, attrs.evolve(ARRIVED, actual_arrival=DEPARTS_AT + 2 * HOUR)),
    ],
)
def test_a_flight_goes_on(before: FlightProgress, after: FlightProgress) -> None:
    assert flight(progress=before).report(after) == flight(progress=after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (DEPARTED, FlightProgress(status=FlightStatus.BOARDING)),
        (ARRIVED, DEPARTED),
        (FlightProgress(), FlightProgress(status=FlightStatus.CANCELLED)),
        (FlightProgress(status=FlightStatus.CANCELLED), FlightProgress()),
    ],
)
def test_a_flight_never_goes_back(before: FlightProgress, after: FlightProgress) -> None:
    with pytest.raises(FlightCannotBecome, match=f"cannot become {after.status.value} here"):
        flight(progress=before).report(after)


@pytest.mark.parametrize("status", [FlightStatus.DELAYED, FlightStatus.CANCELLED])
def test_a_flight_that_is_called_off_says_so(status: FlightStatus) -> None:
    assert flight(progress=FlightProgress(status=status)).called_off() == flight(
        progress=FlightProgress(status=FlightStatus.CANCELLED)
    )


@pytest.mark.parametrize("before", [DEPARTED, ARRIVED])
def test_a_flight_that_has_left_is_not_called_off(before: FlightProgress) -> None:
    with pytest.raises(FlightCannotBecome, match="cannot become cancelled"):
        flight(progress=before).called_off()


def test_the_schedule_stays_when_a_flight_is_late() -> None:
    late = FlightProgress(
        status=FlightStatus.DELAYED,
        estimated_departure=datetime(2026, 12, 10, 11, tzinfo=timezone.utc),
    )

    assert flight().report(late).period.starts_at == DEPARTS_AT
    assert flight().closes_before == timedelta(minutes=45)
