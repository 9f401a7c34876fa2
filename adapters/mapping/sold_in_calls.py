"""What was sold in calls: it is found by the events that say in which call they were done."""

from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, select

from adapters.schema.bookings import bookings
from adapters.schema.events import event_log
from domain.bookings.events import BookingConfirmed, BookingHeld
from domain.bookings.life import BookingState
from domain.kernel.identifiers import CallId, OrganizationId

SELLING = (BookingHeld.name, BookingConfirmed.name)
BOOKED = tuple(
    state.value
    for state in (
        BookingState.CONFIRMED,
        BookingState.IN_PROGRESS,
        BookingState.COMPLETED,
        BookingState.NO_SHOW,
    )
)


def _is_selling() -> ColumnElement[bool]:
    """As the index of such events says it: for a parameter SQLite would not take that."""
    names: BindParameter[Any] = bindparam(None, SELLING, expanding=True, literal_execute=True)
    return event_log.c.name.in_(names)


def sold_in(organization_id: OrganizationId, call_id: CallId | ColumnElement[Any]) -> Select[Any]:
    """Bookings that were held or confirmed there, and are booked by now; each as often."""
    return (
        select(
            bookings.c.id,
            bookings.c.reference,
            bookings.c.title,
            bookings.c.state,
            bookings.c.total_minor,
            bookings.c.currency,
        )
        .join(
            event_log,
            (event_log.c.organization_id == bookings.c.organization_id)
            & (event_log.c.subject == bookings.c.id),
        )
        .where(
            bookings.c.organization_id == organization_id,
            bookings.c.state.in_(BOOKED),
            event_log.c.call_id == call_id,
            _is_selling(),
        )
    )


def calls_that_sold(organization_id: OrganizationId) -> Select[tuple[UUID]]:
    """What they are called, each as often as it did."""
    return (
        select(event_log.c.call_id)
        .join(
            bookings,
            (bookings.c.organization_id == event_log.c.organization_id)
            & (bookings.c.id == event_log.c.subject),
        )
        .where(
            event_log.c.organization_id == organization_id,
            event_log.c.call_id.is_not(None),
            _is_selling(),
            bookings.c.state.in_(BOOKED),
        )
    )
