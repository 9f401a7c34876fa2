"""How bookings are spread: over lead times and over offerings, in SQL."""

from collections import defaultdict
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Connection, Row, func, select

from adapters.mapping.summed_bookings import IS_STANDING
from adapters.readers.booking_figures import together
from adapters.readers.sources_of_booking_figures import OF, asked_of
from adapters.readers.sums_by_offering import of_offerings
from adapters.schema.inventory import resources
from adapters.sql.database import Database
from application.analytics.booking_views import BookingQuestion
from application.analytics.day_views import Offered, ShapeFigures
from domain.analytics.lead_times import LeadTimes
from domain.kernel.actors import Actor


@attrs.frozen(kw_only=True)
class SqlShapeFigures(ShapeFigures):
    database: Database

    async def lead_times(self, actor: Actor, question: BookingQuestion) -> LeadTimes:
        asked = (
            select(OF.lead_days, func.count().label("bookings"))
            .where(*asked_of(actor, question, question.span.period), IS_STANDING)
            .group_by(OF.lead_days)
        )

        def ask(connection: Connection) -> LeadTimes:
            rows = connection.execute(asked)
            return LeadTimes({row.lead_days: int(row.bookings) for row in rows})

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
                    counted=together(rows[one.id]),
                )
                for one in connection.execute(shown)
                if one.id in rows
            ]
            return sorted(found, key=_most_people)[:limit]

        return await self.database.read(ask, of=actor.organization_id)


def _most_people(offered: Offered) -> tuple[Any, ...]:
    totals = offered.counted.totals
    return (-totals.people, -totals.bookings, offered.name, offered.resource_id)
