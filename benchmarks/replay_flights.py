"""`python -m benchmarks.replay_flights FOLDER`: a month of an airline's sales, lived again.

Every flight goes on sale with the seats of its aircraft, by fare class. Every booking is made at
the time it was made: its segments are quoted, held together, all or nothing, and confirmed. What
came of them is counted, and must be what counting alone says.
"""

import argparse
import asyncio
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import datetime, timezone
from pathlib import Path
from time import perf_counter
from typing import Any

import attrs
from dependency_injector import providers

from application.bookings.confirm_itinerary import ConfirmItinerary
from application.bookings.hold_itinerary import HoldItinerary
from application.bookings.quote_booking import QuoteBooking
from application.bookings.set_sales_terms import SetSalesTerms
from application.inventory.add_resource import AddResource
from application.inventory.open_pools import OpenPools
from benchmarks.counted import findings, sold
from benchmarks.flight_rows import BookingRow, FlightRow, Part, bookings_of, flights_of, recomputed
from benchmarks.replay_hotel import Clock
from benchmarks.stages import Stage, fresh_folder, stage
from benchmarks.tables import heading, say
from domain.bookings.cancellation import USUAL_TERMS
from domain.bookings.contacts import Contact
from domain.bookings.flight_request import FlightBookingRequest, Passenger
from domain.bookings.pricing import RatePlan
from domain.bookings.seat_maps import FareClass
from domain.kernel.identifiers import ResourceId
from domain.kernel.money import Money
from domain.kernel.periods import Zone
from domain.kernel.refusals import Refusal
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings

AT_ONCE = 64
FARES = RatePlan(price=Money(10_000, "EUR"))


@attrs.frozen(kw_only=True)
class Replay:
    on: Stage
    clock: Clock
    resources: Mapping[str, ResourceId]
    tally: Counter[str] = attrs.field(factory=Counter)

    async def run(self, bookings: Sequence[BookingRow]) -> None:
        for booking in bookings:
            self.clock.now = booking.booked_at
            try:
                await self._book(booking)
            except Refusal as refusal:
                self.tally[refusal.code] += 1
            else:
                self.tally["accepted"] += 1
                self.tally["seats"] += sum(map(len, booking.parties.values()))

    async def _book(self, booking: BookingRow) -> None:
        bookings: Any = self.on.container.bookings
        actor = self.on.actor
        quotes = [
            await bookings.quote_booking()(
                QuoteBooking(actor=actor, request=self._segment(booking, part, persons))
            )
            for part, persons in sorted(booking.parties.items())
        ]
        held = await bookings.hold_itinerary()(
            HoldItinerary(actor=actor, quote_ids=[quote.id for quote in quotes])
        )
        itinerary = held.itinerary
        await bookings.confirm_itinerary()(
            ConfirmItinerary(actor=actor, itinerary_id=itinerary.id, version=itinerary.version)
        )

    def _segment(
        self, booking: BookingRow, part: Part, persons: Sequence[str]
    ) -> FlightBookingRequest:
        flight_id, fare_class = part
        reference = booking.reference.lower()
        return FlightBookingRequest(
            resource_id=self.resources[flight_id],
            contact=Contact(name=f"Guest {reference}", email=f"{reference}@example.com"),
            fare_class=FareClass(fare_class),
            passengers=tuple(
                Passenger(name=f"Guest {number}", person=person)
                for number, person in enumerate(persons)
            ),
        )


async def put_on_sale(on: Stage, row: FlightRow, percent: int) -> ResourceId:
    added = await on.container.inventory.add_resource()(
        AddResource(
            actor=on.actor,
            name=row.flight.designator,
            zone=Zone(row.zone),
            offering=row.flight,
        )
    )
    resource_id: ResourceId = added.id
    await on.container.bookings.set_sales_terms()(
        SetSalesTerms(
            actor=on.actor,
            resource_id=resource_id,
            rates=FARES,
            cancellation=USUAL_TERMS,
            version=0,
        )
    )
    for part, seats in row.seats.items():
        await on.container.inventory.open_pools()(
            OpenPools(
                actor=on.actor,
                resource_id=resource_id,
                dates=None,
                part=part,
                capacity=seats * percent // 100,
            )
        )
    return resource_id


async def replay(options: argparse.Namespace) -> bool:
    flights, bookings = flights_of(options.path), bookings_of(options.path)[: options.first]
    clock = Clock(now=datetime(2000, 1, 1, tzinfo=timezone.utc))
    async with AsyncExitStack() as stack:
        url = options.database or f"sqlite:///{stack.enter_context(fresh_folder())}/flights.db"
        container: Any = Container(settings=Settings(database_url=url))
        container.clock.override(providers.Object(clock))
        on = await stack.enter_async_context(stage(url, container))
        began = perf_counter()
        resources: dict[str, ResourceId] = {}
        for first in range(0, len(flights), AT_ONCE):
            some = flights[first : first + AT_ONCE]
            ids = await asyncio.gather(*(put_on_sale(on, row, options.percent) for row in some))
            resources.update(zip((row.id for row in some), ids, strict=True))
        say(f"{len(flights):,} flights on sale after {perf_counter() - began:,.0f} s")
        lived = Replay(on=on, clock=clock, resources=resources)
        await lived.run(bookings)
        say(f"{len(bookings):,} bookings lived after {perf_counter() - began:,.0f} s")
        expected = recomputed(
            bookings,
            {row.id: row.flight.period.starts_at - row.flight.closes_before for row in flights},
            {
                (row.id, part): seats * options.percent // 100
                for row in flights
                for part, seats in row.seats.items()
            },
        )
        return await report(lived, expected, options.percent)


async def report(lived: Replay, expected: Counter[str], percent: int) -> bool:
    on = lived.on
    heading(f"{percent} % of the seats on sale")
    for outcome in sorted({*lived.tally, *expected}):
        say(f"  {outcome}: {lived.tally[outcome]:,}, recomputed {expected[outcome]:,}")
    found = await sold(
        on.container.database(), on.actor.organization_id, *lived.resources.values()
    )
    broken = await findings(on.container)
    seats = lived.tally["seats"]
    right = found.is_right and found.taken == seats and not broken and lived.tally == expected
    say(
        f"  seats taken {found.taken:,}, claimed {found.claimed:,}, fare classes over capacity "
        f"{found.over}, other findings {len(broken)}" + ("" if right else "  <-- WRONG")
    )
    return right


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.replay_flights", description=__doc__
    )
    parser.add_argument("path", type=Path, help="folder of flights.csv.gz and the others")
    parser.add_argument("--percent", type=int, default=100, help="of the seats that are sold")
    parser.add_argument("--first", type=int, metavar="N", help="only so many bookings")
    parser.add_argument("--database", help="URL of an empty database; a new file if not given")
    return 0 if asyncio.run(replay(parser.parse_args())) else 1


if __name__ == "__main__":
    sys.exit(main())
