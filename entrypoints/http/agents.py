"""Routes of agents: who answers, and whether they are free."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.calls.add_agent import AddAgent
from application.calls.change_agent import ChangeAgent
from application.calls.delete_agent import DeleteAgent
from application.calls.people_views import AgentFilter, AgentViews
from application.calls.show_presence import ShowPresence
from application.kernel.pages import BadCursor
from application.kernel.ports import Clock, UseCase
from domain.calls.agents import (
    Agent,
    AgentEngaged,
    AgentNotFound,
    AgentTaken,
    NoAgentOfYours,
    NotYourAgent,
)
from domain.kernel.actors import Permission
from domain.kernel.identifiers import AgentId
from domain.kernel.periods import BadPeriod
from entrypoints.http.agent_shapes import (
    ANA,
    BOT,
    AgentBody,
    AgentInput,
    AgentPage,
    AgentQuery,
    AgentUsageBody,
    PresenceInput,
    SpanQuery,
)
from entrypoints.http.answers import answer, respond, tagged, worded
from entrypoints.http.etags import IF_MATCH, IF_NONE_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import Cursors
from entrypoints.http.reading import Body, Query, no_body
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import FarOff
from entrypoints.http.spans import span_of

AnyRequest = Request[Any, Any, Any]

AGENT: Body[AgentInput] = Body(AgentInput, examples={"a person": ANA, "a bot": BOT})
PRESENCE: Body[PresenceInput] = Body(
    PresenceInput,
    examples={
        "comes": {"presence": "available"},
        "rests": {"presence": "paused", "pause": "lunch"},
        "leaves": {"presence": "offline"},
    },
)
AGENTS = Query(AgentQuery)
SPAN = Query(SpanQuery)

_added = worded(
    AgentBody.of,
    status=201,
    version=lambda agent: agent.version,
    location=lambda agent: f"/v1/agents/{agent.id}",
)
_shown = worded(AgentBody.of, version=lambda agent: agent.version)


@post(
    "/v1/agents",
    opt=Operation(
        tag="agents",
        needs=Permission.WRITE_AGENTS,
        sends=(IDEMPOTENCY_KEY,),
        body=AGENT,
        shows=AgentBody,
        status=201,
        refuses=(AgentTaken,),
        then={"show_presence": {"agent_id": "$response.body#/id"}},
    ).opt,
)
async def add_agent(
    request: AnyRequest, add_agent: NamedDependency[SkipValidation[UseCase[AddAgent, Agent]]]
) -> Response[bytes]:
    """Add somebody, or a bot, who answers callers; offline until they come."""
    data = await AGENT.of(request)
    key = await IdempotencyKey.of(request)
    command = AddAgent(actor=actor_of(request), details=data.details(), once=key.once(_added))
    return respond(_added(await add_agent(command)))


@put(
    "/v1/agents/{agent_id:uuid}",
    opt=Operation(
        tag="agents",
        needs=Permission.WRITE_AGENTS,
        sends=(IF_MATCH,),
        body=AGENT,
        shows=AgentBody,
        refuses=(AgentNotFound, AgentTaken),
    ).opt,
)
async def change_agent(
    request: AnyRequest,
    agent_id: FromPath[UUID],
    change_agent: NamedDependency[SkipValidation[UseCase[ChangeAgent, Agent]]],
) -> Response[bytes]:
    """Change what is known of an agent; who has a caller keeps them."""
    data = await AGENT.of(request)
    command = ChangeAgent(
        actor=actor_of(request),
        agent_id=AgentId(agent_id),
        details=data.details(),
        version=seen_version(request),
    )
    return respond(_shown(await change_agent(command)))


@delete(
    "/v1/agents/{agent_id:uuid}",
    status_code=200,
    opt=Operation(
        tag="agents",
        needs=Permission.WRITE_AGENTS,
        sends=(IF_MATCH,),
        shows=AgentBody,
        refuses=(AgentNotFound, AgentEngaged),
    ).opt,
)
async def delete_agent(
    request: AnyRequest,
    agent_id: FromPath[UUID],
    delete_agent: NamedDependency[SkipValidation[UseCase[DeleteAgent, Agent]]],
) -> Response[bytes]:
    """Delete an agent who has no caller."""
    await no_body(request)
    command = DeleteAgent(
        actor=actor_of(request), agent_id=AgentId(agent_id), version=seen_version(request)
    )
    return respond(_shown(await delete_agent(command)))


@post(
    "/v1/agents/{agent_id:uuid}/presence",
    status_code=200,
    opt=Operation(
        tag="agents",
        needs=Permission.HANDLE_OWN_CALLS,
        sends=(IDEMPOTENCY_KEY,),
        body=PRESENCE,
        shows=AgentBody,
        refuses=(AgentNotFound, AgentEngaged, NotYourAgent),
    ).opt,
)
async def show_presence(
    request: AnyRequest,
    agent_id: FromPath[UUID],
    show_presence: NamedDependency[SkipValidation[UseCase[ShowPresence, Agent]]],
) -> Response[bytes]:
    """Come, rest or leave: agents for themselves, and whoever has `calls:write` for others.

    Who comes is offered the first in line at once, and is then `reserved`.
    """
    data = await PRESENCE.of(request)
    key = await IdempotencyKey.of(request)
    command = ShowPresence(
        actor=actor_of(request),
        agent_id=AgentId(agent_id),
        presence=data.presence,
        pause=data.pause,
        once=key.once(_shown),
    )
    return respond(_shown(await show_presence(command)))


@get(
    "/v1/agents/me",
    opt=Operation(
        tag="agents",
        needs=Permission.HANDLE_OWN_CALLS,
        sends=(IF_NONE_MATCH,),
        shows=AgentBody,
        refuses=(NoAgentOfYours,),
    ).opt,
)
async def read_own_agent(
    request: AnyRequest, agent_views: NamedDependency[SkipValidation[AgentViews]]
) -> Response[bytes]:
    """The agent who acts as you; `escalation_id` is what you are offered, or busy with."""
    agent = await agent_views.mine(actor_of(request))
    return tagged(request, AgentBody.of(agent), version=agent.version)


@get(
    "/v1/agents/{agent_id:uuid}",
    opt=Operation(
        tag="agents",
        needs=Permission.READ_CALLS,
        sends=(IF_NONE_MATCH,),
        shows=AgentBody,
        refuses=(AgentNotFound,),
    ).opt,
)
async def read_agent(
    request: AnyRequest,
    agent_id: FromPath[UUID],
    agent_views: NamedDependency[SkipValidation[AgentViews]],
) -> Response[bytes]:
    """One agent."""
    agent = await agent_views.agent(actor_of(request), AgentId(agent_id))
    return tagged(request, AgentBody.of(agent), version=agent.version)


@get(
    "/v1/agents",
    opt=Operation(
        tag="agents",
        needs=Permission.READ_CALLS,
        query=AGENTS,
        shows=AgentPage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_agents(
    request: AnyRequest, agent_views: NamedDependency[SkipValidation[AgentViews]]
) -> Response[bytes]:
    """The board of all agents, by name; sockets keep it current: `agent_presence_changed`."""
    query, cursors = AGENTS.of(request), Cursors.of(request)
    filter = AgentFilter(presence=query.presence, skill=query.skill, department=query.department)
    page = await agent_views.agents(actor_of(request), filter=filter, slice=cursors.slice(query))
    items = [AgentBody.of(agent) for agent in page.items]
    return cursors.respond(AgentPage(items=items, next=cursors.write(page.next)))


@get(
    "/v1/agents/{agent_id:uuid}/usage",
    opt=Operation(
        tag="agents",
        needs=Permission.READ_CALLS,
        query=SPAN,
        shows=AgentUsageBody,
        refuses=(AgentNotFound, BadPeriod, FarOff),
    ).opt,
)
async def read_agent_usage(
    request: AnyRequest,
    agent_id: FromPath[UUID],
    agent_views: NamedDependency[SkipValidation[AgentViews]],
    clock: NamedDependency[SkipValidation[Clock]],
) -> Response[bytes]:
    """What an agent was offered in a span of time, and what came of it."""
    span = span_of(SPAN.of(request), clock)
    usage = await agent_views.usage(
        actor_of(request), AgentId(agent_id), since=span.starts_at, until=span.ends_at
    )
    return respond(answer(AgentUsageBody.of(usage, span.starts_at, span.ends_at)))


router = Router(
    "/",
    route_handlers=[
        add_agent,
        change_agent,
        delete_agent,
        show_presence,
        read_own_agent,
        read_agent,
        list_agents,
        read_agent_usage,
    ],
)
