"""Mark who came to a session."""

from collections.abc import Sequence

import attrs

from application.bookings.attendance_views import AttendanceList, listed
from application.bookings.ports import BookingWork
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.bookings.attendance import Mark, bookings_begun
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId


@attrs.frozen(kw_only=True)
class RecordAttendance:
    """Whoever is not among `marks` stays as they are.

    `version` is the one the caller has seen: 0 of a list that nobody has begun, None for
    whatever is there.
    """

    actor: Actor
    resource_id: ResourceId
    marks: Sequence[Mark]
    version: int | None


@attrs.frozen(kw_only=True)
class RecordAttendanceHandler:
    """Whoever is there has checked in, and with them their booking."""

    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock

    async def __call__(self, command: RecordAttendance, /) -> AttendanceList:
        def record(work: BookingWork) -> AttendanceList:
            now = self.clock()
            resource = work.resources.get(command.resource_id)
            known = work.attendance.of(resource.id)
            require_version(known.version, command.version)
            attending = work.bookings.attending(resource.id)
            marked = known.mark(command.marks, attending, now=now)
            work.bookings.save_states(bookings_begun(command.marks, attending, now=now))
            return listed(work.attendance.save(marked), attending)

        return await self.unit_of_work(command.actor, record)
