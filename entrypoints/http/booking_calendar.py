"""The route of a booking as an entry for calendars."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.kernel.ports import Clock
from application.notifications.ports import CalendarFiles, Notices
from domain.bookings.life import NotConfirmed
from domain.kernel.actors import Permission
from domain.kernel.identifiers import BookingId
from domain.notifications.notices import NothingToTell, Occasion
from entrypoints.http.operations import Operation
from entrypoints.http.refusals import TEXT
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]

ICALENDAR = "text/calendar"
Entry = Annotated[str, Meta(max_length=1_000_000, pattern=TEXT)]

TAKES_PLACE = frozenset({"confirmed", "in_progress", "completed", "no_show"})
OFF = "cancelled"


@get(
    "/v1/bookings/{booking_id:uuid}/calendar",
    opt=Operation(
        tag="bookings",
        needs=Permission.READ_BOOKINGS,
        shows=Entry,
        media_type=ICALENDAR,
        refuses=(NothingToTell, NotConfirmed),
    ).opt,
)
async def read_calendar_entry(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    notices: NamedDependency[SkipValidation[Notices]],
    calendar_files: NamedDependency[SkipValidation[CalendarFiles]],
    clock: NamedDependency[SkipValidation[Clock]],
) -> Response[bytes]:
    """The iCalendar file that the customer is sent: it makes, changes or takes out one entry.

    Of all files about a booking the one with the highest `SEQUENCE` counts.
    """
    notice = await notices.of_booking(actor_of(request), BookingId(booking_id))
    if notice.state not in TAKES_PLACE | {OFF}:
        raise NotConfirmed(notice.booking_id, notice.state)
    occasion = Occasion.CANCELLED if notice.state == OFF else Occasion.CONFIRMED
    file = calendar_files.of(notice, occasion, stamped_at=clock())
    name = f'attachment; filename="{file.filename}"'
    media_type = file.content_type.replace("; charset=utf-8", "")  # it is added to texts
    return Response(file.content, media_type=media_type, headers={"Content-Disposition": name})


router = Router("/", route_handlers=[read_calendar_entry])
