"""Agents, a queue and callers, on any storage."""

from collections.abc import Sequence
from uuid import uuid4

import attrs

from application.calls.accept_escalation import AcceptEscalation, AcceptEscalationHandler
from application.calls.close_escalation_of import CloseEscalationOf, CloseEscalationOfHandler
from application.calls.complete_escalation import CompleteEscalation, CompleteEscalationHandler
from application.calls.decline_escalation import DeclineEscalation, DeclineEscalationHandler
from application.calls.keep_time import KeepTime, KeepTimeHandler
from application.calls.placing import Patience, Placing
from application.calls.show_presence import ShowPresence, ShowPresenceHandler, Wish
from application.kernel.retry_stale import RetryStale
from domain.calls.agents import Agent
from domain.calls.asked import Asked
from domain.calls.escalation import Escalation
from domain.calls.queues import Queue
from domain.kernel.identifiers import AgentId, CallId, EscalationId
from tests.contract.storages import Storage, Work
from tests.fakes.time import Time
from tests.samples import DESK, NOW
from tests.unit.escalations import MINUTE, SECONDS, asked, free, queue

QUEUE = queue()
PATIENCE = Patience(offer=SECONDS, lease=240 * MINUTE, wrap_up=0 * MINUTE)


@attrs.frozen(kw_only=True)
class PeopleAtWork:
    """As they are wired, but for permissions."""

    storage: Storage
    clock: Time
    patience: Patience = PATIENCE

    @classmethod
    async def at(
        cls, storage: Storage, *agents: Agent, patience: Patience = PATIENCE
    ) -> "PeopleAtWork":
        """With those agents, and one queue."""
        at_work = cls(storage=storage, clock=Time(NOW), patience=patience)

        def begin(work: Work) -> None:
            for agent in agents or (free(),):
                work.agents.save(agent)
            work.queues.save(QUEUE)

        await storage.work(DESK, begin)
        return at_work

    @property
    def placing(self) -> Placing:
        return Placing(patience=self.patience)

    async def escalate(
        self, number: int, what: Asked | None = None, desk: Queue | None = QUEUE
    ) -> Escalation:
        now, new_id = self.clock(), EscalationId(uuid4())
        new = Escalation.request(new_id, what or asked(number), desk, now=now)
        return await self.storage.work(DESK, lambda work: self.placing.place(work, new, now=now))

    async def accept(self, escalation: Escalation) -> Escalation:
        handler = AcceptEscalationHandler(
            unit_of_work=self.storage.work, clock=self.clock, patience=self.patience
        )
        return await RetryStale(handler)(
            AcceptEscalation(actor=DESK, escalation_id=escalation.id, version=None)
        )

    async def decline(self, escalation: Escalation) -> Escalation:
        handler = DeclineEscalationHandler(
            unit_of_work=self.storage.work, clock=self.clock, placing=self.placing
        )
        return await RetryStale(handler)(
            DeclineEscalation(actor=DESK, escalation_id=escalation.id, version=None)
        )

    async def complete(self, escalation: Escalation, rating: int | None = None) -> Escalation:
        handler = CompleteEscalationHandler(
            unit_of_work=self.storage.work, clock=self.clock, placing=self.placing
        )
        return await RetryStale(handler)(
            CompleteEscalation(
                actor=DESK, escalation_id=escalation.id, version=None, rating=rating
            )
        )

    async def hang_up(self, call_id: CallId) -> Escalation | None:
        handler = CloseEscalationOfHandler(
            unit_of_work=self.storage.work, clock=self.clock, placing=self.placing
        )
        return await RetryStale(handler)(CloseEscalationOf(actor=DESK, call_id=call_id))

    async def show(self, agent_id: AgentId, wish: Wish) -> Agent:
        handler = ShowPresenceHandler(
            unit_of_work=self.storage.work, clock=self.clock, placing=self.placing
        )
        return await RetryStale(handler)(
            ShowPresence(actor=DESK, agent_id=agent_id, presence=wish)
        )

    async def keep_time(self) -> int:
        handler = KeepTimeHandler(
            unit_of_work=self.storage.work, clock=self.clock, placing=self.placing
        )
        return await handler(KeepTime(actor=DESK, limit=100))

    async def agent(self, agent_id: AgentId) -> Agent:
        return await self.storage.work(DESK, lambda work: work.agents.get(agent_id))

    async def now(self, escalation: Escalation) -> Escalation:
        return await self.storage.work(DESK, lambda work: work.escalations.get(escalation.id))

    async def line(self) -> Sequence[EscalationId]:
        return await self.storage.work(DESK, lambda work: work.escalations.in_line(limit=100))
