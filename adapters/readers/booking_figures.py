"""Figures about bookings, in SQL."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    func,
    select,
    true,
)

from adapters.readers.buckets import Buckets, buckets_of
from adapters.readers.heard import heard_until
from adapters.schema.analytics import booking_facts
from adapters.sql.database import Database
from adapters.sql.keysets import page_of
from application.analytics.booking_facts import CountBookings
from application.analytics.booking_views import BookingBehind, BookingFigures, BookingQuestion
from application.kernel.pages import Page, Slice
from application.kernel.ports import Clock
from domain.analytics.booking_facts import ATTENDED, LET_GO, STANDING
from domain.analytics.booking_totals import Basis, BookingTotals, Counted, ValueTotals
from domain.analytics.intervals import Granularity
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId
from domain.kernel.periods import Period

OF = booking_facts.c
IS_STANDING = OF.state.in_(sorted(STANDING))
HAS_ATTENDED = OF.state.in_(sorted(ATTENDED))
HAS_PAID = and_(OF.confirmed_at.is_not(None), OF.paid_at.is_not(None))

# By these a booking counts, and by these those that were counted are found.
COUNTING: Mapping[str, ColumnElement[bool]] = {
    "bookings": true(),
    "pending": OF.state == "held",
    "let_go": OF.state.in_(sorted(LET_GO)),
    "confirmed": OF.confirmed_at.is_not(None),
    "standing": IS_STANDING,
    "cancelled": OF.state == "cancelled",
    "cancelled_by_company": and_(OF.state == "cancelled", OF.by_company),
    "no_shows": OF.state == "no_show",
    "attended": HAS_ATTENDED,
    "paid": HAS_PAID,
    "paid_and_attended": and_(HAS_PAID, HAS_ATTENDED),
}
SUMMED = {"people": OF.people, "units": OF.units, "lead_days": OF.lead_days}
VALUED = {"total_minor": OF.total_minor, "worth_minor": OF.worth_minor}


@attrs.frozen(kw_only=True)
class SqlBookingFigures(BookingFigures):
    database: Database
    clock: Clock

    async def as_of(self, actor: Actor) -> datetime:
        return await heard_until(self.database, actor, CountBookings, self.clock())

    async def counted(self, actor: Actor, question: BookingQuestion) -> Counted:
        asked = totals_of(actor, question, OF.currency).group_by(OF.currency)
        return await self.database.read(
            lambda connection: together(connection.execute(asked)), of=actor.organization_id
        )

    async def timeline(
        self, actor: Actor, question: BookingQuestion, granularity: Granularity
    ) -> Sequence[tuple[Period, Counted]]:
        cut = question.cut(granularity)
        buckets = buckets_for(question.by, cut)
        each = (buckets.number.label("bucket"), OF.currency)
        asked = totals_of(actor, question, *each).group_by(*each)

        def ask(connection: Connection) -> Sequence[tuple[Period, Counted]]:
            rows: dict[int, list[Row[Any]]] = defaultdict(list)
            for row in connection.execute(asked):
                rows[buckets.place(row.bucket)].append(row)
            return [(period, together(rows[place])) for place, period in enumerate(cut)]

        return await self.database.read(ask, of=actor.organization_id)

    async def behind(
        self, actor: Actor, question: BookingQuestion, figure: str, *, slice: Slice
    ) -> Page[BookingBehind]:
        moment = moment_for(question.by)
        asked = select(OF.id, moment).where(*asked_of(actor, question), COUNTING[figure])
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


def moment_for(by: Basis) -> ColumnElement[datetime]:
    return OF.booked_at if by is Basis.BOOKED else OF.starts_at


def buckets_for(by: Basis, cut: Sequence[Period]) -> Buckets:
    return buckets_of(OF.booked_quarter if by is Basis.BOOKED else OF.starts_quarter, cut)


def asked_of(actor: Actor, question: BookingQuestion) -> Sequence[ColumnElement[bool]]:
    period, moment = question.span.period, moment_for(question.by)
    conditions = [
        OF.organization_id == actor.organization_id,
        moment >= period.starts_at,
        moment < period.ends_at,
    ]
    if question.kind is not None:
        conditions.append(OF.kind == question.kind)
    if question.resource_id is not None:
        conditions.append(OF.resource_id == question.resource_id)
    return conditions


def totals_of(actor: Actor, question: BookingQuestion, *by: ColumnElement[Any]) -> Select[Any]:
    """To be grouped by the same, of which one is the currency."""
    counts = [func.count().filter(which).label(name) for name, which in COUNTING.items()]
    sums = [
        func.coalesce(func.sum(column).filter(IS_STANDING), 0).label(name)
        for name, column in {**SUMMED, **VALUED}.items()
    ]
    return select(*by, *counts, *sums).where(*asked_of(actor, question))


def together(rows: Iterable[Row[Any]]) -> Counted:
    return sum(map(_counted, rows), Counted())


def _counted(row: Row[Any]) -> Counted:
    totals = {name: int(getattr(row, name)) for name in (*COUNTING, *SUMMED)}
    value = {name: int(getattr(row, name)) for name in VALUED}
    of_currency = ValueTotals(standing=totals["standing"], **value)
    return Counted(
        totals=BookingTotals(**totals),
        values={row.currency: of_currency} if totals["standing"] else {},
    )
