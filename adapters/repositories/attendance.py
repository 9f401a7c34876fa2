"""Attendance in SQL."""

import attrs
from sqlalchemy import select

from adapters.mapping.attendance import attendance_of
from adapters.mapping.kinds import converter
from adapters.schema.attendance import attendance
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.bookings.ports import AttendanceOfSessions
from domain.bookings.attendance import Attendance
from domain.kernel.identifiers import ResourceId


@attrs.frozen
class SqlAttendance(AttendanceOfSessions):
    scope: Scope

    def of(self, resource_id: ResourceId) -> Attendance:
        found = self.scope.ask(
            select(attendance).where(self.scope.owns(attendance), attendance.c.id == resource_id)
        )
        return attendance_of(resource_id, found.one_or_none())

    def save(self, changed: Attendance) -> Attendance:
        version = store(
            self.scope,
            attendance,
            changed.resource_id,
            changed.version,
            marks=converter.unstructure(changed.marks),
        )
        EventLog(self.scope).publish(changed.events)
        return attrs.evolve(changed, version=version, events=())
