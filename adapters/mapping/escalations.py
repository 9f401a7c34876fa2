"""Escalations, from their rows and into them; what was said about callers is sealed."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import Executable, Row, Select, bindparam, select

from adapters.mapping.sealed_parts import Stored, key_of, place_of, together
from adapters.schema.escalations import escalations
from adapters.sealing.vault import Vault
from adapters.sql.documents import new_converter
from domain.calls.asked import Asked
from domain.calls.escalation import Escalation
from domain.calls.escalation_life import EscalationState
from domain.calls.waiting_place import Waiting
from domain.kernel.identifiers import AgentId

converter = new_converter()
NOBODYS: Stored = {"note": None, "message": None}


def whole_escalations() -> Select[Any]:
    """With the key to what was said, where there is one."""
    return select(escalations, key_of(escalations).label("data_key"))


@lru_cache(maxsize=1)
def one_escalation() -> Executable:
    return whole_escalations().where(
        escalations.c.organization_id == bindparam("p_organization_id"),
        escalations.c.id == bindparam("p_id"),
    )


@lru_cache(maxsize=1)
def open_escalation() -> Executable:
    return whole_escalations().where(
        escalations.c.organization_id == bindparam("p_organization_id"),
        escalations.c.call_id == bindparam("p_call_id"),
        escalations.c.ended_at.is_(None),
    )


def escalation_of(row: Row[Any], vault: Vault) -> Escalation:
    words = together(vault, row.words, row.data_key, place_of(row.organization_id, row.id))
    asked = converter.structure(row.asked, Asked)
    waiting = row.waiting
    return Escalation(
        id=row.id,
        asked=attrs.evolve(asked, note=words["note"]),
        state=EscalationState(row.state),
        requested_at=row.requested_at,
        agent_id=row.agent_id,
        until=row.until,
        offers=row.offers,
        offered_at=row.offered_at,
        tried=converter.structure(row.tried, tuple[AgentId, ...]),
        waiting=None if waiting is None else converter.structure(waiting, Waiting),
        accepted_at=row.accepted_at,
        ended_at=row.ended_at,
        ended_because=row.ended_because,
        callback_at=row.callback_at,
        message=words["message"],
        version=row.version,
    )


def words_of(escalation: Escalation) -> Stored:
    return {"note": escalation.asked.note, "message": escalation.message}


def escalation_columns(escalation: Escalation) -> Mapping[str, Any]:
    """But for the words."""
    asked, place = escalation.asked, escalation.waiting
    return {
        "call_id": asked.call_id,
        "requested_by": asked.requested_by,
        "state": escalation.state.value,
        "pulled_by": asked.pulled.trigger.value,
        "cause": asked.cause.value,
        "urgency": asked.urgency,
        "level": asked.needs.level,
        "requested_at": escalation.requested_at,
        "accepted_at": escalation.accepted_at,
        "ended_at": escalation.ended_at,
        "ended_because": escalation.ended_because,
        "agent_id": escalation.agent_id,
        "until": escalation.until,
        "queue_id": None if place is None else place.queue_id,
        "ranked_at": escalation.ranked_at,
        "due_at": escalation.due_at,
        "offers": escalation.offers,
        "offered_at": escalation.offered_at,
        "tried": converter.unstructure(escalation.tried),
        "waiting": None if place is None else converter.unstructure(place),
        "callback_at": escalation.callback_at,
        "asked": converter.unstructure(attrs.evolve(asked, note=None)),
    }
