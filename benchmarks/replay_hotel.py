"""`python -m benchmarks.replay_hotel PATH`: a hotel's history, lived again.

Every booking is quoted, held and confirmed on the day it was made, cancelled on the day it was
cancelled, and marked where nobody came, with the program's clock set to that day. Fewer rooms are
on sale than were wanted, so some are refused. What came of every line must be what counting alone
says (`hotel_oracle.py`).
"""

import argparse
import asyncio
import sys
from collections import Counter, defaultdict
from collections.abc import Awaitable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

import attrs
import uvloop
from dependency_injector import providers

from application.bookings.cancel_booking import CancelBooking
from application.bookings.confirm_booking import ConfirmBooking
from application.bookings.hold_booking import HoldBooking
from application.bookings.mark_no_show import MarkNoShow
from application.bookings.quote_booking import QuoteBooking
from benchmarks.counted import findings, sold
from benchmarks.hotel_oracle import expected
from benchmarks.hotel_rows import BadRow, End, Row, rows_of
from benchmarks.races import ENGINES, database
from benchmarks.stages import Stage, settings_for, stage
from benchmarks.tables import heading, say
from domain.bookings.booking import Booking
from domain.bookings.contacts import Contact
from domain.bookings.hotel import HotelBookingRequest
from domain.bookings.quotes import Quote
from domain.inventory.pools import SoldOut
from domain.kernel.identifiers import ResourceId
from domain.kernel.periods import DateRange
from domain.kernel.refusals import Refusal
from entrypoints.wiring.container import Container

Result = TypeVar("Result")

BEDS = 6  # nobody published them
PERCENT = 90
MORNING, NOON, NIGHT = (time(hour, tzinfo=timezone.utc) for hour in (9, 12, 23))
ENDS = {End.CANCELLED: NOON, End.NOT_SHOWN: NIGHT}


@attrs.define
class Clock:
    now: datetime = datetime(2000, 1, 1, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.now


@attrs.frozen(kw_only=True)
class Replay:
    """`told` says, by line, what became of it."""

    on: Stage
    clock: Clock
    resources: Mapping[str, ResourceId]
    booked: dict[int, Booking] = attrs.field(factory=dict)
    told: dict[int, list[str]] = attrs.field(factory=lambda: defaultdict(list))
    complaints: list[tuple[int, str]] = attrs.field(factory=list)

    async def run(self, rows: Sequence[Row]) -> None:
        """What happens at the same moment happens at once, but rooms of a type go in order."""
        for (now, ends), moments in groupby(in_time(rows), key=itemgetter(0, 2)):
            self.clock.now = now
            some = [row for _, row, _ in moments]
            if ends:
                booked = [row for row in some if row.line in self.booked]
                await asyncio.gather(*(self._try(row, self._end(row)) for row in booked))
            else:
                await self._book(some)

    async def _book(self, rows: Sequence[Row]) -> None:
        quotes = await asyncio.gather(*(self._try(row, self._quote(row)) for row in rows))
        queues: dict[str, list[tuple[Row, Quote]]] = defaultdict(list)
        for row, quote in zip(rows, quotes, strict=True):
            if quote is not None:
                queues[row.room_type].append((row, quote))
        held = await asyncio.gather(*map(self._hold, queues.values()))
        await asyncio.gather(
            *(
                self._try(row, self._confirm(row, booking))
                for each in held
                for row, booking in each
            )
        )

    async def _try(self, row: Row, step: Awaitable[Result]) -> Result | None:
        try:
            return await step
        except Refusal as refusal:
            self.told[row.line].append(refusal.code)
            if not isinstance(refusal, SoldOut):
                self.complaints.append((row.line, f"{refusal.code}: {refusal}"))
            return None

    async def _quote(self, row: Row) -> Quote:
        request = HotelBookingRequest(
            resource_id=self.resources[row.room_type],
            contact=Contact(name=f"Guest {row.line}", email=f"guest-{row.line}@example.com"),
            check_in=row.check_in,
            check_out=row.check_out,
            rooms=1,
            guests=row.guests,
            children=row.children,
        )
        command = QuoteBooking(actor=self.on.actor, request=request)
        quote: Quote = await self.on.container.bookings.quote_booking()(command)
        return quote

    async def _hold(self, queue: Sequence[tuple[Row, Quote]]) -> Sequence[tuple[Row, Booking]]:
        """One after the other; those that were sold out are missing from the answer."""
        hold = self.on.container.bookings.hold_booking()
        held: list[tuple[Row, Booking]] = []
        for row, quote in queue:
            command = HoldBooking(actor=self.on.actor, quote_id=quote.id)
            booking = await self._try(row, hold(command))
            if booking is not None:
                held.append((row, booking))
        return held

    async def _confirm(self, row: Row, held: Booking) -> None:
        self.booked[row.line] = await self.on.container.bookings.confirm_booking()(
            ConfirmBooking(actor=self.on.actor, booking_id=held.id, version=held.version)
        )
        self.told[row.line].append("accepted")

    async def _end(self, row: Row) -> None:
        actor, booking = self.on.actor, self.booked[row.line]
        if row.end is End.NOT_SHOWN:
            await self.on.container.booking_life.mark_no_show()(
                MarkNoShow(actor=actor, booking_id=booking.id, version=booking.version)
            )
            self.told[row.line].append("no_show")
        else:
            await self.on.container.bookings.cancel_booking()(
                CancelBooking(actor=actor, booking_id=booking.id, version=booking.version)
            )
            del self.booked[row.line]
            self.told[row.line].append("cancelled")


def in_time(rows: Iterable[Row]) -> list[tuple[datetime, Row, bool]]:
    """What happened when: of each row its beginning, and its end unless that was as planned."""
    made = [(datetime.combine(row.booked_on, MORNING), row.line, row, False) for row in rows]
    ended = [
        (datetime.combine(max(row.ended_on, row.booked_on), ENDS[row.end]), row.line, row, True)
        for row in rows
        if row.end in ENDS
    ]
    ordered = sorted(made + ended, key=lambda moment: moment[:2])
    return [(now, row, ends) for now, _, row, ends in ordered]


def scarce(rows: Iterable[Row], percent: int) -> dict[str, int]:
    """By room type: so many percent of the rooms that were wanted for the fullest night."""
    wanted: Counter[tuple[str, date]] = Counter()
    fullest: dict[str, int] = defaultdict(lambda: 1)
    for _, row, ends in in_time(rows):
        if ends and row.end is End.NOT_SHOWN:
            continue
        for night in range((row.check_out - row.check_in).days):
            place = row.room_type, row.check_in + timedelta(days=night)
            wanted[place] += -1 if ends else 1
            fullest[row.room_type] = max(fullest[row.room_type], wanted[place])
    types = {row.room_type for row in rows}
    return {name: max(1, fullest[name] * percent // 100) for name in sorted(types)}


async def put_on_sale(
    on: Stage, rows: Sequence[Row], rooms: Mapping[str, int]
) -> Mapping[str, ResourceId]:
    dates = DateRange(min(row.check_in for row in rows), max(row.check_out for row in rows))
    return {
        name: (await on.add_room_type(dates=dates, capacity=capacity, beds=BEDS)).id
        for name, capacity in rooms.items()
    }


async def replay(options: argparse.Namespace, engine: str) -> bool:
    found = list(rows_of(options.path, options.month))
    rows = [one for one in found if isinstance(one, Row)]
    rooms = scarce(rows, options.percent)
    clock = Clock(now=min(now for now, _, _ in in_time(rows)))
    async with database(engine) as url:
        container: Any = Container(settings=settings_for(url))
        container.clock.override(providers.Object(clock))
        async with stage(url, container) as on:
            lived = Replay(on=on, clock=clock, resources=await put_on_sale(on, rows, rooms))
            began = perf_counter()
            await lived.run(rows)
            passed = perf_counter() - began
            heading(f"{len(found):,} bookings, {sum(rooms.values())} rooms, {engine}")
            say("  " + ", ".join(f"{name}: {capacity}" for name, capacity in rooms.items()))
            say(f"  lived in {passed:,.0f} s, {len(rows) / passed:,.0f} rows/s")
            for bad in found:
                if isinstance(bad, BadRow):
                    lived.told[bad.line].append("unreadable")
                    lived.complaints.append((bad.line, bad.reason))
            recomputed = expected(options.path, rooms, BEDS, options.month)
            return await report(lived, recomputed, complaints=options.complaints)


async def report(lived: Replay, recomputed: Mapping[int, list[str]], *, complaints: int) -> bool:
    """Names so many of the lines refused for what they say."""
    on = lived.on
    for line, reason in sorted(lived.complaints)[:complaints]:
        say(f"  line {line}: {reason}")
    if len(lived.complaints) > complaints:
        say(f"  ... and {len(lived.complaints) - complaints:,} more lines")
    counted, told = _counts(recomputed), _counts(lived.told)
    for outcome in sorted({*counted, *told}):
        say(f"  {outcome}: {told[outcome]:,}, recomputed {counted[outcome]:,}")
    nights = sum(len(booking.agreement.claims) for booking in lived.booked.values())
    found = await sold(
        on.container.database(), on.actor.organization_id, *lived.resources.values()
    )
    broken = await findings(on.container)
    same = lived.told == recomputed
    right = same and found.is_right and found.taken == nights and not broken
    say(
        f"  held at the end: {len(lived.booked):,} bookings, {nights:,} nights; "
        f"taken {found.taken:,}, claimed {found.claimed:,}, nights over capacity {found.over}, "
        f"other findings {len(broken)}; line by line {'equal' if same else 'different'}"
        + ("" if right else "  <-- WRONG")
    )
    return right


def _counts(told: Mapping[int, list[str]]) -> Counter[str]:
    return Counter(outcome for outcomes in told.values() for outcome in outcomes)


async def run(options: argparse.Namespace) -> bool:
    return all([await replay(options, engine) for engine in options.engine or ENGINES])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.replay_hotel", description=__doc__)
    parser.add_argument("path", type=Path, help="resort_hotel.csv.gz")
    parser.add_argument("--month", default="", metavar="YYYY-MM", help="only who arrives then")
    parser.add_argument(
        "--percent", type=int, default=PERCENT, help="of the rooms wanted for the fullest night"
    )
    parser.add_argument("--engine", action="append", choices=ENGINES)
    parser.add_argument("--complaints", type=int, default=20, help="lines to name")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return 0 if runner.run(run(parser.parse_args())) else 1


if __name__ == "__main__":
    sys.exit(main())
