"""Escalations in SQL, and their transaction."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import Connection, Row, exists, select

from adapters.mapping.escalations import (
    NOBODYS,
    escalation_columns,
    escalation_of,
    one_escalation,
    open_escalation,
    whole_escalations,
    words_of,
)
from adapters.repositories.agents import SqlAgents, SqlQueues
from adapters.repositories.call_lines import SqlLines
from adapters.repositories.calls import SqlCalls
from adapters.repositories.queued_jobs import SqlJobQueue
from adapters.repositories.seals import Seals
from adapters.schema.escalations import (
    DUE,
    IN_LINE,
    escalation_needs,
    escalation_offers,
    escalations,
)
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.calls.people_ports import Escalations, ListeningWork
from domain.calls.agents import Agent
from domain.calls.escalation import Escalation
from domain.calls.escalation_life import AlreadyEscalated, EscalationNotFound
from domain.calls.triggers import Trigger
from domain.kernel.identifiers import CallId, EscalationId


@attrs.frozen
class SqlEscalations(Escalations):
    scope: Scope

    def get(self, escalation_id: EscalationId) -> Escalation:
        key = {"p_organization_id": self.scope.organization_id, "p_id": escalation_id}
        row = self.scope.ask(one_escalation(), key).one_or_none()
        if row is None:
            raise EscalationNotFound(escalation_id)
        return self._escalation(row)

    def open_of(self, call_id: CallId) -> Escalation | None:
        key = {"p_organization_id": self.scope.organization_id, "p_call_id": call_id}
        row = self.scope.ask(open_escalation(), key).one_or_none()
        return None if row is None else self._escalation(row)

    def pulled_of(self, call_id: CallId) -> AbstractSet[Trigger]:
        question = (
            select(escalations.c.pulled_by)
            .where(self.scope.owns(escalations), escalations.c.call_id == call_id)
            .distinct()
        )
        return {Trigger(word) for word in self.scope.ask(question).scalars()}

    def next_for(self, agent: Agent) -> Escalation | None:
        missing = exists(
            select(escalation_needs.c.tag).where(
                self.scope.owns(escalation_needs),
                escalation_needs.c.escalation_id == escalations.c.id,
                escalation_needs.c.tag.not_in(sorted(agent.details.tags)),
            )
        )
        asked = exists(
            select(escalation_offers.c.number).where(
                self.scope.owns(escalation_offers),
                escalation_offers.c.escalation_id == escalations.c.id,
                escalation_offers.c.agent_id == agent.id,
            )
        )
        question = (
            whole_escalations()
            .where(
                self.scope.owns(escalations),
                IN_LINE,
                escalations.c.level <= agent.details.level,
                ~missing,
                ~asked,
            )
            .order_by(escalations.c.ranked_at, escalations.c.id)
            .limit(1)
            .with_for_update(skip_locked=True, of=escalations)
        )
        row = self.scope.execute(question).one_or_none()
        return None if row is None else self._escalation(row)

    def in_line(self, *, limit: int) -> Sequence[EscalationId]:
        question = (
            select(escalations.c.id)
            .where(self.scope.owns(escalations), IN_LINE)
            .order_by(escalations.c.ranked_at, escalations.c.id)
            .limit(limit)
        )
        return self.scope.ask(question).scalars().all()

    def due(self, *, now: datetime, limit: int) -> Sequence[EscalationId]:
        question = (
            select(escalations.c.id)
            .where(self.scope.owns(escalations), DUE, escalations.c.due_at <= now)
            .order_by(escalations.c.due_at, escalations.c.id)
            .limit(limit)
        )
        return self.scope.ask(question).scalars().all()

    def save(self, escalation: Escalation) -> Escalation:
        self._explain_duplicate(escalation)
        seals = Seals(self.scope)
        version = store(
            self.scope,
            escalations,
            escalation.id,
            escalation.version,
            **escalation_columns(escalation),
            words=seals.sealed(escalation.id, words_of(escalation), NOBODYS),
        )
        seals.keep_key(escalation.id)
        if escalation.version == 0:
            for tag in sorted(escalation.asked.needs.tags):
                self.scope.add(escalation_needs, escalation_id=escalation.id, tag=tag)
        for offer in escalation.ended_offers:
            self.scope.add(
                escalation_offers,
                escalation_id=escalation.id,
                number=offer.number,
                agent_id=offer.agent_id,
                outcome=offer.outcome.value,
                offered_at=offer.offered_at,
                ended_at=offer.ended_at,
            )
        EventLog(self.scope).publish(escalation.events)
        return attrs.evolve(escalation, version=version, events=(), ended_offers=())

    def _escalation(self, row: Row[Any]) -> Escalation:
        Seals(self.scope).remember(row)
        return escalation_of(row, self.scope.vault)

    def _explain_duplicate(self, escalation: Escalation) -> None:
        call_id = escalation.asked.call_id
        key = {"p_organization_id": self.scope.organization_id, "p_call_id": call_id}

        def taken(connection: Connection) -> None:
            row = connection.execute(open_escalation(), key).one_or_none()
            if row is not None and row.id != escalation.id:
                raise AlreadyEscalated(call_id)

        self.scope.explain(escalations, taken)


@attrs.frozen(kw_only=True)
class SqlEscalatingWork(ListeningWork):
    calls: SqlCalls
    lines: SqlLines
    agents: SqlAgents
    queues: SqlQueues
    escalations: SqlEscalations
    jobs: SqlJobQueue

    @classmethod
    def on(cls, scope: Scope) -> "SqlEscalatingWork":
        return cls(
            calls=SqlCalls(scope),
            lines=SqlLines(scope),
            agents=SqlAgents(scope),
            queues=SqlQueues(scope),
            escalations=SqlEscalations(scope),
            jobs=SqlJobQueue(scope),
        )
