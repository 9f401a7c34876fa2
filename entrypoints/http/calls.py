"""Routes of calls: placed, found, read, changed, taken out of the lists."""

from typing import Any
from uuid import UUID

import attrs
import msgspec
from litestar import Request, Response, Router, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.calls.change_call import ChangeCall, DeleteCall
from application.calls.initiate_call import InitiateCall
from application.calls.telephony import NoTelephony, TelephonyRefused, TelephonyUnavailable
from application.calls.views import CallViews
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from domain.calls.agents import NotYourAgent
from domain.calls.call import Call
from domain.calls.refusals import BadPhoneNumber, CallNotFound, CallNotOver
from domain.identity.request_limits import Counted
from domain.kernel.actors import Permission
from domain.kernel.identifiers import AgentId, CallId
from entrypoints.http.answers import answer, respond, tagged, worded
from entrypoints.http.call_inputs import (
    CallQuery,
    CallSearch,
    ChangeCallInput,
    InitiateInput,
)
from entrypoints.http.call_shapes import CallBody, CallPage
from entrypoints.http.etags import IF_MATCH, IF_NONE_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors
from entrypoints.http.reading import Body, Query, Question, no_body
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import FarOff

AnyRequest = Request[Any, Any, Any]

LIST = Query(CallQuery)
SEARCH: Question[CallSearch] = Question(
    CallSearch,
    examples={
        "whose": {"number": "+442079460958"},
        "the worst first": {
            "number": "+442079460958",
            "sort": "qa_score",
            "order": "asc",
            "limit": 20,
        },
    },
)
INITIATE: Body[InitiateInput] = Body(
    InitiateInput,
    examples={
        "a person rings": {"to": "+442079460958", "template": "call-back"},
        "a machine rings": {"to": "+442079460958", "from": "+442079460000", "bot": "ada"},
    },
)
CHANGE: Body[ChangeCallInput] = Body(
    ChangeCallInput,
    examples={"noted": {"template": "sales", "metadata": {"campaign": "spring"}}},
)
THIS = {"call_id": "$response.body#/id"}

_begun = worded(
    CallBody.of,
    status=201,
    version=lambda call: call.version,
    location=lambda call: f"/v1/calls/{call.id}",
)


@post(
    "/v1/calls",
    opt=Operation(
        tag="calls",
        needs=Permission.WRITE_CALLS,
        or_needs=Permission.HANDLE_OWN_CALLS,
        sends=(IDEMPOTENCY_KEY,),
        body=INITIATE,
        shows=CallBody,
        status=201,
        refuses=(
            BadPhoneNumber,
            NotYourAgent,
            NoTelephony,
            TelephonyRefused,
            TelephonyUnavailable,
        ),
        then={"read_call": THIS},
    ).opt,
)
async def initiate_call(
    request: AnyRequest,
    initiate_call: NamedDependency[SkipValidation[UseCase[InitiateCall, Call]]],
) -> Response[bytes]:
    """Ring somebody up. It is the caller's of this; how it goes on is heard on the line."""
    data = await INITIATE.of(request)
    key = await IdempotencyKey.of(request)
    call = await initiate_call(
        InitiateCall(
            actor=actor_of(request),
            called=data.called,
            calling=data.calling,
            template=data.template,
            agent_id=None if data.agent_id is None else AgentId(data.agent_id),
            bot=data.bot,
            metadata=data.metadata,
            root_call_id=None if data.root_call_id is None else CallId(data.root_call_id),
            once=key.once(_begun),
        )
    )
    return respond(_begun(call))


@get(
    "/v1/calls",
    opt=Operation(
        tag="calls",
        needs=Permission.READ_CALLS,
        or_needs=Permission.HANDLE_OWN_CALLS,
        counts_as=Counted.SEARCH,
        query=LIST,
        shows=CallPage,
        refuses=(BadCursor, FarOff),
    ).opt,
)
async def list_calls(
    request: AnyRequest, call_views: NamedDependency[SkipValidation[CallViews]]
) -> Response[bytes]:
    """Calls that meet every condition; with `calls:own` alone, one's own and nobody's.

    What is not known yet, a duration or a score, sorts before everything that is.
    """
    query, cursors = LIST.of(request), Cursors.of(request)
    page = await call_views.calls(
        actor_of(request),
        filter=query.filter(),
        order=query.sort,
        latest_first=query.latest_first,
        slice=cursors.slice(query),
    )
    items = [CallBody.of(call) for call in page.items]
    return cursors.respond(CallPage(items=items, next=cursors.write(page.next)))


@post(
    "/v1/calls/search",
    status_code=200,
    opt=Operation(
        tag="calls",
        needs=Permission.READ_CALLS,
        or_needs=Permission.HANDLE_OWN_CALLS,
        counts_as=Counted.SEARCH,
        body=SEARCH,
        shows=CallPage,
        refuses=(BadCursor, FarOff),
    ).opt,
)
async def search_calls(
    request: AnyRequest, call_views: NamedDependency[SkipValidation[CallViews]]
) -> Response[bytes]:
    """The same by number: what is personal stays out of addresses, which proxies log.

    The page that follows is asked for with `next` as `cursor`, and all else as it was.
    """
    search = await SEARCH.of(request)
    cursors = Cursors.among(request, msgspec.to_builtins(search))
    page = await call_views.calls(
        actor_of(request),
        filter=attrs.evolve(search.filter(), number=search.number),
        order=search.sort,
        latest_first=search.latest_first,
        slice=cursors.slice(search),
    )
    items = [CallBody.of(call) for call in page.items]
    return respond(answer(CallPage(items=items, next=cursors.write(page.next))))


@get(
    "/v1/calls/{call_id:uuid}",
    opt=Operation(
        tag="calls",
        needs=Permission.READ_CALLS,
        or_needs=Permission.HANDLE_OWN_CALLS,
        sends=(IF_NONE_MATCH,),
        shows=CallBody,
        refuses=(CallNotFound,),
    ).opt,
)
async def read_call(
    request: AnyRequest,
    call_id: FromPath[UUID],
    call_views: NamedDependency[SkipValidation[CallViews]],
) -> Response[bytes]:
    """One call, as far as it has got."""
    call = await call_views.call(actor_of(request), CallId(call_id))
    return tagged(request, CallBody.of(call), version=call.version)


@put(
    "/v1/calls/{call_id:uuid}",
    opt=Operation(
        tag="calls",
        needs=Permission.WRITE_CALLS,
        or_needs=Permission.HANDLE_OWN_CALLS,
        sends=(IF_MATCH,),
        body=CHANGE,
        shows=CallBody,
        refuses=(CallNotFound,),
    ).opt,
)
async def change_call(
    request: AnyRequest,
    call_id: FromPath[UUID],
    change_call: NamedDependency[SkipValidation[UseCase[ChangeCall, Call]]],
) -> Response[bytes]:
    """Say what kind of call it is, and keep something with it."""
    data = await CHANGE.of(request)
    call = await change_call(
        ChangeCall(
            actor=actor_of(request),
            call_id=CallId(call_id),
            template=data.template,
            metadata=data.metadata,
            version=seen_version(request),
        )
    )
    return respond(answer(CallBody.of(call), version=call.version))


@delete(
    "/v1/calls/{call_id:uuid}",
    status_code=200,
    opt=Operation(
        tag="calls",
        needs=Permission.WRITE_CALLS,
        sends=(IF_MATCH,),
        shows=CallBody,
        refuses=(CallNotFound, CallNotOver),
    ).opt,
)
async def delete_call(
    request: AnyRequest,
    call_id: FromPath[UUID],
    delete_call: NamedDependency[SkipValidation[UseCase[DeleteCall, Call]]],
) -> Response[bytes]:
    """Take a call that is over out of all lists; it is kept, and shown no longer."""
    await no_body(request)
    call = await delete_call(
        DeleteCall(actor=actor_of(request), call_id=CallId(call_id), version=seen_version(request))
    )
    return respond(answer(CallBody.of(call), version=call.version))


router = Router(
    "/",
    route_handlers=[
        initiate_call,
        list_calls,
        search_calls,
        read_call,
        change_call,
        delete_call,
    ],
)
