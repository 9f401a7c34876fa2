"""Until when a subscriber has heard of all that happened, in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, ScalarSelect, Select, func, or_, select

from adapters.schema.events import event_log, receipts
from adapters.sql.database import Database
from application.kernel.subscribers import Subscriber
from domain.kernel.actors import Actor


async def heard_until(
    database: Database, actor: Actor, subscriber: type[Subscriber], now: datetime
) -> datetime:
    """When the first thing happened that it has not heard of, or else now."""
    asked = _first_unheard(actor, subscriber)

    def ask(connection: Connection) -> datetime:
        unheard: Sequence[datetime] = connection.execute(asked).scalars().all()
        return min([now, *unheard])

    return await database.read(ask, of=actor.organization_id)


async def heard_as_far_as(database: Database, actor: Actor, subscriber: type[Subscriber]) -> int:
    """The position of the last event it has heard, 0 before the first."""
    asked = select(func.coalesce(_heard(actor, subscriber), 0))

    def ask(connection: Connection) -> int:
        position: int = connection.execute(asked).scalar_one()
        return position

    return await database.read(ask, of=actor.organization_id)


def _first_unheard(actor: Actor, subscriber: type[Subscriber]) -> Select[Any]:
    """Of those that have a position, and of those that have none yet."""
    ours = event_log.c.organization_id == actor.organization_id
    numbered = (
        select(event_log.c.id)
        .where(ours, event_log.c.position > func.coalesce(_heard(actor, subscriber), 0))
        .order_by(event_log.c.position)
        .limit(1)
        .scalar_subquery()
    )
    arrived = (
        select(event_log.c.id)
        .where(ours, event_log.c.position.is_(None))
        .order_by(event_log.c.arrival)
        .limit(1)
        .scalar_subquery()
    )
    return select(event_log.c.occurred_at).where(
        ours, or_(event_log.c.id == numbered, event_log.c.id == arrived)
    )


def _heard(actor: Actor, subscriber: type[Subscriber]) -> ScalarSelect[int]:
    return (
        select(receipts.c.position)
        .where(
            receipts.c.organization_id == actor.organization_id,
            receipts.c.subscriber == subscriber.name,
        )
        .scalar_subquery()
    )
