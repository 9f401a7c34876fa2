"""Events that a subscriber gave up on, in SQL."""

from collections.abc import Sequence
from typing import Any

import attrs
from sqlalchemy import Connection, delete, select

from adapters.repositories.subscriber_work import SqlSubscriberWork
from adapters.schema.events import dead_letters, event_log
from adapters.sql.database import Database, already_begun
from adapters.sql.event_log import recorded
from adapters.sql.scope import Scope
from application.kernel.dead_letters import DeadLetter, DeadLetters
from application.kernel.ports import NewId
from application.kernel.subscribers import Subscriber
from domain.kernel.actors import Actor
from domain.kernel.identifiers import EventId, OrganizationId


@attrs.frozen(kw_only=True)
class SqlDeadLetters(DeadLetters):
    database: Database
    new_id: NewId

    async def of(self, organization_id: OrganizationId, *, limit: int) -> Sequence[DeadLetter]:
        question = (
            select(dead_letters, event_log.c.name)
            .join_from(dead_letters, event_log)
            .where(dead_letters.c.organization_id == organization_id)
            .order_by(event_log.c.position, dead_letters.c.subscriber)
            .limit(limit)
        )
        rows = await self.database.read(
            lambda connection: connection.execute(question).all(), of=organization_id
        )
        return [
            DeadLetter(
                organization_id=organization_id,
                subscriber=row.subscriber,
                event_id=EventId(row.event_id),
                event=row.name,
                error=row.error,
                failed_at=row.failed_at,
            )
            for row in rows
        ]

    async def hear_again(self, letter: DeadLetter, subscriber: Subscriber) -> bool:
        def hear(connection: Connection) -> bool:
            actor = Actor.system(letter.organization_id)
            scope = Scope(connection, actor, self.new_id, already_begun)
            # Deleted first: whoever else is at it waits for this, and then finds nothing.
            if not scope.execute(_deleting(scope, letter)).rowcount:
                return False
            event = scope.execute(_event(scope, letter)).one()
            subscriber(recorded(event), SqlSubscriberWork.on(scope))
            scope.send()
            return True

        return await self.database.write(hear, of=letter.organization_id)


def _deleting(scope: Scope, letter: DeadLetter) -> Any:
    return delete(dead_letters).where(
        scope.owns(dead_letters),
        dead_letters.c.subscriber == letter.subscriber,
        dead_letters.c.event_id == letter.event_id,
    )


def _event(scope: Scope, letter: DeadLetter) -> Any:
    return select(event_log).where(scope.owns(event_log), event_log.c.id == letter.event_id)
