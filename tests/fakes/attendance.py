"""Attendance in memory."""

import attrs

from application.bookings.ports import AttendanceOfSessions
from domain.bookings.attendance import Attendance
from domain.kernel.identifiers import ResourceId
from tests.fakes.rows import Rows, must_exist, next_version


@attrs.frozen
class MemoryAttendance(AttendanceOfSessions):
    rows: Rows

    def of(self, resource_id: ResourceId) -> Attendance:
        return self.rows.attendance.get(resource_id, Attendance(resource_id=resource_id))

    def save(self, changed: Attendance) -> Attendance:
        must_exist(self.rows, changed.resource_id)
        stored = self.rows.attendance.get(changed.resource_id)
        version = next_version(stored, changed.version)
        saved = attrs.evolve(changed, version=version, events=())
        self.rows.attendance[changed.resource_id] = saved
        self.rows.events.extend(changed.events)
        return saved
