"""Figures about money, in SQL: out of the books."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import attrs
from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    and_,
    cast,
    extract,
    func,
    select,
)

from adapters.mapping.booking_facts import QUARTER
from adapters.readers.buckets import buckets_of
from adapters.schema.bookings import bookings
from adapters.schema.ledger import journals, transfers
from adapters.sql.database import Database
from application.analytics.booking_views import BookingQuestion, Revenue, RevenueFigures
from domain.analytics.intervals import Granularity
from domain.analytics.revenue import Moved, revenue_of
from domain.kernel.actors import Actor
from domain.kernel.periods import Period

OF_JOURNAL = and_(
    transfers.c.organization_id == journals.c.organization_id,
    transfers.c.journal_id == journals.c.id,
)
OF_BOOKING = and_(
    bookings.c.organization_id == transfers.c.organization_id,
    bookings.c.id == transfers.c.booking_id,
)
ALIKE = (transfers.c.currency, journals.c.cause, transfers.c.debit, transfers.c.credit)


@attrs.frozen(kw_only=True)
class SqlRevenueFigures(RevenueFigures):
    database: Database

    async def revenue(self, actor: Actor, question: BookingQuestion) -> Revenue:
        asked = moved_of(actor, question).group_by(*ALIKE)
        return await self.database.read(
            lambda connection: revenue_in(connection.execute(asked).all()),
            of=actor.organization_id,
        )

    async def timeline(
        self, actor: Actor, question: BookingQuestion, granularity: Granularity
    ) -> Sequence[tuple[Period, Revenue]]:
        cut = question.cut(granularity)

        def ask(connection: Connection) -> Sequence[tuple[Period, Revenue]]:
            buckets = buckets_of(quarter_in(connection), cut)
            bucket = buckets.number.label("bucket")
            asked = moved_of(actor, question, bucket).group_by(bucket, *ALIKE)
            rows: dict[int, list[Row[Any]]] = defaultdict(list)
            for row in connection.execute(asked):
                rows[buckets.place(row.bucket)].append(row)
            return [(period, revenue_in(rows[place])) for place, period in enumerate(cut)]

        return await self.database.read(ask, of=actor.organization_id)


def moved_of(actor: Actor, question: BookingQuestion, *by: ColumnElement[Any]) -> Select[Any]:
    """To be grouped by the same, and by what makes transfers alike."""
    period = question.span.period
    asked = (
        select(
            *by,
            *ALIKE,
            func.count().label("number"),
            func.sum(transfers.c.amount_minor).label("minor"),
        )
        .join_from(journals, transfers, OF_JOURNAL)
        .where(
            journals.c.organization_id == actor.organization_id,
            journals.c.occurred_at >= period.starts_at,
            journals.c.occurred_at < period.ends_at,
        )
    )
    if question.kind is None and question.resource_id is None:
        return asked
    asked = asked.join(bookings, OF_BOOKING)
    if question.kind is not None:
        asked = asked.where(bookings.c.kind == question.kind)
    if question.resource_id is not None:
        asked = asked.where(bookings.c.resource_id == question.resource_id)
    return asked


def quarter_in(connection: Connection) -> ColumnElement[int]:
    """The quarter of an hour since 1970 in which a journal was written."""
    seconds = extract("epoch", journals.c.occurred_at)
    if connection.dialect.name == "postgresql":
        return cast(func.floor(seconds / QUARTER), Integer)
    return seconds // QUARTER


def revenue_in(rows: Sequence[Row[Any]]) -> Revenue:
    by_currency: Mapping[str, list[Moved]] = defaultdict(list)
    for row in rows:
        moved = Moved(
            cause=row.cause,
            debit=row.debit,
            credit=row.credit,
            number=int(row.number),
            minor=int(row.minor),
        )
        by_currency[row.currency].append(moved)
    return {currency: revenue_of(by_currency[currency]) for currency in sorted(by_currency)}
