"""What was held in calls that are over, in SQL."""

from collections.abc import Sequence
from functools import lru_cache

import attrs
from sqlalchemy import Executable, bindparam, exists, select

from adapters.schema.bookings import bookings
from adapters.schema.events import event_log
from adapters.sql.database import Database
from application.bookings.settle_holds_of_call import HoldsOfCalls
from domain.bookings.events import BookingHeld
from domain.bookings.life import BookingState
from domain.calls.events import CallEnded
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId, CallId


@attrs.frozen
class SqlHoldsOfCalls(HoldsOfCalls):
    database: Database

    async def left(self, actor: Actor, call_id: CallId) -> Sequence[BookingId]:
        key = {"p_organization_id": actor.organization_id, "p_call_id": call_id}
        return await self.database.read(
            lambda connection: connection.execute(_left(), key).scalars().all(),
            of=actor.organization_id,
        )


@lru_cache(maxsize=1)
def _left() -> Executable:
    held, ended = event_log.alias("held"), event_log.alias("ended")
    return (
        select(bookings.c.id)
        .join(
            held,
            (held.c.organization_id == bookings.c.organization_id)
            & (held.c.subject == bookings.c.id),
        )
        .where(
            bookings.c.organization_id == bindparam("p_organization_id"),
            bookings.c.state == BookingState.HELD.value,
            held.c.call_id == bindparam("p_call_id"),
            held.c.name == BookingHeld.name,
            exists().where(
                ended.c.organization_id == bindparam("p_organization_id"),
                ended.c.subject == bindparam("p_call_id"),
                ended.c.name == CallEnded.name,
            ),
        )
        .order_by(bookings.c.id)
    )
