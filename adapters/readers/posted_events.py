"""Events that others posted, as readers see them."""

from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import msgspec
from sqlalchemy import Connection, Row, func, select

from adapters.mapping.sealed_parts import SEALED, place_of
from adapters.schema.data_keys import data_keys
from adapters.schema.pipelines import posted_events
from adapters.sql.database import Database
from adapters.sql.vaults import vault_of
from application.pipelines.pipeline_views import KindOfEvents, PostedViews, WaitingEvent
from domain.kernel.actors import Actor
from domain.pipelines.posted_events import PostedEvent


@attrs.frozen
class SqlPostedViews(PostedViews):
    database: Database

    async def waiting(self, actor: Actor, kind: str, *, limit: int) -> Sequence[WaitingEvent]:
        question = (
            select(posted_events, data_keys.c.wrapped)
            .outerjoin(
                data_keys,
                (data_keys.c.organization_id == posted_events.c.organization_id)
                & (data_keys.c.id == posted_events.c.key),
            )
            .where(
                posted_events.c.organization_id == actor.organization_id,
                posted_events.c.kind == kind,
                posted_events.c.taken_at.is_(None),
            )
            .order_by(posted_events.c.received_at, posted_events.c.key)
            .limit(limit)
        )
        return await self.database.read(
            lambda it: [_waiting(it, row) for row in it.execute(question).all()],
            of=actor.organization_id,
        )

    async def kinds(self, actor: Actor) -> Sequence[KindOfEvents]:
        waits = posted_events.c.taken_at.is_(None)
        question = (
            select(
                posted_events.c.kind,
                func.count().label("known"),
                func.count().filter(waits).label("waiting"),
                func.min(posted_events.c.received_at).filter(waits).label("oldest"),
                func.max(posted_events.c.received_at).label("latest"),
            )
            .where(posted_events.c.organization_id == actor.organization_id)
            .group_by(posted_events.c.kind)
            .order_by(posted_events.c.kind)
        )
        return await self.database.read(
            lambda it: [
                KindOfEvents(
                    kind=row.kind,
                    known=row.known,
                    waiting=row.waiting,
                    oldest_waiting=row.oldest,
                    latest=row.latest,
                )
                for row in it.execute(question)
            ],
            of=actor.organization_id,
        )


def _waiting(it: Connection, row: Row[Any]) -> WaitingEvent:
    said: Mapping[str, Any] = row.said or {}
    if SEALED in said:
        place = place_of(row.organization_id, row.key)
        said = msgspec.json.decode(vault_of(it).open(row.wrapped, said[SEALED], place))
    event = PostedEvent(id=row.event_id, kind=row.kind, occurred_at=row.occurred_at, said=said)
    return WaitingEvent(row.key, event)
