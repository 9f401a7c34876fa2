"""Figures of a year of calls: what a dashboard asks, first and again."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection

from adapters.mapping.summed_calls import calls_summed_anew
from adapters.repositories.sums import add_up
from adapters.sql.database import already_begun
from adapters.sql.scope import Scope
from application.analytics.asking import Span
from application.analytics.call_views import (
    CallFigureViews,
    CallQuestion,
    CallsMeeting,
    Grouping,
    Part,
)
from benchmarks.dashboards import measure_both
from benchmarks.figure_rows import BEGAN, CALLS, make
from benchmarks.measuring import Act, Effort
from benchmarks.stages import Stage
from domain.analytics.intervals import Granularity
from domain.kernel.periods import Period, Zone

AN_AGENT = UUID(int=7)
YEAR = timedelta(days=365)
LISBON = Zone("Europe/Lisbon")


def last(days: int, **members: Any) -> CallQuestion:
    period = Period(BEGAN + YEAR - timedelta(days=days), BEGAN + YEAR)
    return CallQuestion(span=Span(period=period, zone=LISBON), **members)


def acts(on: Stage) -> Mapping[str, Act]:
    views: CallFigureViews = on.container.analytics.counted_calls()
    remembered: CallFigureViews = on.container.analytics.call_views()
    agent = CallsMeeting(agent_id=AN_AGENT)

    async def dashboard(_number: int) -> Any:
        """As the overview asks."""
        question = last(7)
        await views.as_of(on.actor)
        await views.totals(on.actor, question)
        return await views.totals(on.actor, question.before)

    async def once_more(_number: int) -> Any:
        """As whoever asks for what was asked before."""
        await remembered.as_of(on.actor)
        return await remembered.series(on.actor, last(365), Granularity.DAY)

    async def volume(_number: int, days: int, interval: Granularity) -> Any:
        return await views.series(on.actor, last(days), interval)

    async def of_an_agent(_number: int) -> Any:
        return await views.series(on.actor, last(30, meeting=agent), Granularity.DAY)

    async def groups(_number: int, days: int, by: Grouping) -> Any:
        return await views.groups(on.actor, last(days), by)

    async def lengths(_number: int) -> Any:
        return await views.lengths(on.actor, last(30), Part.HANDLE)

    return {
        "overview, 7 days": dashboard,
        "volume by hour, 30 days": partial(volume, days=30, interval=Granularity.HOUR),
        "volume by day, 30 days": partial(volume, days=30, interval=Granularity.DAY),
        "volume by day, 365 days": partial(volume, days=365, interval=Granularity.DAY),
        "the same, remembered": once_more,
        "volume by day of an agent, 30 days": of_an_agent,
        "all figures by agent, 7 days": partial(groups, days=7, by=Grouping.AGENT),
        "all figures by agent, 365 days": partial(groups, days=365, by=Grouping.AGENT),
        "all figures by template, 365 days": partial(groups, days=365, by=Grouping.TEMPLATE),
        "lengths, 30 days": lengths,
    }


async def fill(on: Stage, url: str, many: int) -> None:
    """Sums are those of the program."""
    await make(on, url, many, CALLS)
    await on.container.database().write(
        lambda connection: sum_up(connection, on), of=on.actor.organization_id
    )
    await on.analyze()


def sum_up(connection: Connection, on: Stage) -> None:
    add_up(Scope(connection, on.actor, uuid4, already_begun), calls_summed_anew())


async def run(effort: Effort) -> None:
    await measure_both(fill, acts, "calls", effort)
