"""Overdue holds in SQL."""

from collections.abc import Sequence
from datetime import datetime

import attrs
from sqlalchemy import String, literal_column, select

from adapters.schema.bookings import bookings
from adapters.sql.database import Database
from application.bookings.views import OverdueHolds
from domain.kernel.identifiers import OrganizationId

# Not a parameter: the index covers held bookings only, and the planner has to see that it will do.
HELD = literal_column("'held'", String)


@attrs.frozen
class SqlOverdueHolds(OverdueHolds):
    database: Database

    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        question = (
            select(bookings.c.organization_id)
            .where(bookings.c.state == HELD, bookings.c.expires_at <= now)
            .distinct()
        )
        return await self.database.read(
            lambda connection: connection.execute(question).scalars().all()
        )
