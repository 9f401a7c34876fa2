"""Lists of a session in SQL."""

from collections.abc import Sequence

import attrs
from sqlalchemy import Connection, Executable, and_, select

from adapters.mapping.attendance import attendance_of
from adapters.mapping.bookings import attending, booking_of
from adapters.schema.attendance import attendance
from adapters.schema.inventory import resources
from adapters.sql.database import Database
from adapters.sql.vaults import vault_of
from application.bookings.attendance_views import (
    AttendanceList,
    AttendanceViews,
    NeedsOfSession,
    listed,
    needs_of,
)
from domain.bookings.attendance import Attendance
from domain.bookings.booking import Booking
from domain.inventory.resources import ResourceNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId


@attrs.frozen
class SqlAttendanceViews(AttendanceViews):
    database: Database

    async def attendance(self, actor: Actor, resource_id: ResourceId) -> AttendanceList:
        return listed(*await self._session(actor, resource_id))

    async def needs(self, actor: Actor, resource_id: ResourceId) -> NeedsOfSession:
        _, bookings = await self._session(actor, resource_id)
        return needs_of(bookings, actor)

    async def _session(
        self, actor: Actor, resource_id: ResourceId
    ) -> tuple[Attendance, Sequence[Booking]]:
        theirs = and_(
            attendance.c.organization_id == resources.c.organization_id,
            attendance.c.id == resources.c.id,
        )
        marked: Executable = (
            select(attendance.c.version, attendance.c.marks)
            .outerjoin_from(resources, attendance, theirs)
            .where(
                resources.c.organization_id == actor.organization_id,
                resources.c.id == resource_id,
            )
        )
        key = {"p_organization_id": actor.organization_id, "p_resource_id": resource_id}

        def ask(connection: Connection) -> tuple[Attendance, Sequence[Booking]]:
            row = connection.execute(marked).one_or_none()
            if row is None:
                raise ResourceNotFound(resource_id)
            found = connection.execute(attending(), key)
            marks = attendance_of(resource_id, row)
            return marks, [booking_of(one, vault_of(connection)) for one in found]

        return await self.database.read(ask, of=actor.organization_id)
