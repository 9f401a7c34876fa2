"""Figures of a year of bookings: what a dashboard asks, first and again."""

from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from adapters.mapping.summed_shapes import summed_anew
from adapters.repositories.sums import add_up
from adapters.sql.database import already_begun
from adapters.sql.scope import Scope
from benchmarks.booking_questions import NOON, TODAY, last, nights
from benchmarks.dashboards import measure_both
from benchmarks.figure_rows import (
    BOOKINGS,
    DAYS,
    MANY_PLACES,
    MANY_POOLS,
    PLACES,
    POOLS,
    make,
)
from benchmarks.measuring import Act, Effort
from benchmarks.money_rows import MONEY
from benchmarks.offering_acts import acts_on_money, acts_on_one
from benchmarks.stages import Stage
from domain.analytics.booking_totals import BookingBasis
from domain.analytics.intervals import Granularity

OVER = TODAY - timedelta(days=1)
"""The last day is read from the books themselves, as today is."""


def acts(on: Stage) -> dict[str, Act]:
    figures = on.container.analytics.booking_figures
    bookings, remembered = figures.counted_bookings(), figures.bookings()
    days = figures.days()

    async def dashboard(_number: int) -> Any:
        """As the overview asks."""
        question = last(7)
        await bookings.as_of(on.actor)
        await bookings.counted(on.actor, question)
        return await bookings.counted(on.actor, question.before)

    async def timeline(_number: int, length: int, interval: Granularity, by: BookingBasis) -> Any:
        return await bookings.timeline(on.actor, last(length, by=by), interval)

    async def once_more(_number: int) -> Any:
        """As whoever asks for what was asked before."""
        await remembered.as_of(on.actor)
        return await remembered.timeline(on.actor, last(365), Granularity.MONTH)

    async def occupancy(_number: int, length: int) -> Any:
        return await days.days(on.actor, nights(length, date(2026, 12, 1)))

    return {
        "overview, 7 days": dashboard,
        "by hour, 7 days": partial(
            timeline, length=7, interval=Granularity.HOUR, by=BookingBasis.BOOKED
        ),
        "by day, 30 days": partial(
            timeline, length=30, interval=Granularity.DAY, by=BookingBasis.BOOKED
        ),
        "by day of arrival, 30 days": partial(
            timeline, length=30, interval=Granularity.DAY, by=BookingBasis.STARTS
        ),
        "by month, 365 days": partial(
            timeline, length=365, interval=Granularity.MONTH, by=BookingBasis.BOOKED
        ),
        "the same, remembered": once_more,
        "occupancy, 30 days": partial(occupancy, length=30),
        "occupancy, 300 days": partial(occupancy, length=300),
        **acts_on_shapes(on),
        **acts_on_one(on),
        **acts_on_money(on),
    }


def acts_on_shapes(on: Stage) -> dict[str, Act]:
    figures = on.container.analytics.booking_figures
    days, shapes, standing = figures.days(), figures.shapes(), figures.standing()

    async def lead_times(_number: int, length: int) -> Any:
        return await shapes.lead_times(on.actor, last(length))

    async def offerings(_number: int, length: int) -> Any:
        return await shapes.offerings(on.actor, last(length), limit=10)

    async def by_offering(_number: int, length: int) -> Any:
        return await standing.by_offering(on.actor, last(length), Granularity.MONTH)

    async def pick_up(_number: int, length: int) -> Any:
        """What the nights of the last days had a week earlier than in the end, at noon."""
        before = NOON - timedelta(days=min(length, 300) + 7)
        return await days.pick_up(on.actor, nights(length), at=NOON, before=before)

    return {
        "lead times, 30 days": partial(lead_times, length=30),
        "lead times, 365 days": partial(lead_times, length=365),
        "booked most, 365 days": partial(offerings, length=365),
        "offerings by month, 365 days": partial(by_offering, length=365),
        "pick-up, 30 days": partial(pick_up, length=30),
        "pick-up, 365 days": partial(pick_up, length=365),
    }


async def fill(on: Stage, url: str, many: int) -> None:
    """Sums are those of the program."""
    await make(on, url, MANY_PLACES, PLACES)
    await make(on, url, MANY_POOLS, POOLS)
    await make(on, url, many, BOOKINGS, DAYS)
    await make(on, url, many, *MONEY)
    await on.container.database().write(
        lambda connection: add_up(
            Scope(connection, on.actor, uuid4, already_begun), summed_anew()
        ),
        of=on.actor.organization_id,
    )
    books = on.container.analytics.booking_figures.summed_books()
    while await books.sum_up(on.actor, before=OVER):
        pass
    await on.analyze()


async def run(effort: Effort) -> None:
    await measure_both(fill, acts, "bookings", effort)
