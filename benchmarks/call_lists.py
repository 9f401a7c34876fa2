"""Lists of many calls, by every filter and in every order: the first page, and some deep ones."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from application.calls.views import CallFilter, CallViews, Order, Sentiment
from application.kernel.pages import Key, Slice
from benchmarks.call_rows import (
    AGENTS,
    BEGAN,
    DISPOSITIONS,
    HANDLERS,
    OURS,
    YEAR,
    number_of,
    write_calls,
)
from benchmarks.call_sales import write_sales
from benchmarks.kept import kept_stage
from benchmarks.measuring import Act, Effort, contest, hammer
from benchmarks.stages import Stage, fresh_folder, fresh_postgres, stage
from benchmarks.tables import heading, table
from domain.calls.call import Direction
from domain.calls.status import CallStatus
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ActorId, AgentId, DispositionId
from tests.servers import postgres_server

PAGE = 50
SHOWN = 10
BAR = 100
WEEK = timedelta(days=7)
FILTERS: Mapping[str, CallFilter] = {
    "all": CallFilter(),
    "status, most": CallFilter(status=CallStatus.COMPLETED),
    "status, some": CallFilter(status=CallStatus.BUSY),
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
    "number, our own": CallFilter(number=OURS),
    "search": CallFilter(search=f"SC{7:032x}"),
    "search, our own": CallFilter(search=str(UUID(int=7))),
    "not escalated": CallFilter(escalated=False),
    "several": CallFilter(
        status=CallStatus.COMPLETED,
        direction=Direction.INBOUND,
        sentiment=Sentiment.NEGATIVE,
        escalated=True,
        qa_from=600,
    ),
    "of a handler, completed": CallFilter(
        handler_id=ActorId(HANDLERS[7]), status=CallStatus.COMPLETED
    ),
    "of a handler, by template": CallFilter(handler_id=ActorId(HANDLERS[7]), template="survey"),
    "of a handler, disposed of": CallFilter(
        handler_id=ActorId(HANDLERS[7]), disposition_id=DispositionId(DISPOSITIONS[7])
    ),
    "by template, disposed of": CallFilter(
        template="survey", disposition_id=DispositionId(DISPOSITIONS[7])
    ),
    "by template, unhappy": CallFilter(template="survey", sentiment=Sentiment.NEGATIVE),
    "positive, well judged": CallFilter(sentiment=Sentiment.POSITIVE, qa_from=900),
    "positive, not answered": CallFilter(
        sentiment=Sentiment.POSITIVE, status=CallStatus.NO_ANSWER
    ),
    "half a year, unhappy": CallFilter(
        sentiment=Sentiment.NEGATIVE, started_from=BEGAN + YEAR / 2
    ),
    "half a year, not answered": CallFilter(
        status=CallStatus.NO_ANSWER, started_from=BEGAN + YEAR / 2
    ),
    "sold something": CallFilter(converted=True),
    "sold nothing": CallFilter(converted=False),
    "unhappy, sold something": CallFilter(sentiment=Sentiment.NEGATIVE, converted=True),
    "by template, sold something": CallFilter(template="survey", converted=True),
    "neither talked nor silent": CallFilter(status=CallStatus.NO_ANSWER, qa_from=0),
}
"""Of people who see all calls."""

DEEP = ("all", "status, most", "handler", "template", "positive", "scores, most", "half a year")
MIDDLE: Mapping[Order, Key] = {
    Order.STARTED_AT: ((BEGAN + YEAR * 3 / 4).isoformat(), str(UUID(int=0))),
    Order.DURATION: ("120", str(UUID(int=0))),
    Order.QA_SCORE: ("700", str(UUID(int=0))),
}
"""Behind which deep pages go on."""


def acts(on: Stage) -> Mapping[str, Act]:
    views: CallViews = on.container.calls.views()

    mine = Actor(
        organization_id=on.actor.organization_id,
        id=ActorId(HANDLERS[7]),
        permissions=frozenset(),
    )
    beginning: Mapping[Order, Key] = {}
    lists = {
        **{name: (filter, on.actor, beginning) for name, filter in FILTERS.items()},
        **{f"deep in {name}": (FILTERS[name], on.actor, MIDDLE) for name in DEEP},
        "mine": (CallFilter(), mine, beginning),
        "mine, completed": (CallFilter(status=CallStatus.COMPLETED), mine, beginning),
        "deep in mine": (CallFilter(), mine, MIDDLE),
    }

    def listing(
        filter: CallFilter, actor: Actor, order: Order, after: Key | None, *, latest_first: bool
    ) -> Act:
        async def show(_number: int) -> Any:
            return await views.calls(
                actor,
                filter=filter,
                order=order,
                latest_first=latest_first,
                slice=Slice(limit=PAGE, after=after),
            )

        return show

    return {
        f"{name}, by {order.value}{', latest' if latest_first else ''}": listing(
            filter, actor, order, after.get(order), latest_first=latest_first
        )
        for name, (filter, actor, after) in lists.items()
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
    beyond = sum(figures.p95 > BAR for _, figures in slowest)
    heading(f"{len(every)} lists of {effort.calls:,} calls: {name}, {beyond} beyond {BAR} ms")
    table(
        ["", "p50 ms", "p95 ms", "CPU ms"],
        [
            (act, figures.p50, figures.p95, figures.cpu / 1e3)
            for act, figures in (*slowest[:SHOWN], ("the one in the middle", typical[1]))
        ],
    )


@asynccontextmanager
async def full(url: str, many: int) -> AsyncIterator[Stage]:
    async with stage(url) as on:
        await write_calls(on, many)
        await write_sales(on, many)
        yield on


async def run(effort: Effort) -> None:
    for url in effort.kept:
        async with kept_stage(url) as (on, is_new):
            if is_new:
                await write_calls(on, effort.calls)
            await write_sales(on, effort.calls)
            await measure(on, url.partition(":")[0], effort)
    if not effort.kept:
        await run_on_new(effort)


async def run_on_new(effort: Effort) -> None:
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
