"""Routes of papers: found, printed, and issued."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.kernel.pages import BadCursor
from application.kernel.ports import Clock, UseCase
from application.paperwork.issue_papers import IssuePapers
from application.paperwork.printing import Printing, filename
from application.paperwork.views import PaperView, PaperViews
from domain.kernel.actors import Permission
from domain.kernel.identifiers import BookingId, PaperId
from domain.paperwork.papers import Paper
from domain.paperwork.refusals import NothingSold, PaperNotFound
from entrypoints.http.answers import answer, respond, tagged, worded
from entrypoints.http.etags import IF_NONE_MATCH
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors
from entrypoints.http.paper_shapes import (
    IssuedPapersBody,
    PaperBody,
    PaperCountBody,
    PaperCountsBody,
    PaperPage,
    PaperQuery,
    PapersOfBookingQuery,
    YearQuery,
)
from entrypoints.http.reading import Query, no_body
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]
Views = NamedDependency[SkipValidation[PaperViews]]
Now = NamedDependency[SkipValidation[Clock]]

PDF = "application/pdf"
File = Annotated[str, Meta(max_length=100_000_000, extra_json_schema={"format": "binary"})]

SEARCH = Query(PaperQuery)
OF_BOOKING = Query(PapersOfBookingQuery)
YEAR = Query(YearQuery)

_issued = worded(IssuedPapersBody.of)


def _shown(view: PaperView, clock: Clock) -> PaperBody:
    return PaperBody.of(view, today=view.paper.content.zone.date_at(clock()))


@get(
    "/v1/papers",
    opt=Operation(
        tag="papers",
        needs=Permission.READ_PAPERS,
        query=SEARCH,
        shows=PaperPage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_papers(request: AnyRequest, paper_views: Views, clock: Now) -> Response[bytes]:
    """Papers that meet every condition, oldest first."""
    query, cursors = SEARCH.of(request), Cursors.of(request)
    page = await paper_views.papers(
        actor_of(request), filter=query.filter(), slice=cursors.slice(query)
    )
    items = [_shown(view, clock) for view in page.items]
    return cursors.respond(PaperPage(items=items, next=cursors.write(page.next)))


@get(
    "/v1/papers/statistics",
    opt=Operation(
        tag="papers", needs=Permission.READ_PAPERS, query=YEAR, shows=PaperCountsBody
    ).opt,
)
async def count_papers(request: AnyRequest, paper_views: Views) -> Response[bytes]:
    """How many papers were issued in each month of a year, and what they come to."""
    counts = await paper_views.counts(actor_of(request), year=YEAR.of(request).year)
    items = [PaperCountBody.of(count) for count in counts]
    return respond(answer(PaperCountsBody(items=items)))


@get(
    "/v1/papers/{paper_id:uuid}",
    opt=Operation(
        tag="papers",
        needs=Permission.READ_PAPERS,
        sends=(IF_NONE_MATCH,),
        shows=PaperBody,
        refuses=(PaperNotFound,),
    ).opt,
)
async def read_paper(
    request: AnyRequest, paper_id: FromPath[UUID], paper_views: Views, clock: Now
) -> Response[bytes]:
    """What has become of one paper.

    What is open on an invoice also follows from other papers and from payments; its ETag is that
    of the invoice itself, and the answer is always whole.
    """
    view = await paper_views.paper(actor_of(request), PaperId(paper_id))
    body = _shown(view, clock)
    if view.credited is not None:
        return respond(answer(body, version=view.paper.version))
    return tagged(request, body, version=view.paper.version)


@get(
    "/v1/papers/{paper_id:uuid}/pdf",
    opt=Operation(
        tag="papers",
        needs=Permission.READ_PAPERS,
        shows=File,
        media_type=PDF,
        refuses=(PaperNotFound,),
    ).opt,
)
async def print_paper(
    request: AnyRequest,
    paper_id: FromPath[UUID],
    paper_views: Views,
    printing: NamedDependency[SkipValidation[Printing]],
) -> Response[bytes]:
    """The paper itself. It is printed once; whoever asks gets the same bytes."""
    actor = actor_of(request)
    view = await paper_views.paper(actor, PaperId(paper_id))
    printed = await printing(actor, view.paper)
    name = f'attachment; filename="{filename(view.paper)}"'
    return Response(printed.content, media_type=PDF, headers={"Content-Disposition": name})


@get(
    "/v1/bookings/{booking_id:uuid}/papers",
    opt=Operation(
        tag="papers",
        needs=Permission.READ_PAPERS,
        query=OF_BOOKING,
        shows=PaperPage,
        refuses=(NothingSold, BadCursor),
    ).opt,
)
async def list_papers_of_booking(
    request: AnyRequest, booking_id: FromPath[UUID], paper_views: Views, clock: Now
) -> Response[bytes]:
    """The papers of one booking, oldest first."""
    query, cursors = OF_BOOKING.of(request), Cursors.of(request)
    page = await paper_views.papers_of(
        actor_of(request), BookingId(booking_id), kind=query.kind, slice=cursors.slice(query)
    )
    items = [_shown(view, clock) for view in page.items]
    return cursors.respond(PaperPage(items=items, next=cursors.write(page.next)))


@post(
    "/v1/bookings/{booking_id:uuid}/papers",
    status_code=200,
    opt=Operation(
        tag="papers",
        needs=Permission.WRITE_PAPERS,
        sends=(IDEMPOTENCY_KEY,),
        shows=IssuedPapersBody,
        refuses=(NothingSold,),
    ).opt,
)
async def issue_papers(
    request: AnyRequest,
    booking_id: FromPath[UUID],
    issue_papers: NamedDependency[SkipValidation[UseCase[IssuePapers, Sequence[Paper]]]],
) -> Response[bytes]:
    """Issue what the booking should have by now, at once: papers follow by themselves otherwise.

    What it has already is not issued again.
    """
    await no_body(request)
    key = await IdempotencyKey.of(request)
    papers = await issue_papers(
        IssuePapers(
            actor=actor_of(request), booking_id=BookingId(booking_id), once=key.once(_issued)
        )
    )
    return respond(_issued(papers))


router = Router(
    "/",
    route_handlers=[
        list_papers,
        count_papers,
        read_paper,
        print_paper,
        list_papers_of_booking,
        issue_papers,
    ],
)
