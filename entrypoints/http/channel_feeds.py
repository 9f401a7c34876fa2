"""The route of our feeds: when nothing is left, for whoever has the link."""

from datetime import datetime, timezone
from email.utils import format_datetime, parsedate_to_datetime
from typing import Annotated, Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.bookings.channel_ports import BusyCalendar
from application.bookings.publish_busy_times import NoSuchFeed, PublishBusyTimes
from application.kernel.ports import UseCase
from entrypoints.http.answers import NOT_MODIFIED
from entrypoints.http.operations import Header, Operation
from entrypoints.http.refusals import TEXT

AnyRequest = Request[Any, Any, Any]

ICALENDAR = "text/calendar"
LONGEST_TOKEN = 200
Feed = Annotated[str, Meta(max_length=10_000_000, pattern=TEXT)]

IF_NONE_MATCH = Header(
    name="If-None-Match",
    description="The ETags you have; the answer is 304 if one of them is the latest.",
    schema={"type": "string", "maxLength": 1024, "pattern": TEXT},
)
IF_MODIFIED_SINCE = Header(
    name="If-Modified-Since",
    description="Without If-None-Match, the answer is 304 if nothing has changed since.",
    schema={"type": "string", "maxLength": 100, "pattern": TEXT},
)


@get(
    "/v1/feeds/{token:str}",
    opt=Operation(
        tag="channels",
        needs=None,
        sends=(IF_NONE_MATCH, IF_MODIFIED_SINCE),
        shows=Feed,
        media_type=ICALENDAR,
        refuses=(NoSuchFeed,),
    ).opt,
)
async def read_feed(
    request: AnyRequest,
    token: FromPath[str],
    publish_busy_times: NamedDependency[SkipValidation[UseCase[PublishBusyTimes, BusyCalendar]]],
) -> Response[bytes]:
    """When nothing is left for a channel, as iCalendar. Nothing in it is about anybody."""
    if len(token) > LONGEST_TOKEN:
        raise NoSuchFeed
    calendar = await publish_busy_times(PublishBusyTimes(token=token.removesuffix(".ics")))
    headers = {
        "ETag": f'"{calendar.tag}"',
        "Last-Modified": format_datetime(calendar.modified_at, usegmt=True),
        "Cache-Control": "private, max-age=60",
    }
    if _known(request, calendar):
        return Response(b"", status_code=NOT_MODIFIED, headers=headers)
    return Response(calendar.body, media_type=ICALENDAR, headers=headers)


def _known(request: AnyRequest, calendar: BusyCalendar) -> bool:
    """RFC 9110, 13.1.3: a date counts only where no tag is named."""
    tags = request.headers.get(IF_NONE_MATCH.name)
    if tags is not None:
        shown = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return not shown.isdisjoint({f'"{calendar.tag}"', "*"})
    since = _moment(request.headers.get(IF_MODIFIED_SINCE.name, ""))
    return since is not None and calendar.modified_at.replace(microsecond=0) <= since


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=timezone.utc)


router = Router("/", route_handlers=[read_feed])
