"""Figures about money, in SQL: out of the books."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import Connection, Row

from adapters.readers.buckets import InBuckets
from adapters.readers.sources_of_revenue import moved_by_offering, moved_of, summed_until
from adapters.sql.database import Database
from application.analytics.booking_views import BookingQuestion, Revenue, RevenueFigures
from domain.analytics.intervals import Granularity
from domain.analytics.revenue import Moved, revenue_of
from domain.kernel.actors import Actor
from domain.kernel.periods import Period


@attrs.frozen(kw_only=True)
class SqlRevenueFigures(RevenueFigures):
    database: Database

    async def revenue(self, actor: Actor, question: BookingQuestion) -> Revenue:
        def ask(connection: Connection) -> Revenue:
            until = summed_until(connection, actor)
            moved = _moved(actor, question, (), until)
            return revenue_in(connection.execute(moved.asked).all())

        return await self.database.read(ask, of=actor.organization_id)

    async def timeline(
        self, actor: Actor, question: BookingQuestion, granularity: Granularity
    ) -> Sequence[tuple[Period, Revenue]]:
        cut = question.cut(granularity)

        def ask(connection: Connection) -> Sequence[tuple[Period, Revenue]]:
            moved = _moved(actor, question, cut, summed_until(connection, actor))
            rows: dict[int, list[Row[Any]]] = defaultdict(list)
            for row in connection.execute(moved.asked):
                rows[moved.place(row.bucket)].append(row)
            return [(period, revenue_in(rows[place])) for place, period in enumerate(cut)]

        return await self.database.read(ask, of=actor.organization_id)


def _moved(
    actor: Actor, question: BookingQuestion, cut: Sequence[Period], until: datetime
) -> InBuckets:
    if question.resource_id is None:
        return moved_of(actor, question, cut, until=until)
    return moved_by_offering(actor, question, cut or [question.span.period], until=until)


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
