"""What agents were since when, in SQL: noted as it is told, or anew from the event log."""

from collections.abc import Sequence

import attrs
from sqlalchemy import Connection, delete, select

from adapters.mapping.agent_presences import columns_of_noted
from adapters.schema.agent_presences import agent_presences
from adapters.schema.events import event_log, receipts
from adapters.sql.bulk import Bulk
from adapters.sql.database import Database, already_begun
from adapters.sql.scope import Scope
from application.analytics.note_presences import AgentPresences, NotedPresence, NotePresences
from application.analytics.rebuilding import Rebuilding
from application.kernel.ports import NewId
from domain.calls.agent_events import AgentPresenceChanged
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId

ROWS = Bulk.into(agent_presences)
AT_ONCE = 5_000


@attrs.frozen
class SqlAgentPresences(AgentPresences):
    scope: Scope

    def note(self, presences: Sequence[NotedPresence]) -> None:
        rows = sorted(
            (columns_of_noted(one) for one in presences), key=lambda row: row["position"]
        )
        self.scope.write(ROWS, rows)


@attrs.frozen(kw_only=True)
class SqlRebuiltPresences(Rebuilding):
    """In one transaction, in which nobody else notes anything of the organization."""

    database: Database
    new_id: NewId

    async def __call__(self, organization_id: OrganizationId, /) -> int:
        def rebuild(connection: Connection) -> int:
            scope = Scope(connection, Actor.system(organization_id), self.new_id, already_begun)
            ours = (scope.owns(receipts), receipts.c.subscriber == NotePresences.name)
            until = scope.execute(
                select(receipts.c.position).where(*ours).with_for_update()
            ).scalar_one_or_none()
            scope.execute(delete(agent_presences).where(scope.owns(agent_presences)))
            return _noted_anew(scope, until or 0)

        return await self.database.write(rebuild, of=organization_id)


def _noted_anew(scope: Scope, until: int) -> int:
    """What has not been heard yet is left to be heard."""
    done, after = 0, 0
    while True:
        told = _told(scope, after, until)
        SqlAgentPresences(scope).note(told)
        done += len(told)
        if len(told) < AT_ONCE:
            return done
        after = told[-1].position


def _told(scope: Scope, after: int, until: int) -> Sequence[NotedPresence]:
    rows = scope.execute(
        select(
            event_log.c.subject, event_log.c.occurred_at, event_log.c.position, event_log.c.payload
        )
        .where(
            scope.owns(event_log),
            event_log.c.position > after,
            event_log.c.position <= until,
            event_log.c.name == AgentPresenceChanged.name,
        )
        .order_by(event_log.c.position)
        .limit(AT_ONCE)
    )
    return [
        NotedPresence(
            agent_id=row.subject,
            at=row.occurred_at,
            position=row.position,
            presence=row.payload["presence"],
        )
        for row in rows
    ]
