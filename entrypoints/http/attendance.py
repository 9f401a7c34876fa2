"""Routes of sessions under way: who is expected, who came, and what they need."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.bookings.attendance_views import AttendanceList, AttendanceViews, Attending
from application.bookings.check_attendees import CheckInAttendee, CheckOutAttendee
from application.bookings.record_attendance import RecordAttendance
from application.kernel.ports import UseCase
from domain.bookings.attendance import MarkedTwice, NotAttending, NotCheckedIn, Place
from domain.bookings.life import BookingNotFound, NotStarted
from domain.inventory.resources import ResourceNotFound
from domain.kernel.actors import Permission
from domain.kernel.identifiers import BookingId, ResourceId
from entrypoints.http.answers import answer, respond, worded
from entrypoints.http.attendance_csv import CSV, Table, as_csv
from entrypoints.http.attendance_shapes import (
    MARKS,
    AttendanceBody,
    AttendanceInput,
    AttendingBody,
    NeedsBody,
)
from entrypoints.http.etags import IF_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body, no_body
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]

ATTENDANCE: Body[AttendanceInput] = Body(AttendanceInput, examples={"two came": MARKS})

AT_THE_DOOR = "/v1/resources/{resource_id:uuid}/attendance/{booking_id:uuid}/{number:int}"

_shown = worded(AttendingBody.of)


@get(
    "/v1/resources/{resource_id:uuid}/attendance",
    opt=Operation(
        tag="attendance",
        needs=Permission.READ_PARTICIPANTS,
        shows=AttendanceBody,
        refuses=(ResourceNotFound,),
    ).opt,
)
async def read_attendance(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    attendance_views: NamedDependency[SkipValidation[AttendanceViews]],
) -> Response[bytes]:
    """Everybody who is expected, and who of them came.

    Bookings count that were confirmed and not cancelled since.
    """
    found = await attendance_views.attendance(actor_of(request), ResourceId(resource_id))
    return respond(answer(AttendanceBody.of(found), version=found.version))


@put(
    "/v1/resources/{resource_id:uuid}/attendance",
    opt=Operation(
        tag="attendance",
        needs=Permission.WRITE_ATTENDANCE,
        sends=(IF_MATCH,),
        body=ATTENDANCE,
        shows=AttendanceBody,
        refuses=(ResourceNotFound, NotAttending, MarkedTwice, NotStarted),
    ).opt,
)
async def record_attendance(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    record_attendance: NamedDependency[SkipValidation[UseCase[RecordAttendance, AttendanceList]]],
) -> Response[bytes]:
    """Mark who came. Whoever is not named stays as they are.

    A list that nobody has begun has the ETag `"0"`.

    A confirmed booking of which somebody came is in progress from then on.
    """
    data = await ATTENDANCE.of(request)
    recorded = await record_attendance(
        RecordAttendance(
            actor=actor_of(request),
            resource_id=ResourceId(resource_id),
            marks=[mark.mark() for mark in data.marks],
            version=seen_version(request),
        )
    )
    return respond(answer(AttendanceBody.of(recorded), version=recorded.version))


@get(
    "/v1/resources/{resource_id:uuid}/attendance/export",
    opt=Operation(
        tag="attendance",
        needs=Permission.EXPORT,
        shows=Table,
        media_type=CSV,
        refuses=(ResourceNotFound,),
    ).opt,
)
async def export_attendance(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    attendance_views: NamedDependency[SkipValidation[AttendanceViews]],
) -> Response[bytes]:
    """The list as a table, for whoever may read it too (`participants:read`).

    A cell that a spreadsheet would take for a formula begins with `'`.
    """
    actor = actor_of(request)
    actor.must(Permission.READ_PARTICIPANTS)
    found = await attendance_views.attendance(actor, ResourceId(resource_id))
    name = f'attachment; filename="attendance-{resource_id}.csv"'
    headers = {"Content-Disposition": name}
    return Response(as_csv(found).encode(), media_type=CSV, headers=headers)


@post(
    f"{AT_THE_DOOR}/check-in",
    status_code=200,
    opt=Operation(
        tag="attendance",
        needs=Permission.WRITE_ATTENDANCE,
        sends=(IDEMPOTENCY_KEY,),
        shows=AttendingBody,
        refuses=(BookingNotFound, NotAttending, NotStarted),
    ).opt,
)
async def check_in_attendee(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    booking_id: FromPath[UUID],
    number: FromPath[int],
    check_in_attendee: NamedDependency[SkipValidation[UseCase[CheckInAttendee, Attending]]],
) -> Response[bytes]:
    """Somebody is there: present, or late if the session began ten minutes ago.

    Attendees of a booking are numbered from 1. Of several check-ins the first counts.
    """
    await no_body(request)
    key = await IdempotencyKey.of(request)
    come = await check_in_attendee(
        CheckInAttendee(
            actor=actor_of(request),
            resource_id=ResourceId(resource_id),
            place=Place(BookingId(booking_id), number),
            once=key.once(_shown),
        )
    )
    return respond(_shown(come))


@post(
    f"{AT_THE_DOOR}/check-out",
    status_code=200,
    opt=Operation(
        tag="attendance",
        needs=Permission.WRITE_ATTENDANCE,
        sends=(IDEMPOTENCY_KEY,),
        shows=AttendingBody,
        refuses=(BookingNotFound, NotAttending, NotCheckedIn),
    ).opt,
)
async def check_out_attendee(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    booking_id: FromPath[UUID],
    number: FromPath[int],
    check_out_attendee: NamedDependency[SkipValidation[UseCase[CheckOutAttendee, Attending]]],
) -> Response[bytes]:
    """Somebody has gone. Of several check-outs the last counts."""
    await no_body(request)
    key = await IdempotencyKey.of(request)
    gone = await check_out_attendee(
        CheckOutAttendee(
            actor=actor_of(request),
            resource_id=ResourceId(resource_id),
            place=Place(BookingId(booking_id), number),
            once=key.once(_shown),
        )
    )
    return respond(_shown(gone))


@get(
    "/v1/resources/{resource_id:uuid}/special-requirements",
    opt=Operation(
        tag="attendance",
        needs=Permission.READ_PARTICIPANTS,
        shows=NeedsBody,
        refuses=(ResourceNotFound,),
    ).opt,
)
async def read_special_requirements(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    attendance_views: NamedDependency[SkipValidation[AttendanceViews]],
) -> Response[bytes]:
    """What those who are expected need, most urgent first.

    What is confidential takes the scope `participants:confidential`; without it, `withheld` says
    how many there are.
    """
    found = await attendance_views.needs(actor_of(request), ResourceId(resource_id))
    return respond(answer(NeedsBody.of(found)))


router = Router(
    "/",
    route_handlers=[
        read_attendance,
        record_attendance,
        export_attendance,
        check_in_attendee,
        check_out_attendee,
        read_special_requirements,
    ],
)
