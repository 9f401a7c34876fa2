"""Route of instalments that are not paid."""

from collections.abc import Sequence
from typing import Annotated, Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Meta

from application.bookings.instalment_ports import InstalmentFilter, InstalmentViews
from application.kernel.pages import BadCursor
from domain.bookings.missed_instalments import Stage, WatchedInstalment
from domain.kernel.actors import Permission
from entrypoints.http.operations import Operation
from entrypoints.http.paging import LARGEST_PAGE, Cursors, Next, PageQuery
from entrypoints.http.reading import Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import Identifier, Moment, Output

AnyRequest = Request[Any, Any, Any]


class InstalmentQuery(PageQuery, frozen=True):
    stage: Stage | None = None


class WatchedInstalmentBody(Output, frozen=True):
    """`late` until the grace is over, at `next_at`; `overdue` if the booking was kept after it."""

    id: Identifier
    booking_id: Identifier
    stage: Stage
    due_at: Moment
    next_at: Moment

    @classmethod
    def of(cls, watched: WatchedInstalment) -> "WatchedInstalmentBody":
        return cls(
            id=watched.id,
            booking_id=watched.booking_id,
            stage=watched.stage,
            due_at=watched.due_at,
            next_at=watched.next_at,
        )


class InstalmentPage(Output, frozen=True):
    items: Annotated[Sequence[WatchedInstalmentBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


SEARCH = Query(InstalmentQuery)


@get(
    "/v1/instalments",
    opt=Operation(
        tag="payments",
        needs=Permission.READ_PAYMENTS,
        query=SEARCH,
        shows=InstalmentPage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_instalments(
    request: AnyRequest, instalment_views: NamedDependency[SkipValidation[InstalmentViews]]
) -> Response[bytes]:
    """What is still to be paid of bookings with a deposit, longest due first."""
    query, cursors = SEARCH.of(request), Cursors.of(request)
    page = await instalment_views.instalments(
        actor_of(request), filter=InstalmentFilter(stage=query.stage), slice=cursors.slice(query)
    )
    items = [WatchedInstalmentBody.of(watched) for watched in page.items]
    return cursors.respond(InstalmentPage(items=items, next=cursors.write(page.next)))


router = Router("/", route_handlers=[list_instalments])
