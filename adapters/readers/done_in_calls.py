"""Events of what was done in a call, and of what became of that, in SQL."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Subquery,
    Table,
    func,
    or_,
    select,
    union_all,
)

from adapters.schema.events import event_log
from adapters.schema.payments import disputes, payments, refunds
from domain.bookings.events import BookingEvent
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallId
from domain.payments.events import DisputeEvent, PaymentEvent, RefundEvent

BOOKINGS = tuple(event.name for event in BookingEvent.__subclasses__())
MONEY = tuple(
    event.name
    for kind in (PaymentEvent, RefundEvent, DisputeEvent)
    for event in kind.__subclasses__()
)


def booked(every: Select[Any], actor: Actor, call_id: CallId) -> list[Select[Any]]:
    """Of `every` event, those of what was held, booked or changed."""
    touched = _touched(actor, call_id)
    since = every.join(touched, touched.c.booking_id == event_log.c.subject)
    return [
        every.where(event_log.c.call_id == call_id, event_log.c.name.not_in(MONEY)),
        since.where(event_log.c.arrival > touched.c.first, _elsewhere(call_id)),
    ]


def paid(every: Select[Any], actor: Actor, call_id: CallId) -> list[Select[Any]]:
    """Of `every` event, those of the money for it."""
    touched = _touched(actor, call_id)
    return [
        every.where(event_log.c.call_id == call_id, event_log.c.name.in_(MONEY)),
        *(
            every.join(table, _is_subject(table, event_log))
            .join(touched, touched.c.booking_id == table.c.booking_id)
            .where(event_log.c.arrival > touched.c.first, _elsewhere(call_id))
            for table in (payments, refunds, disputes)
        ),
    ]


def _touched(actor: Actor, call_id: CallId) -> Subquery:
    """Bookings to which something was done in the call, or to their money, and when first."""
    done = event_log.alias("done")
    ours = (done.c.organization_id == actor.organization_id) & (done.c.call_id == call_id)
    to_bookings = select(done.c.subject.label("booking_id"), done.c.arrival).where(
        ours, done.c.name.in_(BOOKINGS)
    )
    to_money = (
        select(table.c.booking_id, done.c.arrival)
        .join(done, _is_subject(table, done))
        .where(ours, table.c.organization_id == actor.organization_id)
        for table in (payments, refunds)
    )
    every = union_all(to_bookings, *to_money).subquery("every")
    first = func.min(every.c.arrival).label("first")
    return select(every.c.booking_id, first).group_by(every.c.booking_id).subquery("touched")


def _is_subject(table: Table, events: FromClause) -> ColumnElement[bool]:
    same = events.c.organization_id == table.c.organization_id
    return same & (events.c.subject == table.c.id)


def _elsewhere(call_id: CallId) -> ColumnElement[bool]:
    """What was done in the call itself is found by that."""
    return or_(event_log.c.call_id.is_(None), event_log.c.call_id != call_id)
