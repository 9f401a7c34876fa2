"""What figures about bookings are read from is what counting the bookings anew would give."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, Connection, exists, func, or_, select, tuple_

from adapters.mapping.booking_facts import day_rows, fact_row, facts_of, known_of
from adapters.readers.verification_checks import Check, in_no_hurry
from adapters.readers.verification_sums import booking_sum_checks
from adapters.schema.bookings import bookings
from adapters.schema.events import event_log, receipts
from adapters.sql.besides import Besides
from application.analytics.booking_facts import CountBookings
from application.kernel.verification import Finding
from domain.kernel.identifiers import OrganizationId
from domain.payments.events import PaymentCaptured

NOBODY = UUID(int=0)


def booking_figure_checks() -> "Sequence[Check | BookingsAreCountedAsTheyAre]":
    return (BookingsAreCountedAsTheyAre(), *booking_sum_checks())


@attrs.frozen(kw_only=True)
class BookingsAreCountedAsTheyAre:
    """Of bookings of which everything that has happened was heard; page by page."""

    name: str = "bookings_are_counted_as_they_are"
    page: int = 500

    def __call__(self, connection: Connection) -> Sequence[Finding]:
        in_no_hurry(connection)
        return list(self._findings(connection))

    def _findings(self, connection: Connection) -> Iterator[Finding]:
        after = (NOBODY, NOBODY)
        while page := self._page(connection, after):
            for organization_id, rows in groupby(page, attrgetter("organization_id")):
                yield from self._of_one(connection, organization_id, list(rows))
            after = (page[-1].organization_id, page[-1].id)

    def _page(self, connection: Connection, after: tuple[UUID, UUID]) -> Sequence[Any]:
        key = (bookings.c.organization_id, bookings.c.id)
        # By the events of the booking: few, where those up to a position are nearly all there are.
        heard_of = exists().where(*_of_booking(), Besides(event_log.c.position <= _heard()))
        unheard = exists().where(*_of_booking(), _is_unheard())
        question = (
            select(*key)
            .where(tuple_(*key) > tuple_(*after), heard_of, ~unheard)
            .order_by(*key)
            .limit(self.page)
        )
        return connection.execute(question).all()

    def _of_one(
        self, connection: Connection, organization_id: OrganizationId, rows: Sequence[Any]
    ) -> Iterator[Finding]:
        ids = [row.id for row in rows]
        passed = {"paid_at"} if _payments_unheard(connection, organization_id) else set()
        facts = facts_of(connection.execute, organization_id, ids)
        known, days = known_of(connection.execute, organization_id, ids)
        for fact in facts:
            row = fact_row(fact)
            stored = known.get(fact.booking_id, {})
            wrong = [
                name
                for name, value in row.items()
                if name not in passed and stored.get(name) != value
            ]
            if list(day_rows(fact)) != days[fact.booking_id]:
                wrong.append("days of its own")
            if wrong:
                yield Finding(
                    check=self.name,
                    organization_id=organization_id,
                    subject=str(fact.booking_id),
                    detail=f"is counted with another {', '.join(wrong)}",
                )


def _payments_unheard(connection: Connection, organization_id: OrganizationId) -> bool:
    """They are events of payments: which of them are about which booking is not looked into."""
    of_payments = (
        event_log.c.organization_id == organization_id,
        event_log.c.name == PaymentCaptured.name,
    )
    heard = select(receipts.c.position).where(
        receipts.c.organization_id == organization_id,
        receipts.c.subscriber == CountBookings.name,
    )
    position = connection.execute(heard).scalar_one_or_none() or 0
    beyond = or_(event_log.c.position.is_(None), event_log.c.position > position)
    return bool(connection.execute(select(exists().where(*of_payments, beyond))).scalar_one())


def _of_booking() -> tuple[ColumnElement[bool], ...]:
    return (
        event_log.c.organization_id == bookings.c.organization_id,
        event_log.c.subject == bookings.c.id,
    )


def _is_unheard() -> ColumnElement[bool]:
    return Besides(or_(event_log.c.position.is_(None), event_log.c.position > _heard()))


def _heard() -> ColumnElement[int]:
    position = (
        select(receipts.c.position)
        .where(
            receipts.c.organization_id == bookings.c.organization_id,
            receipts.c.subscriber == CountBookings.name,
        )
        .correlate(bookings)
        .scalar_subquery()
    )
    return func.coalesce(position, 0)
