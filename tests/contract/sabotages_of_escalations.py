"""What agents and escalations promise, broken behind the program's back."""

from typing import Any
from uuid import UUID

from adapters.schema.escalations import agents, escalations, queues
from tests.contract.sabotages import DRAWN_LONG_AGO, LONG_AGO, Saboteur, breaks
from tests.contract.sabotages_of_calls import forge_call, forge_fact

AN_AGENT = UUID(int=0xA6E)


def forge_agent(saboteur: Saboteur, presence: str, escalation_id: UUID | None) -> UUID:
    saboteur.insert(
        agents,
        id=AN_AGENT,
        version=1,
        name="Ana Sousa",
        kind="person",
        skills=[],
        departments=[],
        level=1,
        presence=presence,
        since=LONG_AGO,
        escalation_id=escalation_id,
        load=0,
        calls_handled=0,
        ratings=0,
        rated=0,
    )
    return AN_AGENT


def forge_escalation(saboteur: Saboteur, state: str, **values: Any) -> UUID:
    saboteur.insert(
        escalations,
        id=DRAWN_LONG_AGO,
        version=1,
        call_id=DRAWN_LONG_AGO,
        requested_by=AN_AGENT,
        state=state,
        pulled_by="manual",
        cause="complaint",
        urgency=3,
        level=1,
        requested_at=LONG_AGO,
        offers=1,
        tried=[],
        asked={},
        words={},
        **values,
    )
    return DRAWN_LONG_AGO


@breaks("engaged_agents_have_one_open_escalation")
def kept_by_nothing(saboteur: Saboteur) -> object:
    return forge_agent(saboteur, "on_call", DRAWN_LONG_AGO)


@breaks("engaged_agents_have_one_open_escalation")
def never_freed(saboteur: Saboteur) -> object:
    agent_id = forge_agent(saboteur, "on_call", DRAWN_LONG_AGO)
    forge_escalation(saboteur, "completed", agent_id=agent_id, ended_at=LONG_AGO)
    return agent_id


@breaks("offered_callers_have_their_agent")
def offered_to_somebody_who_is_free(saboteur: Saboteur) -> object:
    agent_id = forge_agent(saboteur, "available", None)
    return forge_escalation(saboteur, "offered", agent_id=agent_id, due_at=LONG_AGO)


@breaks("somebody_looks_after_open_escalations")
def left_alone(saboteur: Saboteur) -> object:
    return forge_escalation(saboteur, "requested")


@breaks("escalated_calls_say_so")
def called_escalated(saboteur: Saboteur) -> object:
    return forge_call(saboteur, "scheduled", escalated=True)


@breaks("nobody_waits_who_has_hung_up")
def forgotten_in_line(saboteur: Saboteur) -> object:
    forge_call(saboteur, "completed", escalated=True, ended_at=LONG_AGO)
    forge_fact(saboteur, "completed")
    saboteur.insert(queues, id=DRAWN_LONG_AGO, version=1, title="Desk", active=True, terms={})
    return forge_escalation(saboteur, "queued", queue_id=DRAWN_LONG_AGO)
