"""Whatever is done to the log behind the program's back is found, and nothing else is."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import attrs
import pytest
from sqlalchemy import Connection, delete, update

from adapters.readers.audit import SqlAuditTrail
from adapters.readers.verification_chain import broken_chains
from adapters.repositories.event_relay import SqlEventRelay
from adapters.schema.events import event_log
from adapters.sql.database import Database
from adapters.sql.event_log import EventLog
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.kernel.audit import Anchor, AuditFilter
from application.kernel.pages import Slice
from application.kernel.tracing import Trace, at_hand
from domain.identity.events import ApiKeyRevoked, OrganizationRenamed
from domain.kernel.actors import Actor
from domain.kernel.events import SecurityEvent
from domain.kernel.identifiers import ActorId, ApiKeyId
from tests.contract.tampering import (
    EVENTS,
    OURS,
    SEEN_BY_ANCHORS,
    SEEN_INSIDE,
    Tampering,
    is_ours,
    log,
)
from tests.samples import DESK, NOW, OTHER_DESK

pytestmark = pytest.mark.anyio

CLERK = attrs.evolve(DESK, id=ActorId(UUID(int=77)), origin="192.0.2.0/24")


async def publish(database: Database, actor: Actor, *events: SecurityEvent) -> None:
    work = SqlUnitOfWork[EventLog](
        database=database, work_on=EventLog, new_id=uuid4, clock=lambda: NOW
    )
    await work(actor, lambda log: log.publish(events))


async def relay(database: Database, actor: Actor) -> None:
    relay = SqlEventRelay(database=database, clock=lambda: NOW, new_id=uuid4)
    await relay.number(actor.organization_id, limit=1000)


def revoked(number: int) -> ApiKeyRevoked:
    return ApiKeyRevoked(
        api_key_id=ApiKeyId(UUID(int=number)), occurred_at=NOW + timedelta(hours=number)
    )


@pytest.fixture
async def logged(database: Database) -> Database:
    for number in range(1, EVENTS + 1):
        await publish(database, CLERK, revoked(number))
    await publish(database, OTHER_DESK, revoked(99))
    for actor in (DESK, OTHER_DESK):
        await relay(database, actor)
    return database


async def anchor_of(trail: SqlAuditTrail) -> Anchor:
    [ours] = [anchor for anchor in await trail.heads() if anchor.organization_id == OURS]
    return ours


def name(value: object) -> str:
    return getattr(value, "__name__", "")


async def test_what_nobody_touched_is_whole(logged: Database) -> None:
    trail = SqlAuditTrail(logged)
    anchor = await anchor_of(trail)

    for known in (None, anchor):
        verified = await trail.verified(DESK, anchor=known)
        assert (verified.records, verified.broken_at, verified.head) == (EVENTS, None, anchor)
    assert list(await trail.contradicted(await trail.heads())) == []


async def test_what_a_fact_is_a_step_of_is_no_part_of_the_chain(logged: Database) -> None:
    def forget(connection: Connection) -> None:
        connection.execute(update(event_log).where(is_ours).values(trace=None))

    with at_hand(Trace(trace_id="4b" * 16, span_id="07" * 8, sampled=True)):
        await publish(logged, CLERK, revoked(50))
    await relay(logged, DESK)
    before = await SqlAuditTrail(logged).verified(DESK, anchor=None)
    await logged.write(forget, of=DESK.organization_id)

    assert await SqlAuditTrail(logged).verified(DESK, anchor=None) == before
    assert before.broken_at is None


async def test_an_empty_log_is_whole(database: Database) -> None:
    verified = await SqlAuditTrail(database).verified(DESK, anchor=None)

    assert (verified.records, verified.broken_at) == (0, None)


async def test_a_log_that_grew_still_fits_its_old_anchor(logged: Database) -> None:
    trail = SqlAuditTrail(logged)
    anchor = await anchor_of(trail)
    await publish(logged, CLERK, revoked(50))
    await relay(logged, DESK)

    verified = await trail.verified(DESK, anchor=anchor)
    assert (verified.records, verified.broken_at) == (EVENTS + 1, None)
    assert list(await trail.contradicted([anchor])) == []


@pytest.mark.parametrize(("tamper", "at"), [*SEEN_INSIDE, *SEEN_BY_ANCHORS], ids=name)
async def test_tampering_is_found_with_an_anchor(
    logged: Database, tamper: Tampering, at: int
) -> None:
    trail = SqlAuditTrail(logged)
    anchor = await anchor_of(trail)
    await logged.write(tamper, of=DESK.organization_id)

    verified = await trail.verified(DESK, anchor=anchor)
    assert verified.broken_at == at
    assert verified.detail
    assert (await trail.verified(OTHER_DESK, anchor=None)).broken_at is None
    found = [*await broken_chains(logged), *await trail.contradicted([anchor])]
    assert {one.organization_id for one in found} == {OURS}


@pytest.mark.parametrize(("tamper", "at"), SEEN_INSIDE, ids=name)
async def test_the_log_alone_tells_what_was_done_within_it(
    logged: Database, tamper: Tampering, at: int
) -> None:
    await logged.write(tamper, of=DESK.organization_id)

    assert (await SqlAuditTrail(logged).verified(DESK, anchor=None)).broken_at == at
    assert [one.subject for one in await broken_chains(logged)] == [str(at)]


async def test_a_tail_that_is_cut_off_is_missed_by_the_head(logged: Database) -> None:
    def cut(connection: Connection) -> None:
        connection.execute(delete(event_log).where(is_ours, log.position == EVENTS))

    await logged.write(cut, of=DESK.organization_id)

    assert (await SqlAuditTrail(logged).verified(DESK, anchor=None)).broken_at == EVENTS


async def test_an_anchor_of_something_else_fits_nothing(logged: Database) -> None:
    forged = Anchor(organization_id=OURS, position=3, link=bytes(32))
    trail = SqlAuditTrail(logged)

    assert (await trail.verified(DESK, anchor=forged)).broken_at == 3
    assert len(await trail.contradicted([forged])) == 1


@pytest.mark.parametrize(
    ("filter", "positions"),
    [
        ({}, list(range(1, EVENTS + 2))),
        ({"kind": "organization_renamed"}, [EVENTS + 1]),
        ({"actor_id": CLERK.id, "subject": UUID(int=3)}, [3]),
        ({"since": NOW + timedelta(hours=2), "until": NOW + timedelta(hours=4)}, [2, 3]),
    ],
    ids=["any", "kind", "actor", "time"],
)
async def test_the_trail_is_filtered(
    logged: Database, filter: Mapping[str, Any], positions: list[int]
) -> None:
    await publish(logged, DESK, OrganizationRenamed(organization_id=OURS, occurred_at=NOW))
    await relay(logged, DESK)

    page = await SqlAuditTrail(logged).records(
        DESK, filter=AuditFilter(**filter), slice=Slice(limit=100)
    )
    assert [record.event.position for record in page.items] == positions


async def test_the_trail_comes_in_pages(logged: Database) -> None:
    trail, every = SqlAuditTrail(logged), AuditFilter()
    page = await trail.records(DESK, filter=every, slice=Slice(limit=5))
    rest = await trail.records(DESK, filter=every, slice=Slice(limit=5, after=page.next))

    assert [one.event.position for one in rest.items] == [6, 7, 8, 9, 10]
    assert page.items[0].origin == "192.0.2.0/24"
