"""How agents did: figures about their calls, and how busy they were."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

import attrs

from application.analytics.call_views import (
    CallFigureViews,
    CallQuestion,
    CallsMeeting,
    Grouping,
)
from domain.analytics.agent_time import AgentTime
from domain.analytics.call_totals import CallTotals
from domain.kernel.actors import Actor
from domain.kernel.periods import Period


class PresenceViews(Protocol):
    """Whoever asks may read calls."""

    async def as_of(self, actor: Actor) -> datetime:
        """What agents were until then is counted."""
        ...

    async def time_of_agents(self, actor: Actor, period: Period) -> Mapping[UUID, AgentTime]:
        """Of all who were signed in, without what calls took; none of it after now."""
        ...


@attrs.frozen(kw_only=True)
class Performance:
    """`key` is who the calls are of, None of nobody; `time` is None where nothing is known."""

    key: str | None
    calls: CallTotals
    time: AgentTime | None = None


@attrs.frozen(kw_only=True)
class AgentPerformances:
    calls: CallFigureViews
    presences: PresenceViews

    async def as_of(self, actor: Actor) -> datetime:
        return min(await self.calls.as_of(actor), await self.presences.as_of(actor))

    async def __call__(self, actor: Actor, question: CallQuestion) -> Sequence[Performance]:
        """The most calls first. Time is only compared with all calls of an agent."""
        groups = await self.calls.groups(actor, question, Grouping.AGENT)
        only = question.meeting.agent_id
        times: Mapping[str, AgentTime] = {}
        if question.meeting == CallsMeeting(agent_id=only):
            found = await self.presences.time_of_agents(actor, question.span.period)
            times = {str(id): time for id, time in found.items() if only in (None, id)}
        every = [_performance(key, groups, times) for key in {*groups, *times}]
        return sorted(every, key=lambda one: (-one.calls.calls, one.key or ""))


def _performance(
    key: str | None, groups: Mapping[str | None, CallTotals], times: Mapping[str, AgentTime]
) -> Performance:
    calls = groups.get(key, CallTotals())
    time = None if key is None else times.get(key)
    if time is None:
        return Performance(key=key, calls=calls)
    handled = calls.talked_ms + calls.held_ms + calls.wrapped_ms
    return Performance(key=key, calls=calls, time=attrs.evolve(time, handled=handled))
