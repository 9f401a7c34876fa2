"""Calls of a desk, counted as the worker counts them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import attrs

from application.analytics.count_calls import CountCalls
from application.analytics.note_presences import NotePresences
from domain.calls.call import Call, Direction, Numbers
from domain.calls.events import CallEnded
from domain.calls.legs import Interval
from domain.calls.status import CallStatus
from domain.kernel.identifiers import CallId
from tests.http.desk import Desk

BEGAN = datetime.fromisoformat("2027-02-27T09:07:00+00:00")


async def counted(desk: Desk) -> None:
    """All that has happened is heard."""
    await desk.relay()
    organization_id = desk.actor.organization_id
    relay = desk.container.event_relay()
    while await relay.deliver(CountCalls(), organization_id, limit=1000):
        pass


async def heard_presences(desk: Desk) -> None:
    await desk.relay()
    relay = desk.container.event_relay()
    while await relay.deliver(NotePresences(), desk.actor.organization_id, limit=1000):
        pass


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def past_call(
    *,
    at: datetime = BEGAN,
    waited: float = 10,
    talked: float | None = 60,
    held: float = 0,
    wrapped: float | None = None,
    **members: Any,
) -> Call:
    """One that is over; without talk it was hung up after waiting."""
    answered = None if talked is None else at + seconds(waited)
    ended = at + seconds(waited) if answered is None else answered + seconds(talked or 0)
    holds = (Interval(since=answered, until=answered + seconds(held)),) if answered else ()
    usual: dict[str, Any] = {
        "id": CallId(uuid4()),
        "direction": Direction.INBOUND,
        "numbers": Numbers(),
        "status": CallStatus.COMPLETED if answered else CallStatus.CANCELLED,
        "started_at": at,
        "queued_at": at,
        "answered_at": answered,
        "ended_at": ended,
        "holds": holds if held else (),
        "wrapped_at": None if wrapped is None else ended + seconds(wrapped),
    }
    call = Call(**{**usual, **members})
    return noted(call)


def noted(call: Call) -> Call:
    """With the event that says that something happened to it."""
    ended = CallEnded(
        call_id=call.id,
        status=call.status.value,
        end_reason="customer_hung_up",
        ended_by="customer",
        seconds=0,
        occurred_at=call.ended_at or call.started_at,
    )
    return attrs.evolve(call, events=(ended,))


async def keep(desk: Desk, *calls: Call) -> list[UUID]:
    unit_of_work: Any = desk.container.escalations.unit_of_work()
    for call in calls:
        await unit_of_work(desk.actor, lambda work, call=call: work.calls.save(call))
    await counted(desk)
    return [call.id for call in calls]
