"""What figures about bookings are read from, broken behind the program's back."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Row, Table, func, select, update

from adapters.repositories.booking_facts import SqlBookingFacts
from adapters.schema.analytics import (
    booking_days,
    booking_facts,
    booking_hours,
    booking_leads,
    booking_quarters,
    days_on_books,
    offered_days,
    sold_days,
)
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
        update(booking_facts).where(booking_facts.c.id == booking_id).values(days=7)
    )
    return booking_id


@breaks("bookings_are_counted_as_they_are")
def a_night_that_is_worth_more(saboteur: Saboteur) -> object:
    """Of what is held, no worth is summed up."""
    count_all(saboteur)
    held = saboteur.business.held
    more = booking_days.c.worth_minor + 1
    saboteur.update(booking_days, booking_days.c.booking_id == held, worth_minor=more)
    return held


@breaks("quarters_of_bookings_are_summed_up")
def a_quarter_with_a_booking_too_many(saboteur: Saboteur) -> object:
    count_all(saboteur)
    (row, where) = first_of(saboteur, booking_quarters)
    saboteur.update(booking_quarters, *where, bookings=row.bookings + 1)
    return row.quarter


@breaks("hours_of_bookings_are_summed_up")
def an_hour_that_is_worth_more(saboteur: Saboteur) -> object:
    count_all(saboteur)
    (row, where) = first_of(saboteur, booking_hours)
    saboteur.update(booking_hours, *where, worth_minor=row.worth_minor + 1)
    return row.hour


@breaks("hours_of_bookings_are_summed_up")
def an_hour_that_is_not_summed_up(saboteur: Saboteur) -> object:
    count_all(saboteur)
    (row, where) = first_of(saboteur, booking_hours)
    saboteur.delete(booking_hours, *where)
    return row.hour


@breaks("days_of_offerings_are_summed_up")
def an_offering_with_more_people(saboteur: Saboteur) -> object:
    count_all(saboteur)
    (row, where) = first_of(saboteur, offered_days)
    saboteur.update(offered_days, *where, people=row.people + 1)
    return row.resource_id


@breaks("sold_days_are_summed_up")
def a_day_that_was_not_taken_back(saboteur: Saboteur) -> object:
    count_all(saboteur)
    (row, where) = first_of(saboteur, sold_days)
    saboteur.update(sold_days, *where, sold=row.sold + 1)
    return row.resource_id


@breaks("lead_times_are_summed_up")
def a_booking_that_was_made_on_another_day(saboteur: Saboteur) -> object:
    count_all(saboteur)
    (row, where) = first_of(saboteur, booking_leads)
    saboteur.update(booking_leads, *where, standing=row.standing + 1)
    return row.lead_days


@breaks("days_on_the_books_are_summed_up")
def a_day_that_came_off_the_books_unheard(saboteur: Saboteur) -> object:
    count_all(saboteur)
    (row, where) = first_of(saboteur, days_on_books)
    saboteur.delete(days_on_books, *where)
    return row.day


def first_of(saboteur: Saboteur, sums: Table) -> tuple[Row[Any], Sequence[ColumnElement[bool]]]:
    """And which it is."""
    key = sums.primary_key.columns
    found = saboteur.connection.execute(select(sums).order_by(*key).limit(1)).one()
    return found, [column == getattr(found, column.name) for column in key]
