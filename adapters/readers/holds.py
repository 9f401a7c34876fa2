"""Whose bookings are due by the clock, in SQL."""

from collections.abc import Sequence
from datetime import datetime

import attrs
from sqlalchemy import ColumnElement, String, literal_column, select

from adapters.schema.bookings import bookings
from adapters.sql.database import EVERYBODY, Database
from application.bookings.views import EndedBookings, OverdueHolds
from domain.kernel.identifiers import OrganizationId

# Not parameters: each index covers one state only, and the planner has to see that it will do.
HELD = literal_column("'held'", String)
IN_PROGRESS = literal_column("'in_progress'", String)


@attrs.frozen
class SqlOverdueHolds(OverdueHolds):
    database: Database

    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        late = (bookings.c.state == HELD, bookings.c.expires_at <= now)
        return await _organizations(self.database, *late)


@attrs.frozen
class SqlEndedBookings(EndedBookings):
    database: Database

    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        ended = (bookings.c.state == IN_PROGRESS, bookings.c.ends_at <= now)
        return await _organizations(self.database, *ended)


async def _organizations(
    database: Database, *conditions: ColumnElement[bool]
) -> Sequence[OrganizationId]:
    question = select(bookings.c.organization_id).where(*conditions).distinct()
    return await database.read(
        lambda connection: connection.execute(question).scalars().all(), of=EVERYBODY
    )
