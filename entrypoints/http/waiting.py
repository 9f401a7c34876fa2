"""Routes of waiting lists: joined, read and left."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.bookings.join_waiting_list import JoinWaitingList
from application.bookings.views import WaitingViews
from application.bookings.withdraw_from_waiting_list import WithdrawFromWaitingList
from application.inventory.views import InventoryViews
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from domain.bookings.requests import BookingClosed, WrongKind
from domain.bookings.sales_terms import NoSalesTerms
from domain.bookings.waiting import (
    AlreadyWaiting,
    CannotBeWaitedFor,
    NoLongerWaiting,
    NotSoldOut,
    WaitingEntry,
    WaitingEntryNotFound,
)
from domain.inventory.pools import AlreadyTaken, NotOnSale
from domain.inventory.resources import NotForSale, ResourceNotFound
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ResourceId, WaitingId
from domain.kernel.periods import BadDates
from entrypoints.http.answers import answer, respond, worded
from entrypoints.http.etags import IF_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.in_calls import CALL_ID
from entrypoints.http.kinds.registry import REQUEST_EXAMPLES, REQUEST_REFUSALS, RequestInput
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors, PageQuery
from entrypoints.http.reading import Body, Query, no_body
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import CONTACT_REFUSALS
from entrypoints.http.waiting_shapes import WaitingEntryBody, WaitingPage, WaitingPlaceBody

AnyRequest = Request[Any, Any, Any]

REQUEST: Body[RequestInput] = Body(RequestInput, examples=REQUEST_EXAMPLES)
PAGE: Query[PageQuery] = Query(PageQuery)

THIS = {"waiting_id": "$response.body#/id"}

_joined = worded(
    WaitingEntryBody.of,
    status=201,
    version=lambda entry: entry.version,
    location=lambda entry: f"/v1/waiting-list/{entry.id}",
)
_changed = worded(WaitingEntryBody.of, version=lambda entry: entry.version)


@post(
    "/v1/waiting-list",
    opt=Operation(
        tag="waiting list",
        needs=Permission.WRITE_BOOKINGS,
        sends=(IDEMPOTENCY_KEY, CALL_ID),
        body=REQUEST,
        shows=WaitingEntryBody,
        status=201,
        refuses=(
            ResourceNotFound,
            NotForSale,
            NoSalesTerms,
            BookingClosed,
            WrongKind,
            *CONTACT_REFUSALS,
            BadDates,
            NotOnSale,
            NotSoldOut,
            AlreadyWaiting,
            AlreadyTaken,
            CannotBeWaitedFor,
            *REQUEST_REFUSALS,
        ),
        then={
            "read_waiting_entry": THIS,
            "withdraw_from_waiting_list": {**THIS, IF_MATCH.name: "$response.header.ETag"},
        },
    ).opt,
)
async def join_waiting_list(
    request: AnyRequest,
    join_waiting_list: NamedDependency[SkipValidation[UseCase[JoinWaitingList, WaitingEntry]]],
) -> Response[bytes]:
    """Wait for what is sold out.

    The request is that of a quote. As soon as all of it is free, it is held for the party, who is
    told by e-mail; nobody else sees it before. An e-mail address waits once for a resource.
    """
    data = await REQUEST.of(request)
    key = await IdempotencyKey.of(request)
    entry = await join_waiting_list(
        JoinWaitingList(actor=actor_of(request), request=data.request(), once=key.once(_joined))
    )
    return respond(_joined(entry))


@post(
    "/v1/waiting-list/{waiting_id:uuid}/withdraw",
    status_code=200,
    opt=Operation(
        tag="waiting list",
        needs=Permission.WRITE_BOOKINGS,
        sends=(IDEMPOTENCY_KEY, IF_MATCH, CALL_ID),
        shows=WaitingEntryBody,
        refuses=(WaitingEntryNotFound, NoLongerWaiting),
    ).opt,
)
async def withdraw_from_waiting_list(
    request: AnyRequest,
    waiting_id: FromPath[UUID],
    withdraw_from_waiting_list: NamedDependency[
        SkipValidation[UseCase[WithdrawFromWaitingList, WaitingEntry]]
    ],
) -> Response[bytes]:
    """Wait no longer.

    Who has an offer already declines it by releasing its booking.
    """
    await no_body(request)
    key = await IdempotencyKey.of(request)
    entry = await withdraw_from_waiting_list(
        WithdrawFromWaitingList(
            actor=actor_of(request),
            waiting_id=WaitingId(waiting_id),
            version=seen_version(request),
            once=key.once(_changed),
        )
    )
    return respond(_changed(entry))


@get(
    "/v1/waiting-list/{waiting_id:uuid}",
    opt=Operation(
        tag="waiting list",
        needs=Permission.READ_BOOKINGS,
        shows=WaitingPlaceBody,
        refuses=(WaitingEntryNotFound,),
    ).opt,
)
async def read_waiting_entry(
    request: AnyRequest,
    waiting_id: FromPath[UUID],
    waiting_views: NamedDependency[SkipValidation[WaitingViews]],
) -> Response[bytes]:
    """One party: its place in the line, or its offer and why it was made."""
    place = await waiting_views.entry(actor_of(request), WaitingId(waiting_id))
    # Its place changes without it: no answer of before is still good.
    return respond(answer(WaitingPlaceBody.of(place), version=place.entry.version))


@get(
    "/v1/resources/{resource_id:uuid}/waiting-list",
    opt=Operation(
        tag="waiting list",
        needs=Permission.READ_BOOKINGS,
        query=PAGE,
        shows=WaitingPage,
        refuses=(ResourceNotFound, BadCursor),
    ).opt,
)
async def list_waiting(
    request: AnyRequest,
    resource_id: FromPath[UUID],
    inventory_views: NamedDependency[SkipValidation[InventoryViews]],
    waiting_views: NamedDependency[SkipValidation[WaitingViews]],
) -> Response[bytes]:
    """Who waits for the units of a resource or has an offer, in the order of joining."""
    actor, cursors = actor_of(request), Cursors.of(request)
    slice = cursors.slice(PAGE.of(request))
    resource = await inventory_views.resource(actor, ResourceId(resource_id))
    page = await waiting_views.waiting_list(actor, resource.id, slice=slice)
    return cursors.respond(
        WaitingPage(
            items=[WaitingPlaceBody.of(place) for place in page.items],
            next=cursors.write(page.next),
        )
    )


router = Router(
    "/",
    route_handlers=[
        join_waiting_list,
        withdraw_from_waiting_list,
        read_waiting_entry,
        list_waiting,
    ],
)
