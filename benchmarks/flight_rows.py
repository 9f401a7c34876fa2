"""Flights, their seats, and who booked them, as a generator of demo data wrote them down."""

import csv
import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

import attrs

from domain.bookings.flight import Flight
from domain.bookings.seat_maps import Cabin, FareClass, SeatRows
from domain.kernel.periods import Period

Part = tuple[str, str]  # a flight and a fare class of it


@attrs.frozen(kw_only=True)
class FlightRow:
    """`seats` counts those of each fare class."""

    id: str
    flight: Flight
    zone: str
    seats: Mapping[str, int]


@attrs.frozen(kw_only=True)
class BookingRow:
    """Who flies in which fare class of which flight: identifiers of persons."""

    reference: str
    booked_at: datetime
    parties: Mapping[Part, Sequence[str]]


def rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    with gzip.open(folder / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def flights_of(folder: Path) -> Sequence[FlightRow]:
    zones = {row["airport_code"]: row["timezone"] for row in rows(folder, "airports")}
    seats: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows(folder, "seats"):
        seats[row["airplane_code"]][row["fare_conditions"].lower()].append(row["seat_no"])
    cabins = {airplane: _cabins(by_class) for airplane, by_class in seats.items()}
    return [
        FlightRow(
            id=row["flight_id"],
            flight=Flight(
                carrier=row["route_no"][:2],
                number=row["route_no"][2:],
                origin=row["departure_airport"],
                destination=row["arrival_airport"],
                period=Period(
                    moment(row["scheduled_departure"]), moment(row["scheduled_arrival"])
                ),
                cabins=cabins[row["airplane_code"]],
            ),
            zone=zones[row["departure_airport"]],
            seats={name: len(every) for name, every in seats[row["airplane_code"]].items()},
        )
        for row in rows(folder, "flights")
    ]


def bookings_of(folder: Path) -> Sequence[BookingRow]:
    """Oldest first."""
    tickets = {
        row["ticket_no"]: (row["book_ref"], row["passenger_id"])
        for row in rows(folder, "tickets_half")
    }
    parties: dict[str, dict[Part, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows(folder, "segments_half"):
        reference, person = tickets[row["ticket_no"]]
        parties[reference][row["flight_id"], row["fare_conditions"].lower()].append(person)
    found = [
        BookingRow(
            reference=row["book_ref"],
            booked_at=moment(row["book_date"]),
            parties=parties[row["book_ref"]],
        )
        for row in rows(folder, "bookings_half")
    ]
    return sorted(found, key=lambda booking: (booking.booked_at, booking.reference))


def _cabins(seats: Mapping[str, Sequence[str]]) -> tuple[Cabin, ...]:
    return tuple(
        Cabin(fare_class=FareClass(name), seats=_blocks(every)) for name, every in seats.items()
    )


def _blocks(seats: Sequence[str]) -> tuple[SeatRows, ...]:
    """Neighbouring rows with the same letters, together."""
    letters: dict[int, str] = defaultdict(str)
    for seat in sorted(seats):
        found = re.fullmatch(r"([0-9]+)([A-Z])", seat)
        if found is None:
            raise ValueError(f"no seat: {seat}")
        letters[int(found[1])] += found[2]
    numbered = enumerate(sorted(letters.items()))
    runs = groupby(numbered, key=lambda one: (one[1][0] - one[0], one[1][1]))
    blocks = [(same, [row for _, (row, _) in run]) for (_, same), run in runs]
    return tuple(SeatRows(first=run[0], last=run[-1], letters=same) for same, run in blocks)


def recomputed(
    bookings: Sequence[BookingRow],
    closes_at: Mapping[str, datetime],
    capacity: Mapping[Part, int],
) -> Counter[str]:
    """What comes of the bookings, one after the other, by nothing but counting."""
    free, flying, outcomes = dict(capacity), set[Part](), Counter[str]()
    for booking in bookings:
        wanted = sorted(booking.parties.items())
        seats = [(flight, who) for (flight, _), party in wanted for who in party]
        reasons = [
            "group_booking" if len(party) > 9 else "booking_closed"
            for (flight, _), party in wanted
            if len(party) > 9 or booking.booked_at >= closes_at[flight]
        ]
        if any(len(party) > free[part] for part, party in wanted):
            reasons.append("sold_out")
        if len(set(seats)) < len(seats) or flying & set(seats):
            reasons.append("already_taken")
        outcomes[reasons[0] if reasons else "accepted"] += 1
        if not reasons:
            flying |= set(seats)
            for part, party in wanted:
                free[part] -= len(party)
                outcomes["seats"] += len(party)
    return outcomes
