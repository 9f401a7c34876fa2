"""No agent is with two callers, and no caller who is with an agent is forgotten by them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, exists, or_, select

from adapters.readers.verification_checks import Check
from adapters.schema.calls import calls
from adapters.schema.escalations import agents, escalations
from domain.calls.escalation_life import PROPOSED, TAKEN

WITH_AN_AGENT = escalations.c.state.in_(sorted(state.value for state in PROPOSED | TAKEN))


def escalation_checks(*, since: datetime) -> Sequence[Check]:
    """An escalation is closed soon after the line of its call is down: what was by then, is."""
    return (
        _engaged_agents_have_one_open_escalation(),
        _offered_callers_have_their_agent(),
        _somebody_looks_after_open_escalations(),
        _escalated_calls_say_so(),
        _nobody_waits_who_has_hung_up(since),
    )


_theirs = and_(
    escalations.c.organization_id == agents.c.organization_id,
    escalations.c.id == agents.c.escalation_id,
    escalations.c.agent_id == agents.c.id,
    WITH_AN_AGENT,
)


def _engaged_agents_have_one_open_escalation() -> Check:
    return Check(
        name="engaged_agents_have_one_open_escalation",
        question=select(
            agents.c.organization_id, agents.c.id.label("subject"), agents.c.presence
        ).where(
            agents.c.escalation_id.is_not(None),
            ~exists(select(escalations.c.id).where(_theirs)),
        ),
        detail="is {presence}, and no open escalation is with this agent",
    )


def _offered_callers_have_their_agent() -> Check:
    """An agent is engaged with one at the most, so this finds those with two callers as well."""
    return Check(
        name="offered_callers_have_their_agent",
        question=select(
            escalations.c.organization_id,
            escalations.c.id.label("subject"),
            escalations.c.state,
        ).where(WITH_AN_AGENT, ~exists(select(agents.c.id).where(_theirs))),
        detail="is {state}, and its agent is not engaged with it",
    )


def _somebody_looks_after_open_escalations() -> Check:
    """Whoever waits has a place in line, and whoever has one is looked at again."""
    return Check(
        name="somebody_looks_after_open_escalations",
        question=select(
            escalations.c.organization_id,
            escalations.c.id.label("subject"),
            escalations.c.state,
        ).where(
            escalations.c.ended_at.is_(None),
            or_(
                escalations.c.state == "requested",
                and_(escalations.c.state == "queued", escalations.c.queue_id.is_(None)),
                and_(WITH_AN_AGENT, escalations.c.due_at.is_(None)),
            ),
        ),
        detail="is {state}, and nobody will ever look at it",
    )


def _escalated_calls_say_so() -> Check:
    theirs = exists(
        select(escalations.c.id).where(
            escalations.c.organization_id == calls.c.organization_id,
            escalations.c.call_id == calls.c.id,
        )
    )
    return Check(
        name="escalated_calls_say_so",
        question=select(calls.c.organization_id, calls.c.id.label("subject")).where(
            calls.c.escalated != theirs
        ),
        detail="says otherwise of its escalations than these do",
    )


def _nobody_waits_who_has_hung_up(since: datetime) -> Check:
    theirs = and_(
        calls.c.organization_id == escalations.c.organization_id,
        calls.c.id == escalations.c.call_id,
        calls.c.ended_at < since,
    )
    return Check(
        name="nobody_waits_who_has_hung_up",
        question=select(
            escalations.c.organization_id,
            escalations.c.id.label("subject"),
            escalations.c.state,
        )
        .join_from(escalations, calls, theirs)
        .where(escalations.c.ended_at.is_(None)),
        detail="is {state}, and the line of its call is down",
    )
