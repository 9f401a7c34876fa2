"""What agents were since when is what the event log says."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Connection, and_, func, or_, select, tuple_

from adapters.mapping.agent_presences import milliseconds_of
from adapters.readers.verification_checks import Check, in_no_hurry, page_by_page
from adapters.schema.agent_presences import agent_presences
from adapters.schema.events import event_log, receipts
from application.analytics.note_presences import NotePresences
from application.kernel.verification import Finding
from domain.calls.agent_events import AgentPresenceChanged

FIRST = (UUID(int=0), 0)
TOLD = event_log.c.name == AgentPresenceChanged.name
OF_EVENT = and_(
    agent_presences.c.organization_id == event_log.c.organization_id,
    agent_presences.c.agent_id == event_log.c.subject,
    agent_presences.c.position == event_log.c.position,
)


def agent_presence_checks() -> "Sequence[Check | PresencesAreNotedAsTold]":
    return (PresencesAreNotedAsTold(), _noted_presences_were_told())


@attrs.frozen(kw_only=True)
class PresencesAreNotedAsTold:
    """Of what has been heard; page by page."""

    name: str = "presences_are_noted_as_told"
    page: int = 1000

    def __call__(self, connection: Connection) -> Sequence[Finding]:
        in_no_hurry(connection)
        return list(self._findings(connection))

    def _findings(self, connection: Connection) -> Iterator[Finding]:
        every = page_by_page(
            partial(self._rows, connection),
            key=lambda row: (row.organization_id, row.position),
            first=FIRST,
        )
        for row in every:
            told = (milliseconds_of(row.occurred_at), row.payload["presence"])
            if (row.at_ms, row.presence) != told:
                yield Finding(
                    check=self.name,
                    organization_id=row.organization_id,
                    subject=str(row.subject),
                    detail=f"was something else from event {row.position} on",
                )

    def _rows(self, connection: Connection, after: tuple[UUID, int]) -> Sequence[Any]:
        key = (event_log.c.organization_id, event_log.c.position)
        heard = (
            select(receipts.c.position)
            .where(
                receipts.c.organization_id == event_log.c.organization_id,
                receipts.c.subscriber == NotePresences.name,
            )
            .scalar_subquery()
        )
        question = (
            select(
                *key,
                event_log.c.subject,
                event_log.c.occurred_at,
                event_log.c.payload,
                agent_presences.c.at_ms,
                agent_presences.c.presence,
            )
            .outerjoin_from(event_log, agent_presences, OF_EVENT)
            .where(TOLD, tuple_(*key) > tuple_(*after))
            .where(
                or_(
                    event_log.c.position <= func.coalesce(heard, 0),
                    agent_presences.c.position.is_not(None),
                )
            )
            .order_by(*key)
            .limit(self.page)
        )
        return connection.execute(question).all()


def _noted_presences_were_told() -> Check:
    return Check(
        name="noted_presences_were_told",
        question=select(
            agent_presences.c.organization_id,
            agent_presences.c.agent_id.label("subject"),
            agent_presences.c.position,
            agent_presences.c.presence,
        )
        .outerjoin_from(agent_presences, event_log, OF_EVENT & TOLD)
        .where(event_log.c.id.is_(None)),
        detail="is noted as {presence} by event {position}, which says nothing of the kind",
    )
