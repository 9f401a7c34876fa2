"""Whose calls figures are of for whoever asks: of all, or of those alone that they handle."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import attrs

from application.analytics.call_views import (
    CallBehind,
    CallFigureViews,
    CallQuestion,
    Grouping,
    Part,
)
from application.kernel.pages import Page, Slice
from domain.analytics.call_totals import CallTotals
from domain.analytics.intervals import Granularity
from domain.kernel.actors import Actor, Permission
from domain.kernel.periods import Period


@attrs.frozen
class CallFiguresSeen(CallFigureViews):
    """Each answer is of what the actor sees; calls that nobody handles yet are nobody's figures.

    Raises NotPermitted to who may not see all calls and asks for those of somebody else.
    """

    views: CallFigureViews

    async def as_of(self, actor: Actor) -> datetime:
        return await self.views.as_of(actor)

    async def edition(self, actor: Actor) -> int:
        return await self.views.edition(actor)

    async def totals(self, actor: Actor, question: CallQuestion) -> CallTotals:
        return await self.views.totals(actor, _seen(actor, question))

    async def series(
        self, actor: Actor, question: CallQuestion, interval: Granularity
    ) -> Sequence[tuple[Period, CallTotals]]:
        return await self.views.series(actor, _seen(actor, question), interval)

    async def groups(
        self, actor: Actor, question: CallQuestion, by: Grouping
    ) -> Mapping[str | None, CallTotals]:
        return await self.views.groups(actor, _seen(actor, question), by)

    async def lengths(
        self, actor: Actor, question: CallQuestion, part: Part
    ) -> Sequence[tuple[int, int]]:
        return await self.views.lengths(actor, _seen(actor, question), part)

    async def issues(self, actor: Actor, question: CallQuestion) -> Mapping[str, int]:
        return await self.views.issues(actor, _seen(actor, question))

    async def behind(
        self, actor: Actor, question: CallQuestion, number: str, slice: Slice
    ) -> Page[CallBehind]:
        return await self.views.behind(actor, _seen(actor, question), number, slice)


def _seen(actor: Actor, question: CallQuestion) -> CallQuestion:
    actor.must_have_one(Permission.READ_CALLS, Permission.HANDLE_OWN_CALLS)
    if Permission.READ_CALLS in actor.permissions:
        return question
    if question.meeting.handler_id not in (None, actor.id):
        actor.must(Permission.READ_CALLS)
    return attrs.evolve(question, meeting=attrs.evolve(question.meeting, handler_id=actor.id))
