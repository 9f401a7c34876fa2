"""Views of escalations in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import Connection, Row, Select, exists, func, select, union

from adapters.mapping.escalations import escalation_of, one_escalation, whole_escalations
from adapters.readers.agents import seconds_between
from adapters.schema.calls import calls
from adapters.schema.escalations import AVAILABLE, DUE, IN_LINE, WRAPPING, agents, escalations
from adapters.sql.database import EVERYBODY, Database
from adapters.sql.keysets import page_of
from adapters.sql.vaults import vault_of
from application.calls.people_views import (
    EscalationFigures,
    EscalationFilter,
    EscalationViews,
    TimeToKeep,
)
from application.kernel.pages import Page, Slice
from domain.calls.escalation import Escalation
from domain.calls.escalation_life import EscalationNotFound, EscalationState
from domain.calls.triggers import Trigger
from domain.kernel.actors import Actor
from domain.kernel.identifiers import EscalationId, OrganizationId


@attrs.frozen
class SqlEscalationViews(EscalationViews):
    database: Database

    async def escalation(self, actor: Actor, escalation_id: EscalationId) -> Escalation:
        def ask(connection: Connection) -> Escalation:
            key = {"p_organization_id": actor.organization_id, "p_id": escalation_id}
            row = connection.execute(one_escalation(), key).one_or_none()
            if row is None:
                raise EscalationNotFound(escalation_id)
            return escalation_of(row, vault_of(connection))

        return await self.database.read(ask, of=actor.organization_id)

    async def escalations(
        self, actor: Actor, *, filter: EscalationFilter, slice: Slice
    ) -> Page[Escalation]:
        question = _meeting(filter, actor)
        keys = (escalations.c.requested_at, escalations.c.id)

        def ask(connection: Connection) -> Page[Escalation]:
            vault = vault_of(connection)
            return page_of(
                connection, question, keys, slice, lambda row: escalation_of(row, vault)
            )

        return await self.database.read(ask, of=actor.organization_id)

    async def figures(
        self, actor: Actor, *, since: datetime, until: datetime
    ) -> EscalationFigures:
        begun = (
            calls.c.organization_id == actor.organization_id,
            calls.c.deleted_at.is_(None),
            calls.c.started_at >= since,
            calls.c.started_at < until,
        )
        escalated = exists(
            select(escalations.c.id).where(
                escalations.c.organization_id == calls.c.organization_id,
                escalations.c.call_id == calls.c.id,
            )
        )
        all_calls = select(func.count()).select_from(calls).where(*begun)
        of_calls = (
            select(
                escalations.c.pulled_by,
                escalations.c.state,
                func.count().label("number"),
                func.sum(
                    seconds_between(escalations.c.requested_at, escalations.c.ended_at)
                ).label("seconds"),
            )
            .join(
                calls,
                (calls.c.organization_id == escalations.c.organization_id)
                & (calls.c.id == escalations.c.call_id),
            )
            .where(escalations.c.organization_id == actor.organization_id, *begun)
            .group_by(escalations.c.pulled_by, escalations.c.state)
        )

        def ask(connection: Connection) -> EscalationFigures:
            return _figures(
                connection.execute(all_calls).scalar_one(),
                connection.execute(all_calls.where(escalated)).scalar_one(),
                connection.execute(of_calls).all(),
            )

        return await self.database.read(ask, of=actor.organization_id)


@attrs.frozen
class SqlTimeToKeep(TimeToKeep):
    database: Database

    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        somebody_is_free = exists(
            select(agents.c.id).where(
                agents.c.organization_id == escalations.c.organization_id, AVAILABLE
            )
        ).correlate(escalations)
        question = union(
            select(escalations.c.organization_id).where(DUE, escalations.c.due_at <= now),
            select(agents.c.organization_id).where(WRAPPING, agents.c.until <= now),
            select(escalations.c.organization_id).where(IN_LINE, somebody_is_free),
        )
        return await self.database.read(
            lambda connection: connection.execute(question).scalars().all(), of=EVERYBODY
        )


def _meeting(filter: EscalationFilter, actor: Actor) -> Select[Any]:
    question = whole_escalations().where(escalations.c.organization_id == actor.organization_id)
    conditions = {
        escalations.c.call_id: filter.call_id,
        escalations.c.agent_id: filter.agent_id,
        escalations.c.queue_id: filter.queue_id,
        escalations.c.state: filter.state and filter.state.value,
        escalations.c.pulled_by: filter.trigger and filter.trigger.value,
    }
    for column, wanted in conditions.items():
        if wanted is not None:
            question = question.where(column == wanted)
    return question.where(escalations.c.ended_at.is_(None)) if filter.open_only else question


def _figures(calls: int, escalated: int, rows: Sequence[Row[Any]]) -> EscalationFigures:
    by_trigger = dict.fromkeys((trigger.value for trigger in Trigger), 0)
    by_state = dict.fromkeys((state.value for state in EscalationState), 0)
    seconds, resolved = 0.0, 0
    for row in rows:
        by_trigger[row.pulled_by] += row.number
        by_state[row.state] += row.number
        if row.state == EscalationState.COMPLETED.value:
            seconds, resolved = seconds + float(row.seconds), resolved + row.number
    return EscalationFigures(
        calls=calls,
        escalated_calls=escalated,
        escalations=sum(by_state.values()),
        by_trigger=by_trigger,
        by_state=by_state,
        seconds_to_resolve=seconds / resolved if resolved else None,
    )
