"""`python -m benchmarks.replay_hotel PATH --month 2016-07`: a hotel's history, lived again.

Every booking that arrives in the month is quoted, held and confirmed on the day it was made, and
cancelled on the day it was cancelled, with the program's clock set to that day.
"""

import argparse
import asyncio
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import attrs
from dependency_injector import providers

from application.bookings.cancel_booking import CancelBooking
from application.bookings.confirm_booking import ConfirmBooking
from application.bookings.hold_booking import HoldBooking
from application.bookings.quote_booking import QuoteBooking
from benchmarks.counted import findings, sold
from benchmarks.hotel_rows import BadRow, Row, rows_of
from benchmarks.stages import Stage, fresh_folder, stage
from benchmarks.tables import heading, say
from domain.bookings.booking import Booking
from domain.bookings.contacts import Contact
from domain.bookings.hotel import HotelBookingRequest
from domain.inventory.pools import SoldOut
from domain.kernel.identifiers import ResourceId
from domain.kernel.periods import DateRange
from domain.kernel.refusals import Refusal
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings

BEDS = 6  # nobody published them
LONGEST = timedelta(days=100)
MORNING, NOON = time(9, tzinfo=timezone.utc), time(12, tzinfo=timezone.utc)
SCARCE = 90  # percent of what was wanted at the peak


@attrs.define
class Clock:
    now: datetime = datetime(2000, 1, 1, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.now


@attrs.frozen(kw_only=True)
class Replay:
    on: Stage
    clock: Clock
    resources: Mapping[str, ResourceId]
    booked: dict[int, Booking] = attrs.field(factory=dict)
    tally: Counter[str] = attrs.field(factory=Counter)
    complaints: list[tuple[int, str]] = attrs.field(factory=list)

    async def run(self, rows: Sequence[Row]) -> None:
        for day, row, cancels in in_time(rows):
            self.clock.now = datetime.combine(day, NOON if cancels else MORNING)
            try:
                await (self._cancel(row) if cancels else self._book(row))
            except SoldOut:
                self.tally["sold out"] += 1
            except Refusal as refusal:
                self.tally["cancellation refused" if cancels else "invalid"] += 1
                self.complaints.append((row.line, f"{refusal.code}: {refusal}"))

    async def _book(self, row: Row) -> None:
        bookings: Any = self.on.container.bookings
        actor = self.on.actor
        request = HotelBookingRequest(
            resource_id=self.resources[row.room_type],
            contact=Contact(name=f"Guest {row.line}", email=f"guest-{row.line}@example.com"),
            check_in=row.check_in,
            check_out=row.check_out,
            rooms=1,
            guests=row.guests,
        )
        quote = await bookings.quote_booking()(QuoteBooking(actor=actor, request=request))
        held = await bookings.hold_booking()(HoldBooking(actor=actor, quote_id=quote.id))
        self.booked[row.line] = await bookings.confirm_booking()(
            ConfirmBooking(actor=actor, booking_id=held.id, version=held.version)
        )
        self.tally["accepted"] += 1

    async def _cancel(self, row: Row) -> None:
        booking = self.booked.get(row.line)
        if booking is None:
            return
        await self.on.container.bookings.cancel_booking()(
            CancelBooking(actor=self.on.actor, booking_id=booking.id, version=booking.version)
        )
        del self.booked[row.line]
        self.tally["cancelled"] += 1


def in_time(rows: Iterable[Row]) -> list[tuple[date, Row, bool]]:
    """What happened when: bookings by day, each before its own cancellation."""
    made = [(row.booked_on, False, row.line, row) for row in rows]
    ended = [
        (max(row.cancelled_on, row.booked_on), True, row.line, row)
        for row in rows
        if row.cancelled_on is not None
    ]
    ordered = sorted(made + ended, key=lambda moment: moment[:3])
    return [(day, row, cancels) for day, cancels, _, row in ordered]


def scarce(rows: Iterable[Row]) -> Mapping[str, int]:
    """By room type: fewer rooms than were wanted for the fullest night."""
    wanted: Counter[tuple[str, date]] = Counter()
    fullest: dict[str, int] = defaultdict(lambda: 1)
    for _, row, cancels in in_time(rows):
        for night in range((row.check_out - row.check_in).days):
            place = row.room_type, row.check_in + timedelta(days=night)
            wanted[place] += -1 if cancels else 1
            fullest[row.room_type] = max(fullest[row.room_type], wanted[place])
    return {name: max(1, peak * SCARCE // 100) for name, peak in fullest.items()}


async def replay(options: argparse.Namespace) -> bool:
    year, month = (int(part) for part in options.month.split("-"))
    found = list(rows_of(options.path, year, month))
    rows = [one for one in found if isinstance(one, Row)]
    rooms = {row.room_type: options.capacity for row in rows}
    if options.capacity is None:
        rooms = {**dict.fromkeys(rooms, 1), **scarce(rows)}
    clock = Clock()
    async with AsyncExitStack() as stack:
        url = options.database or f"sqlite:///{stack.enter_context(fresh_folder())}/hotel.db"
        container: Any = Container(settings=Settings(database_url=url))
        container.clock.override(providers.Object(clock))
        clock.now = datetime.combine(
            min(row.booked_on for row in rows), time(0, tzinfo=timezone.utc)
        )
        on = await stack.enter_async_context(stage(url, container))
        first = date(year, month, 1)
        dates = DateRange(first, first + timedelta(days=31) + LONGEST)
        resources = {
            name: (await on.add_room_type(dates=dates, capacity=capacity, beds=BEDS)).id
            for name, capacity in sorted(rooms.items())
        }
        lived = Replay(on=on, clock=clock, resources=resources)
        await lived.run(rows)
        unreadable = [(bad.line, bad.reason) for bad in found if isinstance(bad, BadRow)]
        return await report(lived, rooms, len(found), unreadable)


async def report(
    lived: Replay, rooms: Mapping[str, int], number: int, unreadable: list[tuple[int, str]]
) -> bool:
    on = lived.on
    heading(f"{number:,} bookings, {sum(rooms.values())} rooms of {len(rooms)} types")
    say("  " + ", ".join(f"{name}: {capacity}" for name, capacity in sorted(rooms.items())))
    for line, reason in sorted(unreadable + lived.complaints):
        say(f"  line {line}: {reason}")
    for outcome, count in {"unreadable": len(unreadable), **lived.tally}.items():
        say(f"  {outcome}: {count:,}")
    nights = sum(len(booking.agreement.claims) for booking in lived.booked.values())
    found = await sold(
        on.container.database(), on.actor.organization_id, *lived.resources.values()
    )
    broken = await findings(on.container)
    right = found.is_right and found.taken == nights and not broken
    say(
        f"  held at the end: {len(lived.booked):,} bookings, {nights:,} nights; "
        f"taken {found.taken:,}, claimed {found.claimed:,}, nights over capacity {found.over}, "
        f"other findings {len(broken)}" + ("" if right else "  <-- WRONG")
    )
    return right


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.replay_hotel", description=__doc__)
    parser.add_argument("path", type=Path, help="resort_hotel.csv or .csv.gz")
    parser.add_argument("--month", required=True, metavar="YYYY-MM", help="of arrival")
    parser.add_argument("--capacity", type=int, help="rooms of each type; scarce if not given")
    parser.add_argument("--database", help="URL of an empty database; a new file if not given")
    return 0 if asyncio.run(replay(parser.parse_args())) else 1


if __name__ == "__main__":
    sys.exit(main())
