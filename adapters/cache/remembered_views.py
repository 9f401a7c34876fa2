"""Views of figures that remember what they were asked, each as long as nothing else is counted."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

import attrs

from adapters.cache.remembered_figures import RememberedFigures
from application.analytics.booking_views import BookingBehind, BookingFigures, BookingQuestion
from application.analytics.call_views import (
    CallBehind,
    CallFigureViews,
    CallQuestion,
    Grouping,
    Part,
)
from application.kernel.pages import Page, Slice
from domain.analytics.booking_totals import Counted
from domain.analytics.call_totals import CallTotals
from domain.analytics.intervals import Granularity
from domain.kernel.actors import Actor
from domain.kernel.periods import Period


@attrs.frozen(kw_only=True, eq=False)
class RememberedCallFigures(CallFigureViews):
    views: CallFigureViews
    remembered: RememberedFigures

    async def as_of(self, actor: Actor) -> datetime:
        return await self.views.as_of(actor)

    async def edition(self, actor: Actor) -> int:
        return await self.views.edition(actor)

    async def totals(self, actor: Actor, question: CallQuestion) -> CallTotals:
        ask = partial(self.views.totals, actor, question)
        edition = await self.edition(actor)
        return await self.remembered(actor, edition, "totals of calls", question, ask)

    async def series(
        self, actor: Actor, question: CallQuestion, interval: Granularity
    ) -> Sequence[tuple[Period, CallTotals]]:
        ask = partial(self.views.series, actor, question, interval)
        edition, of = await self.edition(actor), (question, interval)
        return await self.remembered(actor, edition, "series of calls", of, ask)

    async def groups(
        self, actor: Actor, question: CallQuestion, by: Grouping
    ) -> Mapping[str | None, CallTotals]:
        ask = partial(self.views.groups, actor, question, by)
        edition, of = await self.edition(actor), (question, by)
        return await self.remembered(actor, edition, "groups of calls", of, ask)

    async def lengths(
        self, actor: Actor, question: CallQuestion, part: Part
    ) -> Sequence[tuple[int, int]]:
        return await self.views.lengths(actor, question, part)

    async def issues(self, actor: Actor, question: CallQuestion) -> Mapping[str, int]:
        ask = partial(self.views.issues, actor, question)
        edition = await self.edition(actor)
        return await self.remembered(actor, edition, "issues of calls", question, ask)

    async def behind(
        self, actor: Actor, question: CallQuestion, number: str, slice: Slice
    ) -> Page[CallBehind]:
        return await self.views.behind(actor, question, number, slice)


@attrs.frozen(kw_only=True, eq=False)
class RememberedBookingFigures(BookingFigures):
    views: BookingFigures
    remembered: RememberedFigures

    async def as_of(self, actor: Actor) -> datetime:
        return await self.views.as_of(actor)

    async def edition(self, actor: Actor) -> int:
        return await self.views.edition(actor)

    async def counted(self, actor: Actor, question: BookingQuestion) -> Counted:
        ask = partial(self.views.counted, actor, question)
        edition = await self.edition(actor)
        return await self.remembered(actor, edition, "totals of bookings", question, ask)

    async def timeline(
        self, actor: Actor, question: BookingQuestion, granularity: Granularity
    ) -> Sequence[tuple[Period, Counted]]:
        ask = partial(self.views.timeline, actor, question, granularity)
        edition, of = await self.edition(actor), (question, granularity)
        return await self.remembered(actor, edition, "timeline of bookings", of, ask)

    async def behind(
        self, actor: Actor, question: BookingQuestion, figure: str, *, slice: Slice
    ) -> Page[BookingBehind]:
        return await self.views.behind(actor, question, figure, slice=slice)
