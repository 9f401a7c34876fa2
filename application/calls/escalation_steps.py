"""What every step of an escalation asks for, and who may take it."""

import attrs

from application.calls.people_ports import PeopleWork
from application.kernel.once import Once
from application.kernel.versions import require_version
from domain.calls.escalation import Escalation
from domain.calls.escalation_life import NotYourEscalation
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import EscalationId


@attrs.frozen(kw_only=True)
class EscalationStep:
    """`version` is the one the caller decided on, or None to take whatever is there."""

    actor: Actor
    escalation_id: EscalationId
    version: int | None
    once: Once[Escalation] | None = None


def of_the_agent(work: PeopleWork, step: EscalationStep) -> Escalation:
    """For its agent, and whoever manages calls. Raises NotYourEscalation."""
    escalation = _seen(work, step)
    if not (_manages(step.actor) or _is_agent_of(work, escalation, step.actor)):
        raise NotYourEscalation(escalation.id)
    return escalation


def of_the_requester(work: PeopleWork, step: EscalationStep) -> Escalation:
    """For whoever has escalated, and whoever manages calls. Raises NotYourEscalation."""
    escalation = _seen(work, step)
    if not (_manages(step.actor) or escalation.asked.requested_by == step.actor.id):
        raise NotYourEscalation(escalation.id)
    return escalation


def _seen(work: PeopleWork, step: EscalationStep) -> Escalation:
    escalation = work.escalations.get(step.escalation_id)
    require_version(escalation.version, step.version)
    return escalation


def _manages(actor: Actor) -> bool:
    return Permission.WRITE_CALLS in actor.permissions


def _is_agent_of(work: PeopleWork, escalation: Escalation, actor: Actor) -> bool:
    agent_id = escalation.agent_id
    return agent_id is not None and work.agents.get(agent_id).details.acts_as == actor.id
