"""Figures of a year of calls: what a dashboard asks, first and again."""

import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection

from adapters.repositories.call_figures import SqlCallFigures
from adapters.sql.database import already_begun
from adapters.sql.scope import Scope
from application.analytics.asking import Span
from application.analytics.call_views import CallFigureViews, CallQuestion, CallsMeeting, Grouping
from benchmarks.call_rows import AGENTS, BEGAN, YEAR, write_calls
from benchmarks.measuring import Act, Effort, contest, hammer
from benchmarks.stages import Stage, fresh_folder, fresh_postgres, stage
from benchmarks.tables import heading, table
from domain.analytics.intervals import Granularity
from domain.kernel.periods import Period, Zone
from tests.servers import postgres_server

AT_ONCE = 2000
LISBON = Zone("Europe/Lisbon")


def last(days: int, **members: Any) -> CallQuestion:
    period = Period(BEGAN + YEAR - timedelta(days=days), BEGAN + YEAR)
    return CallQuestion(span=Span(period=period, zone=LISBON), **members)


def acts(on: Stage) -> Mapping[str, Act]:
    views: CallFigureViews = on.container.analytics.call_views()
    agent = CallsMeeting(agent_id=AGENTS[7])

    async def dashboard(_number: int) -> Any:
        """As the overview asks."""
        question = last(7)
        await views.as_of(on.actor)
        await views.totals(on.actor, question)
        return await views.totals(on.actor, question.before)

    async def volume(_number: int, days: int, interval: Granularity) -> Any:
        return await views.series(on.actor, last(days), interval)

    async def of_an_agent(_number: int) -> Any:
        return await views.series(on.actor, last(30, meeting=agent), Granularity.DAY)

    async def groups(_number: int) -> Any:
        return await views.groups(on.actor, last(7), Grouping.AGENT)

    return {
        "overview, 7 days": dashboard,
        "volume by hour, 30 days": partial(volume, days=30, interval=Granularity.HOUR),
        "volume by day, 30 days": partial(volume, days=30, interval=Granularity.DAY),
        "volume by day, 365 days": partial(volume, days=365, interval=Granularity.DAY),
        "volume by day of an agent, 30 days": of_an_agent,
        "all figures by agent, 7 days": groups,
    }


async def measure(on: Stage, name: str, effort: Effort) -> None:
    every = acts(on)
    cold = {}
    for act, ask in every.items():
        begun = time.perf_counter()
        await ask(0)
        cold[act] = 1000 * (time.perf_counter() - begun)
    warm = await contest(
        {act: partial(hammer, every[act], tasks=1, seconds=effort.seconds) for act in every},
        effort,
    )
    heading(f"figures of {effort.calls:,} calls: {name}")
    table(
        ["", "first ms", "p50 ms", "p95 ms"],
        [(act, cold[act], warm[act].p50, warm[act].p95) for act in every],
    )


@asynccontextmanager
async def full(url: str, many: int) -> AsyncIterator[Stage]:
    async with stage(url) as on:
        await write_calls(on, many)
        await count(on, many)
        await on.analyze()
        yield on


async def count(on: Stage, many: int) -> None:
    """As whoever hears of calls counts them."""
    of = on.actor.organization_id
    for first in range(0, many, AT_ONCE):
        call_ids = [UUID(int=number) for number in range(first, min(first + AT_ONCE, many))]

        def write(connection: Connection, call_ids: Sequence[UUID] = call_ids) -> None:
            scope = Scope(connection, on.actor, uuid4, already_begun)
            SqlCallFigures(scope).count(call_ids)

        await on.container.database().write(write, of=of)


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
