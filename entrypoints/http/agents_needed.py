"""The route that says how many agents some calls need."""

from typing import Annotated, Any, Literal

from anyio import to_thread
from litestar import Request, Response, Router, get
from msgspec import Meta

from domain.analytics.impatience import BadPatience
from domain.analytics.staffing import BadTarget, StaffingTarget, staffing
from domain.analytics.traffic import BadTraffic, Expectation, Traffic
from domain.kernel.actors import Permission
from entrypoints.http.agents_needed_shapes import (
    Agents,
    Answered,
    Occupancy,
    Patience,
    Seconds,
    Share,
    Shrinkage,
    Within,
)
from entrypoints.http.answers import answer, respond
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Query
from entrypoints.http.shapes import Input, Output

AnyRequest = Request[Any, Any, Any]

HOUR = 3600
MOST_CALLS = 10_000

Calls = Annotated[float, Meta(ge=0, le=MOST_CALLS, description="Calls in an hour.")]
Handling = Annotated[
    float, Meta(ge=1, le=HOUR, description="Talk, hold and wrap-up of a call, in seconds.")
]


class AgentsQuery(Input, frozen=True, kw_only=True):
    calls_per_hour: Calls
    handling_seconds: Handling
    answered: Answered = 0.8
    within_seconds: Within = 20.0
    occupancy: Occupancy = 1.0
    shrinkage: Shrinkage = 0.0
    patience_seconds: Patience | None = None


class ExpectationBody(Output, frozen=True):
    """Shares are of all who call; the mean wait is of those who are answered."""

    waiting: Share
    answered_in_time: Share
    abandoning: Share
    occupancy: Share
    mean_wait_seconds: Seconds | None

    @classmethod
    def of(cls, expected: Expectation) -> "ExpectationBody":
        return cls(
            waiting=expected.waiting,
            answered_in_time=expected.answered_in_time,
            abandoning=expected.abandoning,
            occupancy=expected.occupancy,
            mean_wait_seconds=expected.mean_wait_seconds,
        )


class AgentsNeeded(Output, frozen=True):
    """`agents` are there for calls, `rostered` are planned so that so many are."""

    model: Literal["erlang_c", "erlang_a"]
    erlangs: Annotated[float, Meta(ge=0, le=MOST_CALLS, examples=[10.0])]
    agents: Agents
    rostered: Agents
    expected: ExpectationBody


QUERY = Query(AgentsQuery)


@get(
    "/v1/analytics/staffing",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_CALLS,
        query=QUERY,
        shows=AgentsNeeded,
        refuses=(BadTraffic, BadTarget, BadPatience),
    ).opt,
)
async def plan_agents(request: AnyRequest) -> Response[bytes]:
    """How many agents some calls need, and what callers may then expect.

    By Erlang's delay formula (C), or by Palm's for callers who hang up (A).
    """
    query = QUERY.of(request)
    traffic = Traffic(calls_per_hour=query.calls_per_hour, handling_seconds=query.handling_seconds)
    target = StaffingTarget(
        answered=query.answered,
        within_seconds=query.within_seconds,
        occupancy=query.occupancy,
        shrinkage=query.shrinkage,
        patience_seconds=query.patience_seconds,
    )
    # Ten thousand agents are a tenth of a second, in which others are answered.
    planned = await to_thread.run_sync(staffing, traffic, target)
    body = AgentsNeeded(
        model="erlang_c" if query.patience_seconds is None else "erlang_a",
        erlangs=traffic.erlangs,
        agents=planned.agents,
        rostered=planned.rostered,
        expected=ExpectationBody.of(planned.expected),
    )
    return respond(answer(body))


router = Router("/", route_handlers=[plan_agents])
