"""How bookings are spread: over lead times and over offerings, in SQL."""

from collections import defaultdict
from typing import Any

import attrs
from sqlalchemy import Connection, Row, and_, func, select

from adapters.mapping.summed_bookings import IS_STANDING
from adapters.readers.booking_figures import together
from adapters.readers.sources_of_booking_figures import OF, asked_of, totals_of
from adapters.schema.analytics import booking_facts
from adapters.schema.inventory import resources
from adapters.sql.database import Database
from application.analytics.booking_views import BookingQuestion
from application.analytics.day_views import Offered, ShapeFigures
from domain.analytics.lead_times import LeadTimes
from domain.kernel.actors import Actor

OF_RESOURCE = and_(
    resources.c.organization_id == OF.organization_id, resources.c.id == OF.resource_id
)


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
        each = (resources.c.id.label("resource_id"), resources.c.name, resources.c.kind)
        asked = (
            totals_of(actor, question, *each, OF.currency)
            .join_from(booking_facts, resources, OF_RESOURCE)
            .group_by(*each, OF.currency)
        )

        def ask(connection: Connection) -> list[Offered]:
            rows: dict[Any, list[Row[Any]]] = defaultdict(list)
            for row in connection.execute(asked):
                rows[row.resource_id].append(row)
            found = [_offered(of_one) for of_one in rows.values()]
            return sorted(found, key=_most_people)[:limit]

        return await self.database.read(ask, of=actor.organization_id)


def _offered(rows: list[Row[Any]]) -> Offered:
    first = rows[0]
    return Offered(
        resource_id=first.resource_id, name=first.name, kind=first.kind, counted=together(rows)
    )


def _most_people(offered: Offered) -> tuple[Any, ...]:
    totals = offered.counted.totals
    return (-totals.people, -totals.bookings, offered.name, offered.resource_id)
