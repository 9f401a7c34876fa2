"""Figures about bookings, in SQL."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import add
from typing import Any

import attrs
from sqlalchemy import Connection, Row, select

from adapters.mapping.summed_bookings import COUNTING
from adapters.readers.buckets import InBuckets
from adapters.readers.heard import heard_as_far_as, heard_until
from adapters.readers.sources_of_booking_figures import (
    OF,
    asked_of,
    moment_for,
    summed_up,
)
from adapters.readers.sums_by_offering import of_offerings
from adapters.sql.database import Database
from adapters.sql.keysets import page_of
from application.analytics.booking_facts import CountBookings
from application.analytics.booking_views import BookingBehind, BookingFigures, BookingQuestion
from application.kernel.pages import Page, Slice
from application.kernel.ports import Clock
from domain.analytics.booking_totals import BookingTotals, Counted, ValueTotals
from domain.analytics.counted_bookings import SUMMED
from domain.analytics.intervals import Granularity
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId
from domain.kernel.periods import Period

VALUED = ("total_minor", "worth_minor")


@attrs.frozen(kw_only=True)
class SqlBookingFigures(BookingFigures):
    database: Database
    clock: Clock

    async def as_of(self, actor: Actor) -> datetime:
        return await heard_until(self.database, actor, CountBookings, self.clock())

    async def edition(self, actor: Actor) -> int:
        return await heard_as_far_as(self.database, actor, CountBookings)

    async def counted(self, actor: Actor, question: BookingQuestion) -> Counted:
        asked = _sums(actor, question, ()).asked
        return await self.database.read(
            lambda connection: counted_in(connection.execute(asked)), of=actor.organization_id
        )

    async def timeline(
        self, actor: Actor, question: BookingQuestion, granularity: Granularity
    ) -> Sequence[tuple[Period, Counted]]:
        cut = question.cut(granularity)
        sums = _sums(actor, question, cut)

        def ask(connection: Connection) -> Sequence[tuple[Period, Counted]]:
            rows: dict[int, list[Row[Any]]] = defaultdict(list)
            for row in connection.execute(sums.asked):
                rows[sums.place(row.bucket)].append(row)
            return [(period, counted_in(rows[place])) for place, period in enumerate(cut)]

        return await self.database.read(ask, of=actor.organization_id)

    async def behind(
        self, actor: Actor, question: BookingQuestion, figure: str, *, slice: Slice
    ) -> Page[BookingBehind]:
        moment = moment_for(question.by)
        asked = select(OF.id, moment).where(
            *asked_of(actor, question, question.span.period), COUNTING[figure]
        )
        return await self.database.read(
            lambda connection: page_of(
                connection,
                asked,
                (moment, OF.id),
                slice,
                lambda row: BookingBehind(id=BookingId(row.id), at=row._mapping[moment]),  # noqa: SLF001
            ),
            of=actor.organization_id,
        )


def _sums(actor: Actor, question: BookingQuestion, cut: Sequence[Period]) -> InBuckets:
    if question.resource_id is None:
        return summed_up(actor, question, cut)
    return of_offerings(actor, question, cut or [question.span.period])


def counted_in(rows: Iterable[Row[Any]]) -> Counted:
    """Of rows that have a currency, and end with all sums in their order."""
    by_currency: dict[str, Sequence[int]] = {}
    for row in rows:
        sums = row[-len(SUMMED) :]
        known = by_currency.get(row.currency)
        by_currency[row.currency] = sums if known is None else list(map(add, known, sums))
    counted = [_counted(currency, sums) for currency, sums in sorted(by_currency.items())]
    return sum(counted, Counted())


def _counted(currency: str, sums: Sequence[int]) -> Counted:
    numbers = dict(zip(SUMMED, sums, strict=True))
    value = {name: numbers.pop(name) for name in VALUED}
    of_currency = ValueTotals(standing=numbers["standing"], **value)
    return Counted(
        totals=BookingTotals(**numbers),
        values={currency: of_currency} if numbers["standing"] else {},
    )
