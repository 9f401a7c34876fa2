"""Who has to look after the caller, in every state of an escalation, and what the caller hears."""

from domain.calls.escalation import Escalation
from domain.calls.escalation_life import (
    TAKEN,
    CallerHears,
    EscalationKind,
    EscalationState,
    Owner,
    OwnerKind,
    Withdrawal,
)

IN_THE_LINE = {
    EscalationState.QUEUED,
    EscalationState.CALLBACK_SCHEDULED,
    EscalationState.MESSAGE_TAKEN,
}


def owner_of(escalation: Escalation) -> Owner | None:
    """Nobody only when the caller is gone, or was helped."""
    state, because = escalation.state, escalation.ended_because
    if state is EscalationState.COMPLETED and because is None:
        return None
    if because == Withdrawal.CALLER_HUNG_UP.value:
        return None
    put_through = state is EscalationState.BRIDGED
    takes_over = put_through or (state in TAKEN and not escalation.is_warm)
    if takes_over and escalation.agent_id is not None:
        return Owner(OwnerKind.AGENT, escalation.agent_id)
    if escalation.waiting is not None and state in IN_THE_LINE:
        return Owner(OwnerKind.QUEUE, escalation.waiting.queue_id)
    return Owner(OwnerKind.REQUESTER, escalation.asked.requested_by)


def caller_hears(escalation: Escalation) -> CallerHears:
    if not escalation.is_open:
        return CallerHears.NOTHING
    talks = escalation.state in {EscalationState.REQUESTED, EscalationState.BRIDGED}
    joined = escalation.asked.kind is EscalationKind.SUPERVISOR
    return CallerHears.CONVERSATION if talks or joined else CallerHears.MUSIC
