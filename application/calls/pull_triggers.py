"""Escalate a call by itself, for what its customer has said."""

from typing import ClassVar

import attrs

from application.calls.people_ports import ListeningWork
from application.calls.placing import Placing, queue_of
from application.kernel.jobs import Job
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.calls.asked import Asked
from domain.calls.call import Call
from domain.calls.escalation import Escalation
from domain.calls.escalation_life import CAUSES, EscalationKind
from domain.calls.refusals import CallNotFound
from domain.calls.triggers import Pulled, Said, Triggers
from domain.calls.utterances import Side, said_by
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ActorId, CallId, EscalationId


@attrs.frozen(kw_only=True)
class PullTriggers:
    """By the lines from `first` to `last`."""

    JOB: ClassVar[str] = "pull_triggers"

    actor: Actor
    call_id: CallId
    first: int
    last: int

    @classmethod
    def job(cls, call_id: CallId, *, first: int, last: int) -> Job:
        return Job(name=cls.JOB, payload={"call_id": str(call_id), "first": first, "last": last})


@attrs.frozen(kw_only=True)
class PullTriggersHandler:
    """Each trigger escalates a call once, and none does while it is escalated already."""

    unit_of_work: UnitOfWork[ListeningWork]
    clock: Clock
    new_id: NewId
    placing: Placing
    triggers: Triggers

    async def __call__(self, command: PullTriggers, /) -> Escalation | None:
        """None if the call is over, or nothing is new."""

        def pull(work: ListeningWork) -> Escalation | None:
            call = _locked(work, command.call_id)
            if call is None or call.status.line_is_down:
                return None
            if work.escalations.open_of(call.id) is not None:
                return None
            pulled = self._pulled(work, command)
            return None if pulled is None else self._escalate(work, call, pulled, command)

        return await self.unit_of_work(command.actor, pull)

    def _pulled(self, work: ListeningWork, command: PullTriggers) -> Pulled | None:
        before = work.escalations.pulled_of(command.call_id)
        lines = work.lines.between(command.call_id, first=command.first, last=command.last)
        for line in said_by(Side.CUSTOMER, lines):
            sentiment = None if line.sentiment is None else line.sentiment / 1000
            said = Said(text=line.text, sentiment=sentiment)
            pulled = self.triggers.pulled_by(said, besides=before)
            if pulled is not None:
                return pulled
        return None

    def _escalate(
        self, work: ListeningWork, call: Call, pulled: Pulled, command: PullTriggers
    ) -> Escalation:
        """If nobody can be asked, it is written down that somebody was needed."""
        now = self.clock()
        if not call.escalated:
            work.calls.save(attrs.evolve(call, escalated=True))
        asked = Asked(
            call_id=call.id,
            requested_by=_whoever_has(call) or command.actor.id,
            kind=EscalationKind.WARM,
            cause=CAUSES[pulled.trigger],
            pulled=pulled,
        ).within(call.department)
        new, queue = EscalationId(self.new_id()), queue_of(work, call)
        escalation = Escalation.request(new, asked, queue, now=now)
        return self.placing.place_again(work, escalation, now=now)


def _locked(work: ListeningWork, call_id: CallId) -> Call | None:
    try:
        return work.calls.locked(call_id)
    except CallNotFound:
        return None


def _whoever_has(call: Call) -> ActorId | None:
    return None if call.handler is None else call.handler.actor_id
