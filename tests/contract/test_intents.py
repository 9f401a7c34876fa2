"""Intents: announced, cancelled by whoever announced them, and told about when they lapse."""

from datetime import timedelta
from uuid import UUID, uuid4

import attrs
import pytest

from adapters.readers.live import SqlExpiredIntents, SqlLiveViews
from adapters.repositories.intents import SqlIntentWork
from adapters.sql.database import Database
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.inventory.announce_intent import AnnounceIntent, AnnounceIntentHandler
from application.inventory.cancel_intent import CancelIntent, CancelIntentHandler
from application.inventory.expire_intents import ExpireIntents, ExpireIntentsHandler
from application.inventory.live_ports import IntentWork
from application.kernel.ports import UnitOfWork
from domain.inventory.intents import BadIntent, Intent, IntentNotFound
from domain.inventory.resources import ResourceNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId
from tests.contract.storages import SqlStorage, Work
from tests.fakes.settings import usually_few
from tests.fakes.time import Time
from tests.samples import COLLEAGUE, DESK, DOUBLE_ROOMS, MINUTE, NOW, OTHER_DESK

pytestmark = pytest.mark.anyio

WITH_BREAKFAST = attrs.evolve(
    DOUBLE_ROOMS, id=ResourceId(UUID(int=555)), name="Breakfast", stock_id=DOUBLE_ROOMS.id
)


@attrs.frozen
class Office:
    database: Database
    work: UnitOfWork[IntentWork]
    clock: Time

    async def announce(
        self,
        resource_id: ResourceId = DOUBLE_ROOMS.id,
        *,
        units: int = 2,
        good_for: timedelta = MINUTE,
    ) -> Intent:
        handler = AnnounceIntentHandler(unit_of_work=self.work, clock=self.clock, new_id=uuid4)
        return await handler(
            AnnounceIntent(actor=DESK, resource_id=resource_id, units=units, good_for=good_for)
        )

    async def cancel(self, intent: Intent, actor: Actor = DESK) -> Intent:
        handler = CancelIntentHandler(unit_of_work=self.work, clock=self.clock)
        return await handler(CancelIntent(actor=actor, intent_id=intent.id))

    async def expire(self, limit: int = 10) -> int:
        handler = ExpireIntentsHandler(unit_of_work=self.work, clock=self.clock)
        return await handler(ExpireIntents(actor=DESK, limit=limit))

    async def active(self, actor: Actor = DESK) -> list[Intent]:
        views = SqlLiveViews(self.database, usually_few)
        return [*await views.intents(actor, [DOUBLE_ROOMS.id], now=self.clock())]


@pytest.fixture
async def office(sql: SqlStorage) -> Office:
    def add(work: Work) -> None:
        work.resources.save(DOUBLE_ROOMS)
        work.resources.save(WITH_BREAKFAST)

    await sql.work(DESK, add)
    clock = Time(NOW)
    work = SqlUnitOfWork[IntentWork](
        database=sql.database, work_on=SqlIntentWork.on, new_id=uuid4, clock=clock
    )
    return Office(sql.database, work, clock)


async def test_an_intent_is_seen_by_all_who_sell_the_same_units(
    office: Office, sql: SqlStorage
) -> None:
    plain = await office.announce()
    other = await office.announce(WITH_BREAKFAST.id, good_for=2 * MINUTE)

    assert await office.active() == [plain, other]
    assert other.stock_id == DOUBLE_ROOMS.id
    assert await office.active(OTHER_DESK) == []
    assert (await sql.events())[-2:] == ["intent_active"] * 2


async def test_an_intent_is_cancelled_once_and_by_nobody_else(
    office: Office, sql: SqlStorage
) -> None:
    intent = await office.announce()

    for stranger in (COLLEAGUE, OTHER_DESK):
        with pytest.raises(IntentNotFound):
            await office.cancel(intent, stranger)
    assert await office.cancel(intent) == intent
    with pytest.raises(IntentNotFound):
        await office.cancel(intent)

    assert await office.active() == []
    assert (await sql.events())[-2:] == ["intent_active", "intent_cancelled"]


async def test_lapsed_intents_are_told_about_once(office: Office, sql: SqlStorage) -> None:
    expired = SqlExpiredIntents(office.database)
    for minutes in (1, 2, 3):
        await office.announce(good_for=minutes * MINUTE)
    assert await expired.organizations(now=office.clock()) == []

    office.clock.passes(2 * MINUTE)
    assert len(await office.active()) == 1
    assert await expired.organizations(now=office.clock()) == [DESK.organization_id]
    assert [await office.expire(limit=1) for _ in range(3)] == [1, 1, 0]
    assert (await sql.events())[-2:] == ["intent_expired"] * 2


async def test_nobody_means_to_book_what_does_not_exist(office: Office) -> None:
    with pytest.raises(ResourceNotFound):
        await office.announce(ResourceId(UUID(int=9)))


@pytest.mark.parametrize(("units", "minutes"), [(0, 1), (1001, 1), (1, 0), (1, 11)])
async def test_an_intent_is_within_reason(office: Office, units: int, minutes: int) -> None:
    with pytest.raises(BadIntent):
        await office.announce(units=units, good_for=minutes * MINUTE)
