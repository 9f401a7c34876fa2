"""Escalations, agents and queues to test with."""

from datetime import timedelta
from uuid import UUID

from domain.calls.agents import Agent, AgentDetails, AgentKind
from domain.calls.asked import Asked
from domain.calls.business_hours import BusinessHours
from domain.calls.escalation import Escalation
from domain.calls.escalation_life import Cause, EscalationKind
from domain.calls.needs import Needs
from domain.calls.queues import Fallback, Queue, QueueTerms
from domain.calls.sla import SlaPolicy
from domain.calls.triggers import Pulled, Trigger
from domain.kernel.identifiers import ActorId, AgentId, CallId, EscalationId, QueueId
from domain.kernel.periods import Zone
from tests.samples import NOW

MINUTE = timedelta(minutes=1)
SECONDS = timedelta(seconds=30)


def agent(number: int = 1, *, skills: tuple[str, ...] = (), level: int = 1) -> Agent:
    details = AgentDetails(
        name=f"Agent {number}",
        kind=AgentKind.PERSON,
        acts_as=ActorId(UUID(int=1000 + number)),
        extension=str(100 + number),
        skills=skills,
        level=level,
    )
    return Agent.add(AgentId(UUID(int=500 + number)), details, now=NOW)


def free(number: int = 1, *, skills: tuple[str, ...] = (), level: int = 1) -> Agent:
    return agent(number, skills=skills, level=level).come(now=NOW)


def queue_terms(
    *, fallback: Fallback = Fallback.CALLBACK, title: str = "Desk", within: timedelta = 5 * MINUTE
) -> QueueTerms:
    policy = SlaPolicy(
        hours=BusinessHours(zone=Zone("Europe/Lisbon")), answer_within=within, warn_at_percent=80
    )
    return QueueTerms(title=title, policy=policy, waits_at_most=20 * MINUTE, fallback=fallback)


def queue(number: int = 1, *, fallback: Fallback = Fallback.CALLBACK) -> Queue:
    terms = queue_terms(fallback=fallback, title=f"Desk {number}")
    return Queue.add(QueueId(UUID(int=700 + number)), terms, now=NOW)


def asked(
    call: int = 1,
    *,
    kind: EscalationKind = EscalationKind.WARM,
    urgency: int = 3,
    needs: Needs | None = None,
) -> Asked:
    return Asked(
        call_id=CallId(UUID(int=300 + call)),
        requested_by=ActorId(UUID(int=9)),
        kind=kind,
        cause=Cause.CUSTOMER_REQUEST,
        pulled=Pulled(trigger=Trigger.MANUAL),
        urgency=urgency,
        needs=needs or Needs(),
        note="Wants to speak to Ana",
    )


def requested(
    number: int = 1,
    *,
    kind: EscalationKind = EscalationKind.WARM,
    desk: Queue | None = None,
) -> Escalation:
    escalation_id = EscalationId(UUID(int=800 + number))
    return Escalation.request(escalation_id, asked(number, kind=kind), desk, now=NOW)


def offered(number: int = 1, *, kind: EscalationKind = EscalationKind.WARM) -> Escalation:
    return requested(number, kind=kind).offer(agent().id, until=NOW + SECONDS, now=NOW)
