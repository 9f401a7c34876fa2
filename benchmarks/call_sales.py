"""What was sold in the calls of a year: a booking in every so many of them, written as rows."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select

from adapters.schema.bookings import bookings
from adapters.schema.events import event_log
from application.bookings.hold_booking import HoldBooking
from benchmarks.call_rows import AT_ONCE, BEGAN
from benchmarks.stages import Stage
from domain.bookings.booking import Booking
from domain.bookings.events import BookingConfirmed
from domain.bookings.life import BookingState

EVERY = 20


async def write_sales(on: Stage, calls: int) -> None:
    """In every twentieth call. Nothing is written where something was sold before."""
    database, of = on.container.database(), on.actor.organization_id
    known = select(event_log.c.id).where(
        event_log.c.organization_id == of, event_log.c.call_id.is_not(None)
    )
    if await database.read(lambda it: it.execute(known.limit(1)).first(), of=of) is not None:
        return
    like = await _one(on)
    sold = range(0, calls, EVERY)
    for first in range(0, len(sold), AT_ONCE):
        numbers = sold[first : first + AT_ONCE]

        def write(connection: Connection, numbers: Sequence[int] = numbers) -> None:
            connection.execute(insert(bookings), list(_bookings(like, numbers)))
            connection.execute(insert(event_log), list(_events(on, numbers)))

        await database.write(write, of=of)
    await on.analyze()


async def _one(on: Stage) -> Mapping[str, Any]:
    """A booking as it is stored; all others are like it."""
    room = await on.add_nights(1)
    held: Booking = await on.container.bookings.hold_booking()(
        HoldBooking(actor=on.actor, quote_id=await on.quote(room.id))
    )
    of = on.actor.organization_id
    row = select(bookings).where(bookings.c.organization_id == of, bookings.c.id == held.id)
    found: Mapping[str, Any] = await on.container.database().read(
        lambda it: it.execute(row).mappings().one(), of=of
    )
    return found


def _bookings(like: Mapping[str, Any], calls: Sequence[int]) -> Iterator[Mapping[str, Any]]:
    for number in calls:
        own = {"id": _booking(number), "reference": f"CS{number:08}"}
        yield {**like, **own, "state": BookingState.CONFIRMED.value}


def _events(on: Stage, calls: Sequence[int]) -> Iterator[Mapping[str, Any]]:
    for number in calls:
        yield {
            "organization_id": on.actor.organization_id,
            "id": UUID(int=5 << 64 | number),
            "name": BookingConfirmed.name,
            "subject": _booking(number),
            "payload": {},
            "actor_id": on.actor.id,
            "occurred_at": BEGAN,
            "call_id": UUID(int=number),
        }


def _booking(call: int) -> UUID:
    return UUID(int=4 << 64 | call)
