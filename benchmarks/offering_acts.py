"""What is asked about one offering of a hundred, and about money."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from benchmarks.booking_questions import NOON, last, nights
from benchmarks.measuring import Act
from benchmarks.stages import Stage
from domain.analytics.intervals import Granularity
from domain.kernel.identifiers import ResourceId

ONE = ResourceId(UUID(int=7))


def acts_on_one(on: Stage) -> dict[str, Act]:
    figures = on.container.analytics.booking_figures
    counted, days, shapes = figures.counted_bookings(), figures.days(), figures.shapes()

    async def overview(_number: int, length: int) -> Any:
        return await counted.counted(on.actor, last(length, resource_id=ONE))

    async def timeline(_number: int, length: int, interval: Granularity) -> Any:
        return await counted.timeline(on.actor, last(length, resource_id=ONE), interval)

    async def lead_times(_number: int, length: int) -> Any:
        return await shapes.lead_times(on.actor, last(length, resource_id=ONE))

    async def pick_up(_number: int, length: int) -> Any:
        question, before = nights(length, resource_id=ONE), timedelta(days=min(length, 300) + 7)
        return await days.pick_up(on.actor, question, at=NOON, before=NOON - before)

    return {
        "of one: overview, 365 days": partial(overview, length=365),
        "of one: by day, 30 days": partial(timeline, length=30, interval=Granularity.DAY),
        "of one: by day, 365 days": partial(timeline, length=365, interval=Granularity.DAY),
        "of one: lead times, 365 days": partial(lead_times, length=365),
        "of one: pick-up, 30 days": partial(pick_up, length=30),
        "of one: pick-up, 365 days": partial(pick_up, length=365),
    }


def acts_on_money(on: Stage) -> dict[str, Act]:
    revenue = on.container.analytics.booking_figures.revenue()

    async def overview(_number: int, length: int, **of: Any) -> Any:
        return await revenue.revenue(on.actor, last(length, **of))

    async def timeline(_number: int, length: int, interval: Granularity) -> Any:
        return await revenue.timeline(on.actor, last(length), interval)

    return {
        "money, 7 days": partial(overview, length=7),
        "money, 365 days": partial(overview, length=365),
        "money of one, 365 days": partial(overview, length=365, resource_id=ONE),
        "money by day, 30 days": partial(timeline, length=30, interval=Granularity.DAY),
        "money by month, 365 days": partial(timeline, length=365, interval=Granularity.MONTH),
    }
