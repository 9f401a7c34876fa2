"""Booking views in SQL."""

from typing import Any

import attrs
from sqlalchemy import ColumnElement, Connection, Row, select

from adapters.mapping.bookings import booking_of, one_booking
from adapters.mapping.quotes import one_quote, quote_of
from adapters.mapping.sales_terms import sales_terms_of
from adapters.schema.bookings import bookings, sales_terms
from adapters.sealing.vault import Vault
from adapters.sql.database import Database
from adapters.sql.keysets import page_of
from adapters.sql.vaults import vault_of
from application.bookings.views import BookingFilter, BookingSummary, BookingViews
from application.kernel.pages import Page, Slice
from domain.bookings.booking import Booking
from domain.bookings.life import BookingNotFound, BookingState, HoldPurpose
from domain.bookings.quotes import Quote, QuoteNotFound
from domain.bookings.sales_terms import NoSalesTerms, SalesTerms
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId, QuoteId, ResourceId
from domain.kernel.money import Money

SUMMARY = (
    bookings.c.id,
    bookings.c.version,
    bookings.c.reference,
    bookings.c.state,
    bookings.c.purpose,
    bookings.c.itinerary_id,
    bookings.c.resource_id,
    bookings.c.title,
    bookings.c.starts_at,
    bookings.c.ends_at,
    bookings.c.expires_at,
    bookings.c.total_minor,
    bookings.c.currency,
)


@attrs.frozen
class SqlBookingViews(BookingViews):
    database: Database

    async def booking(self, actor: Actor, booking_id: BookingId) -> Booking:
        def ask(connection: Connection) -> Booking:
            key = {"p_organization_id": actor.organization_id, "p_id": booking_id}
            row = connection.execute(one_booking(), key).one_or_none()
            if row is None:
                raise BookingNotFound(booking_id)
            return booking_of(row, vault_of(connection))

        return await self.database.read(ask, of=actor.organization_id)

    async def bookings(
        self, actor: Actor, *, filter: BookingFilter, slice: Slice
    ) -> Page[BookingSummary]:
        keys = (bookings.c.starts_at, bookings.c.id)

        def ask(connection: Connection) -> Page[BookingSummary]:
            question = select(*SUMMARY).where(
                bookings.c.organization_id == actor.organization_id,
                *_conditions(filter),
                *_theirs(actor, filter, vault_of(connection)),
            )
            return page_of(connection, question, keys, slice, _summary)

        return await self.database.read(ask, of=actor.organization_id)

    async def quote(self, actor: Actor, quote_id: QuoteId) -> Quote:
        def ask(connection: Connection) -> Quote:
            key = {"p_organization_id": actor.organization_id, "p_id": quote_id}
            row = connection.execute(one_quote(), key).one_or_none()
            if row is None:
                raise QuoteNotFound(quote_id)
            return quote_of(row, vault_of(connection))

        return await self.database.read(ask, of=actor.organization_id)

    async def sales_terms(self, actor: Actor, resource_id: ResourceId) -> SalesTerms:
        question = select(sales_terms).where(
            sales_terms.c.organization_id == actor.organization_id,
            sales_terms.c.id == resource_id,
        )

        def ask(connection: Connection) -> SalesTerms:
            row = connection.execute(question).one_or_none()
            if row is None:
                raise NoSalesTerms(resource_id)
            return sales_terms_of(row)

        return await self.database.read(ask, of=actor.organization_id)


def _theirs(actor: Actor, filter: BookingFilter, vault: Vault) -> list[ColumnElement[bool]]:
    if filter.email is None:
        return []
    return [bookings.c.email.in_(vault.indexes(actor.organization_id, filter.email))]


def _conditions(filter: BookingFilter) -> list[ColumnElement[bool]]:
    wanted = {
        bookings.c.state: filter.state and filter.state.value,
        bookings.c.purpose: filter.purpose and filter.purpose.value,
        bookings.c.itinerary_id: filter.itinerary_id,
        bookings.c.resource_id: filter.resource_id,
        bookings.c.reference: filter.reference,
    }
    conditions = [column == value for column, value in wanted.items() if value is not None]
    if filter.starts_from is not None:
        conditions.append(bookings.c.starts_at >= filter.starts_from)
    if filter.starts_before is not None:
        conditions.append(bookings.c.starts_at < filter.starts_before)
    return conditions


def _summary(row: Row[Any]) -> BookingSummary:
    return BookingSummary(
        id=row.id,
        version=row.version,
        reference=row.reference,
        state=BookingState(row.state),
        purpose=HoldPurpose(row.purpose),
        itinerary_id=row.itinerary_id,
        resource_id=row.resource_id,
        title=row.title,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        expires_at=row.expires_at,
        total=Money(row.total_minor, row.currency),
    )
