"""Lists of many calls, by every filter and in every order: the first page, and one far down."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from application.calls.views import CallFilter, CallViews, Order, Sentiment
from application.kernel.pages import Slice
from benchmarks.call_rows import (
    AGENTS,
    BEGAN,
    DISPOSITIONS,
    HANDLERS,
    YEAR,
    number_of,
    write_calls,
)
from benchmarks.measuring import Act, Effort, contest, hammer
from benchmarks.stages import Stage, fresh_folder, fresh_postgres, stage
from benchmarks.tables import heading, table
from domain.calls.call import Direction
from domain.calls.status import CallStatus
from domain.kernel.identifiers import ActorId, AgentId, DispositionId
from tests.servers import postgres_server

PAGE = 50
WEEK = timedelta(days=7)
FILTERS: Mapping[str, CallFilter] = {
    "all": CallFilter(),
    "status, most": CallFilter(status=CallStatus.COMPLETED),
    "status, few": CallFilter(status=CallStatus.REJECTED),
    "status, none": CallFilter(status=CallStatus.RINGING),
    "direction": CallFilter(direction=Direction.OUTBOUND),
    "a week": CallFilter(started_from=BEGAN + YEAR / 2, started_until=BEGAN + YEAR / 2 + WEEK),
    "half a year": CallFilter(started_from=BEGAN + YEAR / 2),
    "scores, all": CallFilter(qa_from=0, qa_to=1000),
    "scores, most": CallFilter(qa_from=500, qa_to=900),
    "scores, few": CallFilter(qa_from=0, qa_to=400),
    "scores, hardly any": CallFilter(qa_from=0, qa_to=250),
    "positive": CallFilter(sentiment=Sentiment.POSITIVE),
    "neutral": CallFilter(sentiment=Sentiment.NEUTRAL),
    "negative": CallFilter(sentiment=Sentiment.NEGATIVE),
    "handler": CallFilter(handler_id=ActorId(HANDLERS[7])),
    "agent": CallFilter(agent_id=AgentId(AGENTS[7])),
    "template": CallFilter(template="survey"),
    "template, none": CallFilter(template="nothing of ours"),
    "disposition": CallFilter(disposition_id=DispositionId(DISPOSITIONS[7])),
    "disposition, none": CallFilter(disposition_id=DispositionId(UUID(int=7))),
    "escalated": CallFilter(escalated=True),
    "number": CallFilter(number=number_of(7)),
    "search": CallFilter(search=f"SC{7:032x}"),
    "several": CallFilter(
        status=CallStatus.COMPLETED,
        direction=Direction.INBOUND,
        sentiment=Sentiment.NEGATIVE,
        escalated=True,
        qa_from=600,
    ),
}


def acts(on: Stage) -> Mapping[str, Act]:
    views: CallViews = on.container.calls.views()

    def listing(filter: CallFilter, order: Order, *, latest_first: bool) -> Act:
        async def show(_number: int) -> Any:
            return await views.calls(
                on.actor,
                filter=filter,
                order=order,
                latest_first=latest_first,
                slice=Slice(limit=PAGE),
            )

        return show

    return {
        f"{name}, by {order.value}{', latest' if latest_first else ''}": listing(
            filter, order, latest_first=latest_first
        )
        for name, filter in FILTERS.items()
        for order in Order
        for latest_first in (False, True)
    }


async def measure(on: Stage, name: str, effort: Effort) -> None:
    """The ten slowest, and the one in the middle."""
    every = acts(on)
    best = await contest(
        {act: partial(hammer, every[act], tasks=1, seconds=effort.seconds / 5) for act in every},
        effort,
    )
    slowest = sorted(best.items(), key=lambda item: -item[1].p95)
    typical = slowest[len(slowest) // 2]
    heading(f"{len(every)} lists of {effort.calls:,} calls: {name}")
    table(
        ["", "p50 ms", "p95 ms"],
        [
            (act, figures.p50, figures.p95)
            for act, figures in (*slowest[:10], ("the one in the middle", typical[1]))
        ],
    )


@asynccontextmanager
async def full(url: str, many: int) -> AsyncIterator[Stage]:
    async with stage(url) as on:
        await write_calls(on, many)
        yield on


async def run(effort: Effort) -> None:
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(
            fresh_postgres(stack.enter_context(postgres_server(durable=True)))
        )
        await measure(
            await stack.enter_async_context(full(url, effort.calls)), "PostgreSQL", effort
        )
    with fresh_folder() as folder:
        async with full(f"sqlite:///{folder}/calls.db", effort.calls) as on:
            await measure(on, "SQLite", effort)
