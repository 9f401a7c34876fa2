"""How bookings are spread: over lead times and over offerings, in SQL."""

from collections import Counter, defaultdict
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Connection, Row, Select, func, select

from adapters.mapping.summed_bookings import IS_STANDING
from adapters.mapping.sums import total_of
from adapters.readers.booking_figures import counted_in
from adapters.readers.pieces import Asked, together
from adapters.readers.sources_of_booking_figures import OF, asked_of, is_about
from adapters.readers.sums_by_offering import of_offerings
from adapters.readers.whole_days import is_within, left_of, whole_days
from adapters.schema.analytics import booking_leads
from adapters.schema.inventory import resources
from adapters.sql.database import Database
from application.analytics.booking_views import BookingQuestion
from application.analytics.day_views import Offered, ShapeFigures
from domain.analytics.lead_times import LeadTimes
from domain.kernel.actors import Actor
from domain.kernel.periods import Period

LEADS = booking_leads.c


@attrs.frozen(kw_only=True)
class SqlShapeFigures(ShapeFigures):
    database: Database

    async def lead_times(self, actor: Actor, question: BookingQuestion) -> LeadTimes:
        asked = _leads(actor, question)

        def ask(connection: Connection) -> LeadTimes:
            counts: Counter[int] = Counter()
            for row in connection.execute(asked):
                counts[row.lead_days] += int(row.bookings)
            return LeadTimes({days: many for days, many in counts.items() if many})

        return await self.database.read(ask, of=actor.organization_id)

    async def offerings(
        self, actor: Actor, question: BookingQuestion, *, limit: int
    ) -> list[Offered]:
        asked = of_offerings(actor, question, [question.span.period]).asked
        shown = select(resources.c.id, resources.c.name, resources.c.kind).where(
            resources.c.organization_id == actor.organization_id
        )

        def ask(connection: Connection) -> list[Offered]:
            rows: dict[UUID, list[Row[Any]]] = defaultdict(list)
            for row in connection.execute(asked):
                if row.bookings:
                    rows[row.resource_id].append(row)
            found = [
                Offered(
                    resource_id=one.id,
                    name=one.name,
                    kind=one.kind,
                    counted=counted_in(rows[one.id]),
                )
                for one in connection.execute(shown)
                if one.id in rows
            ]
            return sorted(found, key=_most_people)[:limit]

        return await self.database.read(ask, of=actor.organization_id)


def _leads(actor: Actor, question: BookingQuestion) -> Asked:
    """From sums of whole days of UTC, and from bookings at both ends; of one offering, from these.

    Rows of as many days ahead add up.
    """
    period = question.span.period
    whole = whole_days([period]) if question.resource_id is None else []
    parts = [_summed_leads(actor, question, one) for one in whole]
    parts.extend(
        select(OF.lead_days, func.count().label("bookings"))
        .where(*asked_of(actor, question, one), IS_STANDING)
        .group_by(OF.lead_days)
        for one in left_of(period, whole)
    )
    return together(parts)


def _summed_leads(actor: Actor, question: BookingQuestion, period: Period) -> Select[Any]:
    asked = select(LEADS.lead_days, total_of(LEADS.standing).label("bookings")).where(
        LEADS.organization_id == actor.organization_id,
        LEADS.axis == question.by.value,
        is_within(LEADS.day, [period]),
        *is_about(question, LEADS),
    )
    return asked.group_by(LEADS.lead_days)


def _most_people(offered: Offered) -> tuple[Any, ...]:
    totals = offered.counted.totals
    return (-totals.people, -totals.bookings, offered.name, offered.resource_id)
