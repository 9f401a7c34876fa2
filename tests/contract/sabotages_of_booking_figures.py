"""What figures about bookings are read from, broken behind the program's back."""

from uuid import uuid4

from sqlalchemy import func, select, update

from adapters.repositories.booking_facts import SqlBookingFacts
from adapters.schema.analytics import booking_days, booking_facts
from adapters.schema.bookings import bookings
from adapters.schema.events import event_log, receipts
from adapters.sql.database import already_begun
from adapters.sql.scope import Scope
from application.analytics.booking_facts import CountBookings
from domain.kernel.identifiers import BookingId
from tests.contract.sabotages import Saboteur, breaks


def count_all(saboteur: Saboteur) -> BookingId:
    """As if everything had been heard; one of those that were counted."""
    actor = saboteur.business.desk.actor
    scope = Scope(saboteur.connection, actor, uuid4, already_begun)
    ids = scope.ask(select(bookings.c.id).where(scope.owns(bookings))).scalars().all()
    SqlBookingFacts(scope).renew(ids)
    last = scope.ask(select(func.max(event_log.c.position)).where(scope.owns(event_log)))
    saboteur.insert(
        receipts, subscriber=CountBookings.name, position=last.scalar_one(), attempts=0
    )
    return saboteur.business.confirmed


@breaks("bookings_are_counted_as_they_are")
def a_booking_that_is_counted_as_it_was(saboteur: Saboteur) -> object:
    booking_id = count_all(saboteur)
    saboteur.connection.execute(
        update(booking_facts).where(booking_facts.c.id == booking_id).values(people=7)
    )
    return booking_id


@breaks("bookings_are_counted_as_they_are")
def a_night_that_is_worth_more(saboteur: Saboteur) -> object:
    booking_id = count_all(saboteur)
    more = booking_days.c.worth_minor + 1
    saboteur.connection.execute(
        update(booking_days)
        .where(booking_days.c.booking_id == booking_id)
        .values(worth_minor=more)
    )
    return booking_id
