"""Who is asked to take a caller over, and who is next once somebody is free."""

from datetime import datetime, timedelta

import attrs

from application.calls.people_ports import PeopleWork
from domain.calls.agents import Agent, AgentPresence
from domain.calls.call import Call
from domain.calls.escalation import Escalation
from domain.calls.escalation_life import (
    TAKEN,
    WITH_AN_AGENT,
    Failure,
    NobodyFree,
    NoSuchStep,
)
from domain.calls.queues import Queue
from domain.calls.sla import SlaPolicy


@attrs.frozen(kw_only=True)
class Patience:
    """How long an offer stands, a caller is left with an agent, and something is written up."""

    offer: timedelta
    lease: timedelta
    wrap_up: timedelta


@attrs.frozen(kw_only=True)
class Placing:
    patience: Patience

    def place(self, work: PeopleWork, escalation: Escalation, *, now: datetime) -> Escalation:
        """Offers it to an agent who is free, or else puts the caller in line.

        Raises NobodyFree if there is no line to stand in.
        """
        needs, tried = escalation.asked.needs, escalation.tried
        agent = work.agents.free_for(needs, but_not=tried)
        if agent is not None:
            return self.offer(work, agent, escalation, now=now)
        return work.escalations.save(escalation.queue(now=now))

    def offer(
        self, work: PeopleWork, agent: Agent, escalation: Escalation, *, now: datetime
    ) -> Escalation:
        """Raises AgentNotAvailable."""
        until = now + self.patience.offer
        work.agents.save(agent.reserve(escalation.id, until=until, now=now))
        return work.escalations.save(escalation.offer(agent.id, until=until, now=now))

    def serve(self, work: PeopleWork, agent: Agent, *, now: datetime) -> Agent:
        """Saves the agent and, if it is free, offers it the next in line."""
        saved = work.agents.save(agent)
        self._ask_next(work, saved, now=now)
        return saved

    def close(
        self,
        work: PeopleWork,
        before: Escalation,
        after: Escalation,
        *,
        rating: int | None = None,
        now: datetime,
    ) -> Escalation:
        """Saves one that has come to its end, and frees its agent for the next in line.

        Raises BadRating.
        """
        agent = self._freed(work, before, now=now)
        if agent is None:
            return work.escalations.save(after)
        rated = agent if rating is None else agent.rate(rating)
        freed = work.agents.save(rated)
        saved = work.escalations.save(after)
        self._ask_next(work, freed, now=now)
        return saved

    def _freed(self, work: PeopleWork, escalation: Escalation, *, now: datetime) -> Agent | None:
        if escalation.agent_id is None or escalation.state not in WITH_AN_AGENT:
            return None
        agent = work.agents.get(escalation.agent_id)
        if escalation.state in TAKEN:
            return agent.finish(wrapped_up_at=now + self.patience.wrap_up, now=now)
        return agent.spare(now=now)

    def _ask_next(self, work: PeopleWork, agent: Agent, *, now: datetime) -> None:
        if agent.presence is not AgentPresence.AVAILABLE:
            return
        waiting = work.escalations.next_for(agent)
        if waiting is not None:
            self.offer(work, agent, waiting, now=now)

    def pass_on(
        self, work: PeopleWork, before: Escalation, after: Escalation, *, now: datetime
    ) -> Escalation:
        """Saves one whose agent would not have it: the next is asked, and so is the agent."""
        agent = self._freed(work, before, now=now)
        freed = None if agent is None else work.agents.save(agent)
        saved = self.place_again(work, after, now=now)
        if freed is not None:
            self._ask_next(work, freed, now=now)
        return saved

    def place_again(
        self, work: PeopleWork, escalation: Escalation, *, now: datetime
    ) -> Escalation:
        """Without a place in line, it fails, and whoever had escalated has the caller."""
        try:
            return self.place(work, escalation, now=now)
        except NobodyFree:
            return work.escalations.save(escalation.fail(Failure.NOBODY_FREE, now=now))

    def take_up(self, work: PeopleWork, escalation: Escalation, *, now: datetime) -> Escalation:
        """Saves one who waits, and asks whoever is free."""
        agent = work.agents.free_for(escalation.asked.needs, but_not=escalation.tried)
        if agent is None:
            return work.escalations.save(escalation)
        return self.offer(work, agent, escalation, now=now)

    def policy_of(self, work: PeopleWork, escalation: Escalation) -> SlaPolicy:
        """Raises NoSuchStep for who has no place in line."""
        if escalation.waiting is None:
            raise NoSuchStep("wait", escalation.state.value)
        return work.queues.get(escalation.waiting.queue_id).terms.policy


def queue_of(work: PeopleWork, call: Call) -> Queue | None:
    """The one for which the call has come in if it is open, else the oldest open one."""
    if call.queue_id is not None:
        queue = work.queues.get(call.queue_id)
        if queue.active:
            return queue
    return work.queues.first_open()
