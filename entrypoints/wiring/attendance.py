"""Wiring of who came to sessions."""

from dependency_injector import containers, providers

from adapters.readers.attendance import SqlAttendanceViews
from application.bookings.check_attendees import CheckInAttendeeHandler, CheckOutAttendeeHandler
from application.bookings.record_attendance import RecordAttendanceHandler
from domain.kernel.actors import Permission
from entrypoints.wiring.wrapping import Observe, use_case


class AttendanceContainer(containers.DeclarativeContainer):
    database: providers.Dependency[object] = providers.Dependency()
    unit_of_work: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()

    record_attendance = use_case(
        Permission.WRITE_ATTENDANCE,
        providers.Singleton(RecordAttendanceHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    check_in_attendee = use_case(
        Permission.WRITE_ATTENDANCE,
        providers.Singleton(CheckInAttendeeHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    check_out_attendee = use_case(
        Permission.WRITE_ATTENDANCE,
        providers.Singleton(CheckOutAttendeeHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    views = providers.Singleton(SqlAttendanceViews, database)
