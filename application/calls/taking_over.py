"""Whose a call is once it was escalated, and whom it has rung for that."""

from datetime import datetime

import attrs

from application.calls.handlers import as_handler
from application.calls.people_ports import EscalatingWork
from domain.calls.call import Call
from domain.calls.escalation import Escalation
from domain.calls.escalation_life import EscalationKind
from domain.calls.facts import Heard
from domain.calls.legs import Kind
from domain.calls.status import CallStatus
from domain.calls.steps import hand_over, our_fact

HOW = {EscalationKind.COLD: Kind.COLD, EscalationKind.WARM: Kind.WARM}


def take_over(work: EscalatingWork, call: Call, escalation: Escalation, *, now: datetime) -> Call:
    """Not saved. A supervisor joins, and leaves the call with whoever has it."""
    kind = HOW.get(escalation.asked.kind)
    if kind is None or escalation.agent_id is None:
        return call
    return hand_over(call, as_handler(work.agents.get(escalation.agent_id)), kind, now=now)


def rung(call: Call, escalation: Escalation, status: CallStatus, *, now: datetime) -> Heard:
    """Of the line to the agent, which is named after the escalation; once for each offer."""
    fact = our_fact(call, f"put-through-{status.value}", status, now=now)
    return attrs.evolve(fact, leg=str(escalation.id), sequence=escalation.offers)


def keep_rung(
    work: EscalatingWork, call: Call, escalation: Escalation, status: CallStatus, *, now: datetime
) -> bool:
    """Whether it was not written down before. Saves the call, and what else is new of it."""
    fact = rung(call, escalation, status, now=now)
    if work.calls.has_heard(fact):
        return False
    work.calls.keep(work.calls.save(call.hear(fact)), fact, now=now)
    return True
