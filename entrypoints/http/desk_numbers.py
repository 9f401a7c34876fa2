"""Routes of the telephone numbers of the desk."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.calls.desk_number_ports import DeskNumberViews
from application.calls.keep_desk_numbers import (
    AddDeskNumber,
    ChangeDeskNumber,
    DeleteDeskNumber,
)
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from domain.calls.agents import AgentNotFound
from domain.calls.desk_numbers import (
    DeskNumber,
    PhoneNumberBought,
    PhoneNumberInUse,
    PhoneNumberNotFound,
    PhoneNumberTaken,
    PrimaryNotActive,
)
from domain.calls.queues import QueueNotFound
from domain.calls.refusals import BadPhoneNumber
from domain.kernel.actors import Permission
from domain.kernel.identifiers import DeskNumberId
from entrypoints.http.answers import respond, tagged, worded
from entrypoints.http.desk_number_shapes import (
    RELEASED,
    RESERVATIONS,
    DeskNumberBody,
    DeskNumberInput,
    DeskNumberPage,
    NewDeskNumberInput,
)
from entrypoints.http.etags import IF_MATCH, IF_NONE_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors, PageQuery
from entrypoints.http.reading import Body, Query, no_body
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]

NEW: Body[NewDeskNumberInput] = Body(
    NewDeskNumberInput, examples={"reservations": {"number": "+442079460000", **RESERVATIONS}}
)
CHANGED: Body[DeskNumberInput] = Body(
    DeskNumberInput, examples={"reservations": RESERVATIONS, "no longer ours": RELEASED}
)
LIST = Query(PageQuery)
REFUSED = (PrimaryNotActive, AgentNotFound, QueueNotFound)

_added = worded(
    DeskNumberBody.of,
    status=201,
    version=lambda one: one.version,
    location=lambda one: f"/v1/phone-numbers/{one.id}",
)
_changed = worded(DeskNumberBody.of, version=lambda one: one.version)


@post(
    "/v1/phone-numbers",
    opt=Operation(
        tag="agents",
        needs=Permission.WRITE_AGENTS,
        sends=(IDEMPOTENCY_KEY,),
        body=NEW,
        shows=DeskNumberBody,
        status=201,
        refuses=(BadPhoneNumber, PhoneNumberTaken, *REFUSED),
        then={"read_desk_number": {"desk_number_id": "$response.body#/id"}},
    ).opt,
)
async def add_desk_number(
    request: AnyRequest,
    add_desk_number: NamedDependency[SkipValidation[UseCase[AddDeskNumber, DeskNumber]]],
) -> Response[bytes]:
    """Say that the desk is called at a number, and for whom it rings."""
    data = await NEW.of(request)
    key = await IdempotencyKey.of(request)
    command = AddDeskNumber(
        actor=actor_of(request),
        number=data.number,
        provider=data.provider,
        terms=data.terms(),
        once=key.once(_added),
    )
    return respond(_added(await add_desk_number(command)))


@put(
    "/v1/phone-numbers/{desk_number_id:uuid}",
    opt=Operation(
        tag="agents",
        needs=Permission.WRITE_AGENTS,
        sends=(IF_MATCH,),
        body=CHANGED,
        shows=DeskNumberBody,
        refuses=(PhoneNumberNotFound, PhoneNumberBought, *REFUSED),
    ).opt,
)
async def change_desk_number(
    request: AnyRequest,
    desk_number_id: FromPath[UUID],
    change_desk_number: NamedDependency[SkipValidation[UseCase[ChangeDeskNumber, DeskNumber]]],
) -> Response[bytes]:
    """Change for whom a number rings, for calls that come in from now on."""
    data = await CHANGED.of(request)
    command = ChangeDeskNumber(
        actor=actor_of(request),
        desk_number_id=DeskNumberId(desk_number_id),
        terms=data.terms(),
        version=seen_version(request),
    )
    return respond(_changed(await change_desk_number(command)))


@delete(
    "/v1/phone-numbers/{desk_number_id:uuid}",
    status_code=200,
    opt=Operation(
        tag="agents",
        needs=Permission.WRITE_AGENTS,
        sends=(IF_MATCH,),
        shows=DeskNumberBody,
        refuses=(PhoneNumberNotFound, PhoneNumberInUse, PhoneNumberBought),
    ).opt,
)
async def delete_desk_number(
    request: AnyRequest,
    desk_number_id: FromPath[UUID],
    delete_desk_number: NamedDependency[SkipValidation[UseCase[DeleteDeskNumber, DeskNumber]]],
) -> Response[bytes]:
    """Take a number off the list at which no call goes on; calls that were keep it."""
    await no_body(request)
    command = DeleteDeskNumber(
        actor=actor_of(request),
        desk_number_id=DeskNumberId(desk_number_id),
        version=seen_version(request),
    )
    return respond(_changed(await delete_desk_number(command)))


@get(
    "/v1/phone-numbers/{desk_number_id:uuid}",
    opt=Operation(
        tag="agents",
        needs=Permission.READ_CALLS,
        sends=(IF_NONE_MATCH,),
        shows=DeskNumberBody,
        refuses=(PhoneNumberNotFound,),
    ).opt,
)
async def read_desk_number(
    request: AnyRequest,
    desk_number_id: FromPath[UUID],
    desk_number_views: NamedDependency[SkipValidation[DeskNumberViews]],
) -> Response[bytes]:
    """One telephone number of the desk."""
    number = await desk_number_views.desk_number(actor_of(request), DeskNumberId(desk_number_id))
    return tagged(request, DeskNumberBody.of(number), version=number.version)


@get(
    "/v1/phone-numbers",
    opt=Operation(
        tag="agents",
        needs=Permission.READ_CALLS,
        query=LIST,
        shows=DeskNumberPage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_desk_numbers(
    request: AnyRequest, desk_number_views: NamedDependency[SkipValidation[DeskNumberViews]]
) -> Response[bytes]:
    """The telephone numbers of the desk, by number."""
    query, cursors = LIST.of(request), Cursors.of(request)
    page = await desk_number_views.desk_numbers(actor_of(request), slice=cursors.slice(query))
    items = [DeskNumberBody.of(one) for one in page.items]
    return cursors.respond(DeskNumberPage(items=items, next=cursors.write(page.next)))


router = Router(
    "/",
    route_handlers=[
        add_desk_number,
        change_desk_number,
        delete_desk_number,
        read_desk_number,
        list_desk_numbers,
    ],
)
