"""What the clock decides about agents and escalations, each of them in its own transaction."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

import attrs

from application.calls.people_ports import PeopleWork
from application.calls.placing import Placing
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.retry_stale import RetryStale
from domain.calls.agents import AgentNotFound, AgentPresence
from domain.calls.escalation import Escalation
from domain.calls.escalation_life import PROPOSED, TAKEN, EscalationState, OfferOutcome
from domain.calls.waiting_steps import fall_back, has_waited_too_long, note_the_time
from domain.kernel.actors import Actor
from domain.kernel.identifiers import AgentId, EscalationId

Thing = TypeVar("Thing")


@attrs.frozen(kw_only=True)
class KeepTime:
    actor: Actor
    limit: int


@attrs.frozen(kw_only=True)
class KeepTimeHandler:
    """Offers that nobody answered and leases that ran out, answers that are due, ends of wrapping
    up; and whoever still waits while somebody is free, because both came at the same moment.
    """

    unit_of_work: UnitOfWork[PeopleWork]
    clock: Clock
    placing: Placing

    async def __call__(self, command: KeepTime, /) -> int:
        """How much was due."""
        now = self.clock()
        rested = await self._all(
            command,
            lambda work: work.agents.wrapped_up(now=now, limit=command.limit),
            lambda work, agent_id: self._come(work, agent_id, now=now),
        )
        due = await self._all(
            command,
            lambda work: work.escalations.due(now=now, limit=command.limit),
            lambda work, which: self._look_at(work, which, now=now),
        )
        waiting = await self._all(
            command,
            lambda work: work.escalations.in_line(limit=command.limit),
            lambda work, which: self._ask_again(work, which, now=now),
        )
        return rested + due + waiting

    async def _all(
        self,
        command: KeepTime,
        which: Callable[[PeopleWork], Sequence[Thing]],
        each: Callable[[PeopleWork, Thing], int],
    ) -> int:
        done = 0
        for thing in await self.unit_of_work(command.actor, which):
            done += await self._looked_at(command.actor, each, thing)
        return done

    async def _looked_at(
        self, actor: Actor, each: Callable[[PeopleWork, Thing], int], thing: Thing
    ) -> int:
        """Again, if somebody was faster. Raises Busy if somebody was every time."""

        async def decide(thing: Thing, /) -> int:
            return await self.unit_of_work(actor, lambda work: each(work, thing))

        try:
            return await RetryStale(decide)(thing)
        except AgentNotFound:
            return 0  # deleted meanwhile

    def _come(self, work: PeopleWork, agent_id: AgentId, *, now: datetime) -> int:
        agent = work.agents.get(agent_id)
        if agent.presence is not AgentPresence.WRAPPING:
            return 0
        self.placing.serve(work, agent.come(now=now), now=now)
        return 1

    def _look_at(self, work: PeopleWork, escalation_id: EscalationId, *, now: datetime) -> int:
        escalation = work.escalations.get(escalation_id)
        if escalation.due_at is None or escalation.due_at > now:
            return 0
        told = note_the_time(escalation, now=now)
        if told.until is not None and told.until <= now:
            self._lapse(work, told, now=now)
        elif has_waited_too_long(told, now=now):
            policy = self.placing.policy_of(work, told)
            work.escalations.save(fall_back(told, policy, now=now))
        else:
            work.escalations.save(told)
        return 1

    def _lapse(self, work: PeopleWork, escalation: Escalation, *, now: datetime) -> None:
        if escalation.state in PROPOSED:
            lapsed = escalation.give_up_offer(OfferOutcome.NO_ANSWER, now=now)
        elif escalation.state in TAKEN:
            lapsed = escalation.lose_agent(now=now)
        else:
            return
        if escalation.agent_id is not None:
            work.agents.save(work.agents.get(escalation.agent_id).lapse(now=now))
        self.placing.place_again(work, lapsed, now=now)

    def _ask_again(self, work: PeopleWork, escalation_id: EscalationId, *, now: datetime) -> int:
        escalation = work.escalations.get(escalation_id)
        if escalation.state is not EscalationState.QUEUED:
            return 0
        agent = work.agents.free_for(escalation.asked.needs, but_not=escalation.tried)
        if agent is None:
            return 0
        self.placing.offer(work, agent, escalation, now=now)
        return 1
