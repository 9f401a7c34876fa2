"""Routes of escalations: asked for, found, counted."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.calls.people_views import EscalationFilter, EscalationViews
from application.calls.request_escalation import RequestEscalation
from application.kernel.pages import BadCursor
from application.kernel.ports import Clock, UseCase
from domain.calls.agents import AgentNotAvailable, AgentNotFound
from domain.calls.escalation import Escalation
from domain.calls.escalation_life import (
    AlreadyEscalated,
    BadEscalation,
    EscalationNotFound,
    NobodyFree,
    NotYourCall,
)
from domain.calls.queues import QueueClosed, QueueNotFound
from domain.calls.refusals import CallNotFound, CallOver
from domain.kernel.actors import Permission
from domain.kernel.identifiers import AgentId, CallId, EscalationId, QueueId
from domain.kernel.periods import BadPeriod
from entrypoints.http.agent_shapes import SpanQuery
from entrypoints.http.answers import answer, respond, tagged, worded
from entrypoints.http.escalation_shapes import (
    NAMED,
    WARM,
    EscalationBody,
    EscalationFiguresBody,
    EscalationInput,
    EscalationPage,
    EscalationQuery,
)
from entrypoints.http.etags import IF_NONE_MATCH
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors
from entrypoints.http.reading import Body, Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import FarOff
from entrypoints.http.spans import span_of

AnyRequest = Request[Any, Any, Any]

NEW: Body[EscalationInput] = Body(
    EscalationInput, examples={"to whoever is free": WARM, "to one of them": NAMED}
)
ESCALATIONS = Query(EscalationQuery)
SPAN = Query(SpanQuery)

_requested = worded(
    EscalationBody.of,
    status=201,
    version=lambda escalation: escalation.version,
    location=lambda escalation: f"/v1/escalations/{escalation.id}",
)


@post(
    "/v1/escalations",
    opt=Operation(
        tag="escalations",
        needs=Permission.HANDLE_OWN_CALLS,
        sends=(IDEMPOTENCY_KEY,),
        body=NEW,
        shows=EscalationBody,
        status=201,
        refuses=(
            CallNotFound,
            CallOver,
            NotYourCall,
            AlreadyEscalated,
            BadEscalation,
            AgentNotFound,
            AgentNotAvailable,
            QueueNotFound,
            QueueClosed,
            NobodyFree,
        ),
        then={"accept_escalation": {"escalation_id": "$response.body#/id"}},
    ).opt,
)
async def request_escalation(
    request: AnyRequest,
    request_escalation: NamedDependency[SkipValidation[UseCase[RequestEscalation, Escalation]]],
) -> Response[bytes]:
    """Hand a call to somebody who can help: it is offered to an agent, or waits in line.

    Until somebody has accepted, the caller is yours.
    """
    data = await NEW.of(request)
    key = await IdempotencyKey.of(request)
    actor = actor_of(request)
    command = RequestEscalation(
        actor=actor,
        asked=data.asked(actor.id),
        agent_id=None if data.agent_id is None else AgentId(data.agent_id),
        queue_id=None if data.queue_id is None else QueueId(data.queue_id),
        once=key.once(_requested),
    )
    return respond(_requested(await request_escalation(command)))


@get(
    "/v1/escalations/{escalation_id:uuid}",
    opt=Operation(
        tag="escalations",
        needs=Permission.READ_CALLS,
        sends=(IF_NONE_MATCH,),
        shows=EscalationBody,
        refuses=(EscalationNotFound,),
    ).opt,
)
async def read_escalation(
    request: AnyRequest,
    escalation_id: FromPath[UUID],
    escalation_views: NamedDependency[SkipValidation[EscalationViews]],
) -> Response[bytes]:
    """One escalation."""
    escalation = await escalation_views.escalation(actor_of(request), EscalationId(escalation_id))
    return tagged(request, EscalationBody.of(escalation), version=escalation.version)


@get(
    "/v1/escalations",
    opt=Operation(
        tag="escalations",
        needs=Permission.READ_CALLS,
        query=ESCALATIONS,
        shows=EscalationPage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_escalations(
    request: AnyRequest,
    escalation_views: NamedDependency[SkipValidation[EscalationViews]],
) -> Response[bytes]:
    """Escalations, in the order in which they were asked for."""
    query, cursors = ESCALATIONS.of(request), Cursors.of(request)
    filter = EscalationFilter(
        call_id=None if query.call_id is None else CallId(query.call_id),
        agent_id=None if query.agent_id is None else AgentId(query.agent_id),
        queue_id=None if query.queue_id is None else QueueId(query.queue_id),
        state=query.state,
        trigger=query.trigger,
        open_only=query.show == "open",
    )
    page = await escalation_views.escalations(
        actor_of(request), filter=filter, slice=cursors.slice(query)
    )
    items = [EscalationBody.of(escalation) for escalation in page.items]
    return cursors.respond(EscalationPage(items=items, next=cursors.write(page.next)))


@get(
    "/v1/escalation-figures",
    opt=Operation(
        tag="escalations",
        needs=Permission.READ_CALLS,
        query=SPAN,
        shows=EscalationFiguresBody,
        refuses=(BadPeriod, FarOff),
    ).opt,
)
async def read_escalation_figures(
    request: AnyRequest,
    escalation_views: NamedDependency[SkipValidation[EscalationViews]],
    clock: NamedDependency[SkipValidation[Clock]],
) -> Response[bytes]:
    """How many calls were escalated, why, and how long it took until their callers were helped."""
    span = span_of(SPAN.of(request), clock)
    figures = await escalation_views.figures(
        actor_of(request), since=span.starts_at, until=span.ends_at
    )
    return respond(answer(EscalationFiguresBody.of(figures, span.starts_at, span.ends_at)))


router = Router(
    "/",
    route_handlers=[
        request_escalation,
        read_escalation,
        list_escalations,
        read_escalation_figures,
    ],
)
