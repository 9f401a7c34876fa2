"""A call is over: its escalation is as well, and the agent is free."""

from typing import ClassVar
from uuid import UUID

import attrs

from application.calls.people_ports import PeopleWork
from application.calls.placing import Placing
from application.kernel.jobs import Job
from application.kernel.ports import Clock, UnitOfWork
from domain.calls.escalation import Escalation
from domain.calls.escalation_life import TAKEN, Withdrawal
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallId


@attrs.frozen(kw_only=True)
class CloseEscalationOf:
    JOB: ClassVar[str] = "close_escalation_of"

    actor: Actor
    call_id: CallId

    @classmethod
    def job(cls, call_id: UUID) -> Job:
        return Job(name=cls.JOB, payload={"call_id": str(call_id)})


@attrs.frozen(kw_only=True)
class CloseEscalationOfHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    clock: Clock
    placing: Placing

    async def __call__(self, command: CloseEscalationOf, /) -> Escalation | None:
        """None if there is none to close, any more."""

        def close(work: PeopleWork) -> Escalation | None:
            escalation = work.escalations.open_of(command.call_id)
            if escalation is None:
                return None
            now = self.clock()
            if escalation.state in TAKEN:
                ended = escalation.complete(now=now)
            else:
                ended = escalation.cancel(Withdrawal.CALLER_HUNG_UP, now=now)
            return self.placing.close(work, escalation, ended, now=now)

        return await self.unit_of_work(command.actor, close)
