"""A writer that only writes and remembers what it was told: what a crash loses, it misses.

Whoever works beside others has their commits bring his own to the disk, so that a server which
forgets may look like one that does not.
"""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

import anyio
import attrs
from anyio import to_thread
from sqlalchemy import select

from adapters.schema.events import event_log
from adapters.sql.database import Database
from adapters.sql.databases import open_database
from application.kernel.refusals import Unavailable
from domain.kernel.identifiers import BookingId
from entrypoints.wiring.ambient import TimeOrderedIds, pause
from tests.chaos.databases import MortalPostgres
from tests.contract.databases import PATIENT
from tests.contract.relays import about
from tests.contract.storages import Work, sql_storage
from tests.samples import DESK
from tests.servers import at_the_desk

HANDS = 4


@attrs.define
class Canary:
    """`acknowledged` in the order of the answers; `in_flight` when the server was stopped."""

    database: Database
    acknowledged: list[UUID] = attrs.field(factory=list)
    under_way: int = 0
    in_flight: int = 0

    async def sing(self) -> None:
        """One write after the other, until the server is gone."""
        work, new_id = sql_storage(self.database).work, TimeOrderedIds()
        while True:
            id = new_id()
            self.under_way += 1
            try:
                await work(DESK, partial(_write, id))
            except Unavailable:
                return
            finally:
                self.under_way -= 1
            self.acknowledged.append(id)

    async def missing(self) -> Sequence[UUID]:
        """What it was told is there and is not."""
        question = select(event_log.c.subject).where(
            event_log.c.organization_id == DESK.organization_id
        )
        there = set(
            await self.database.read(
                lambda connection: connection.execute(question).scalars().all(),
                of=DESK.organization_id,
            )
        )
        return [id for id in self.acknowledged if id not in there]


async def crash(server: MortalPostgres, *, after: int) -> Canary:
    """The server is stopped at once when so many writes have been acknowledged, and started."""
    database = open_database(
        at_the_desk(server.url), pooling=PATIENT, pause=pause, allow_unsafe=True
    )
    canary = Canary(database)
    async with anyio.create_task_group() as singing:
        for _ in range(HANDS):
            singing.start_soon(canary.sing)
        while len(canary.acknowledged) < after:  # noqa: ASYNC110  (the writers know nothing of it)
            await anyio.sleep(0.001)
        canary.in_flight = canary.under_way
        await to_thread.run_sync(server.kill_and_restart)
    await database.close()
    canary.database = open_database(
        at_the_desk(server.url), pooling=PATIENT, pause=pause, allow_unsafe=True
    )
    return canary


def _write(id: UUID, work: Work) -> None:
    work.facts.publish([about(BookingId(id))])
